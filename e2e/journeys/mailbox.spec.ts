import { findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { uniqueAddress } from "../organization";
import { firstOwner, ownerSessionFile } from "../owner";

test("H1 only the operator can open the mailbox, and it says that nothing is delivered", async ({
  page,
  org,
  visitor,
}) => {
  const guest = uniqueAddress("guest");
  await org.invite(guest);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  await operator.goto(`/o/${firstOwner.slug}/admin/users`);
  await operator.getByRole("link", { name: "Mailbox" }).click();
  await expect(operator.getByText("Email isn't set up, so nothing is sent")).toBeVisible();
  const email = await findEmailInMailbox(operator, guest);
  expect(email.subject).toContain(org.name);
  // The list leads to the same page.
  await operator.getByRole("link", { name: "Mailbox", exact: true }).click();
  await operator.getByRole("link", { name: guest, exact: true }).first().click();
  await expect(operator.getByRole("heading", { level: 1, name: email.subject })).toBeVisible();
  await expect(operator.getByRole("heading", { name: "Text version" })).toBeVisible();

  // An Owner of this organization cannot read the emails: anyone with access to them could join.
  await page.goto(org.usersPath);
  await expect(page.getByRole("link", { name: "Mailbox" })).toBeHidden();
  for (const address of ["/mailbox", operator.url(), `${operator.url()}/html`])
    expect((await page.request.get(address)).status(), address).toBe(404);
});
