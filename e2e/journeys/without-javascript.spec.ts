import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { createE2EOrganization, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

test.use({ javaScriptEnabled: false });

test("D8 without JavaScript a code is typed, corrected after an error, and joins", async ({
  org,
  visitor,
}) => {
  const invitation = await org.invite(uniqueAddress("guest"));
  const page = await visitor();
  await page.goto("/join");
  await page.getByLabel("Invitation code").fill("not a code");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Check the code: it has 20 letters and numbers.")).toBeVisible();
  await expect(page.getByLabel("Invitation code")).toHaveValue("not a code");
  await page.getByLabel("Invitation code").fill(await org.copyInvitation(invitation, "code"));
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await page.getByLabel("Your name").fill("Gil Guest");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Gil Guest");
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
});

test("D8 without JavaScript a user logs in, sees both lists, and logs out", async ({ org, visitor }) => {
  const guest = uniqueAddress("guest");
  await org.invite(guest);
  const page = await visitor();
  await page.goto(org.usersPath);
  await expect(page).toHaveURL(/\/login\?callbackUrl=/);
  await page.getByLabel("Email").fill(org.owner.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toHaveText("Incorrect email or password.");
  await expect(page.getByLabel("Email")).toHaveValue(org.owner.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in" }).click();

  // The rows are in the server's HTML.
  await expect(page).toHaveURL(org.usersPath);
  await expect(page.getByRole("row").filter({ hasText: guest })).toContainText("Invited");
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(page.getByRole("row").filter({ hasText: guest })).toContainText("Pending");
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL("/login");
  await page.goto(org.usersPath);
  await expect(page).toHaveURL(/\/login/);
});

test("D8 without JavaScript another user logs out and continues, and a user with an account joins in one click", async ({
  org,
  visitor,
}) => {
  const existingUser = await org.addMember("Kim", "member");
  const other = await org.addMember("Otto", "member");
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [existingUser.email]);
  const page = await visitor();
  await org.signIn(page.context(), other);
  await page.goto(await org.copyInvitation(await org.invite(existingUser.email), "link"));
  await page.getByRole("button", { name: "Sign out and continue" }).click();
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByLabel("Email").fill(existingUser.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
});

test("F5 without JavaScript a link is emailed and used to set a new password", async ({ org, visitor }) => {
  const cora = await org.addMember("Cora", "admin");
  const page = await visitor();
  await page.goto(`/o/${org.slug}/login`);
  await page.getByRole("link", { name: "reset it" }).click();
  await page.getByLabel("Email").fill(cora.email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText(`If ${cora.email} has an account`)).toBeVisible();
  const operator = await visitor({ storageState: ownerSessionFile("mailbox"), javaScriptEnabled: true });
  await page.goto(extractLink(await findEmailInMailbox(operator, cora.email), "/reset/"));
  await page.getByLabel("New password").fill("a bridge of seven arches");
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page).toHaveURL(org.usersPath);
});

test("F5 without JavaScript an offered invitation is accepted on the home page", async ({ org, visitor }) => {
  const elsewhere = await createE2EOrganization("mailbox");
  await elsewhere.invite(org.owner.email);
  const page = await visitor();
  await page.goto("/login");
  await page.getByLabel("Email").fill(org.owner.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL("/");
  await page.getByRole("button", { name: `Join ${elsewhere.name}` }).click();
  await expect(page.getByRole("heading", { name: `Welcome to ${elsewhere.name}` })).toBeVisible();
  await elsewhere.close();
});
