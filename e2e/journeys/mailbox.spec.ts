import { expect, test } from "../fixtures";
import { letterInMailbox } from "../letters";
import { someone } from "../organization";
import { owner, sessionOf } from "../owner";

test("H1 the mailbox is the operator's alone, and says that nothing is delivered", async ({
  page,
  org,
  visitor,
}) => {
  const guest = someone("guest");
  await org.invite(guest);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  await operator.goto(`/o/${owner.slug}/admin/users`);
  await operator.getByRole("link", { name: "Mailbox" }).click();
  await expect(operator.getByText("No email provider is set, so nothing is delivered")).toBeVisible();
  const letter = await letterInMailbox(operator, guest);
  expect(letter.subject).toContain(org.name);

  // An Owner of this very organization reads no letters: their codes would be anybody's.
  await page.goto(org.users);
  await expect(page.getByRole("link", { name: "Mailbox" })).toBeHidden();
  for (const address of ["/mailbox", operator.url(), `${operator.url()}/html`])
    expect((await page.request.get(address)).status(), address).toBe(404);
});
