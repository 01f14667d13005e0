import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { createTestOrganization, password, someone } from "../organization";
import { sessionOf } from "../owner";

test.use({ javaScriptEnabled: false });

test("D8 without JavaScript a code is typed, mended after a mistake, and joins", async ({ org, visitor }) => {
  const invitation = await org.invite(someone("guest"));
  const page = await visitor();
  await page.goto("/join");
  await page.getByLabel("Invitation code").fill("not a code");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("We do not know this code.")).toBeVisible();
  await expect(page.getByLabel("Invitation code")).toHaveValue("not a code");
  await page.getByLabel("Invitation code").fill(await org.copy(invitation, "code"));
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await page.getByLabel("Your name").fill("Gil Guest");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Gil Guest");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
});

test("D8 without JavaScript one signs in, sees both lists, and signs out", async ({ org, visitor }) => {
  const guest = someone("guest");
  await org.invite(guest);
  const page = await visitor();
  await page.goto(org.users);
  await expect(page).toHaveURL(/\/login\?callbackUrl=/);
  await page.getByLabel("Email").fill(org.owner.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toHaveText(
    "Address and password do not fit together. Check both and try again.",
  );
  await expect(page.getByLabel("Email")).toHaveValue(org.owner.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();

  // Rows are in the server's HTML.
  await expect(page).toHaveURL(org.users);
  await expect(page.getByRole("row").filter({ hasText: guest })).toContainText("Invited");
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(page.getByRole("row").filter({ hasText: guest })).toContainText("Pending");
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL("/login");
  await page.goto(org.users);
  await expect(page).toHaveURL(/\/login/);
});

test("D8 without JavaScript somebody else signs out and goes on, and a known person joins with one press", async ({
  org,
  visitor,
}) => {
  const known = await org.seat("Kim", "member");
  const other = await org.seat("Otto", "member");
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [known.email]);
  const page = await visitor();
  await org.signIn(page.context(), other);
  await page.goto(await org.copy(await org.invite(known.email), "link"));
  await page.getByRole("button", { name: "Sign out and continue" }).click();
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByLabel("Email").fill(known.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
});

test("F5 without JavaScript a link is mailed, and its press chooses a new password", async ({
  org,
  visitor,
}) => {
  const cora = await org.seat("Cora", "admin");
  const page = await visitor();
  await page.goto(`/o/${org.slug}/login`);
  await page.getByRole("link", { name: "choose a new password" }).click();
  await page.getByLabel("Email").fill(cora.email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByText(`If there is an account for ${cora.email}`)).toBeVisible();
  const operator = await visitor({ storageState: sessionOf("mailbox"), javaScriptEnabled: true });
  await page.goto(linkIn(await letterInMailbox(operator, cora.email), "/reset/"));
  await page.getByLabel("New password").fill("a bridge of seven arches");
  await page.getByRole("button", { name: "Choose this password" }).click();
  await expect(page).toHaveURL(org.users);
});

test("F5 without JavaScript what waits elsewhere is joined from the start page", async ({ org, visitor }) => {
  const elsewhere = await createTestOrganization("mailbox");
  await elsewhere.invite(org.owner.email);
  const page = await visitor();
  await page.goto("/login");
  await page.getByLabel("Email").fill(org.owner.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL("/");
  await page.getByRole("button", { name: `Join ${elsewhere.name}` }).click();
  await expect(page.getByRole("heading", { name: `You are in ${elsewhere.name}` })).toBeVisible();
  await elsewhere.close();
});
