import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { testPassword, uniqueAddress } from "../organization";

const findRow = (page: Page, email: string): Locator => page.getByRole("row").filter({ hasText: email });

async function chooseAction(page: Page, email: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${email}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("C2 each row offers every action, and a disabled action gives its reason", async ({
  page,
  org,
  snapshot,
}) => {
  const [pending, expired] = [uniqueAddress("lea"), uniqueAddress("jun")];
  await org.invite(pending);
  await org.expire(await org.invite(expired));
  await page.goto(`${org.usersPath}/invitations`);
  for (const name of [`Copy invitation code for ${pending}`, `Resend invitation to ${pending}`])
    await expect(page.getByRole("button", { name })).toBeVisible();
  await page.getByRole("button", { name: `Actions for ${pending}` }).click();
  const items = page.getByRole("menuitem");
  await expect(items).toHaveText([
    "Copy invitation link",
    "Copy invitation code",
    "Resend invitation link",
    /Send new invitation.*Only for an expired invitation/s,
    "Revoke invitation",
  ]);
  await snapshot(page, "the menu of a pending invitation");
  await page.keyboard.press("Escape");
  await expect(items).toHaveCount(0);
  await page.getByRole("button", { name: `Actions for ${expired}` }).click();
  await expect(items.filter({ hasText: "Copy invitation link" })).toContainText("Only a pending invitation");
  await expect(items.filter({ hasText: "Send new invitation" })).not.toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");

  await page.goto(org.usersPath);
  await page.getByRole("button", { name: `Actions for ${pending}` }).click();
  await expect(items).toHaveCount(5);
});

test("C3 after three resends the pips are full, and a fourth is refused with its reason", async ({
  page,
  org,
  snapshot,
}) => {
  const guest = uniqueAddress("lea");
  await org.invite(guest);
  await page.goto(`${org.usersPath}/invitations`);
  const resend = page.getByRole("button", { name: `Resend invitation to ${guest}` });
  for (const used of [1, 2, 3]) {
    await resend.click();
    await expect(findRow(page, guest).getByRole("img", { name: `${used} of 3 resends used` })).toBeVisible();
  }
  await expect(resend).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("button", { name: `Actions for ${guest}` }).click();
  await expect(page.getByRole("menuitem", { name: /Resend invitation link/ })).toContainText(
    "Resent 3 of 3 times",
  );
  await snapshot(page, "resent to the limit");
  const emails = await org.sql("SELECT FROM email_message WHERE to_address = $1", [guest]);
  expect(emails).toHaveLength(4);
});

test("C4 Send new renews an expired invitation: it gets a new code, and the old one is superseded", async ({
  page,
  org,
  visitor,
}) => {
  const guest = uniqueAddress("jun");
  const invitation = await org.invite(guest);
  const oldLink = await org.copyInvitation(invitation, "link");
  await org.expire(invitation);
  await page.goto(`${org.usersPath}/invitations`);
  await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Invitation expired");
  await chooseAction(page, guest, "Send new invitation");
  await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Pending");
  await expect(findRow(page, guest)).toHaveCount(1);
  await expect(page.getByText(`New invitation created for ${guest}`)).toBeVisible();
  const person = await visitor();
  await person.goto(oldLink);
  await expect(person.getByRole("heading", { name: "A newer invitation was sent" })).toBeVisible();
});

test("C6 a revoked link does not work until Undo, which restores the same code", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("dana");
  const link = await org.copyInvitation(await org.invite(guest), "link");
  await page.goto(`${org.usersPath}/invitations`);
  await chooseAction(page, guest, "Revoke invitation");
  const undo = page.getByRole("button", { name: `Undo revoking the invitation to ${guest}` });
  await expect(undo).toBeVisible();
  await snapshot(page, "a revoked row");
  const person = await visitor();
  await person.goto(link);
  await expect(person.getByRole("heading", { name: "This invitation was revoked" })).toBeVisible();
  await undo.click();
  await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Pending");
  // The toast of the revocation, with its own Undo button, is replaced by the toast of the undo.
  await expect(page.getByText(`Invitation to ${guest} restored`)).toBeVisible();
  await expect(page.getByText(`Invitation to ${guest} revoked`)).toBeHidden();
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeHidden();
  await person.goto(link);
  await expect(person.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
});

test("C6 in Users the toast offers Undo", async ({ page, org }) => {
  const guest = uniqueAddress("dana");
  await org.invite(guest);
  await page.goto(org.usersPath);
  await chooseAction(page, guest, "Revoke invitation");
  await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Removed");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(findRow(page, guest).locator('[data-slot="badge"]')).toHaveText("Invited");
});

test("D4 the reason of a declined invitation is shown in the timeline", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("greta");
  const invitation = await org.invite(guest);
  const person = await visitor();
  await person.goto(await org.copyInvitation(invitation, "link"));
  await person.getByText("Decline", { exact: true }).click();
  await snapshot(person, "declining");
  await person.getByLabel("Reason (optional)").fill("I have moved to another team.");
  await person.getByRole("button", { name: "Decline invitation" }).click();
  await expect(person.getByRole("heading", { name: "You declined this invitation" })).toBeVisible();

  // The list of open invitations no longer contains it; the invitee's row does once they are invited again.
  await org.invite(guest);
  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("button", { name: guest, exact: true }).click();
  await expect(
    page.getByText(`${guest} declined the invitation: “I have moved to another team.”`),
  ).toBeVisible();
  await snapshot(page, "an open timeline");
});

test("C11 a row expands to the invitee's timeline: what, by whom and when", async ({ page, org }) => {
  const guest = uniqueAddress("lea");
  await org.copyInvitation(await org.invite(guest), "code");
  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("button", { name: `Resend invitation to ${guest}` }).click();
  await page.getByRole("button", { name: guest, exact: true }).click();
  await expect(page.getByRole("row").locator('[data-slot="timeline"] > li')).toHaveText([
    new RegExp(`^${org.owner.name} resent the invitation \\(1 of 3\\)`),
    new RegExp(`^${org.owner.name} copied the invitation code`),
    new RegExp(`^${org.owner.name} invited ${guest} as a Member`),
  ]);
});

test("D3 logged in as another user: the page says so, logs out, and continues with the same invitation", async ({
  org,
  visitor,
  snapshot,
}) => {
  const omar = await org.addMember("Omar", "member");
  const link = await org.copyInvitation(await org.invite(uniqueAddress("lea")), "link");
  const page = await visitor();
  await org.signIn(page.context(), omar);
  await page.goto(link);
  await expect(page.getByText("You're logged in as o…@people.test")).toBeVisible();
  await snapshot(page, "logged in as another user");
  await page.getByRole("button", { name: "Sign out and continue" }).click();
  await expect(page.getByLabel("Your name")).toBeVisible();
});

test("D3 a person with an account logs in and joins in one click", async ({ org, visitor, snapshot }) => {
  const omar = await org.addMember("Omar", "member");
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [omar.email]);
  const link = await org.copyInvitation(await org.invite(omar.email), "link");
  const page = await visitor();
  await page.goto(link);
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByLabel("Email").fill(omar.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByLabel("Your name")).toHaveCount(0);
  await snapshot(page, "one press to join");
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
});

test("D7 the page of an invitation says whom to ask, and the page to enter a code where to look for the email", async ({
  org,
  visitor,
}) => {
  const page = await visitor();
  await page.goto(await org.copyInvitation(await org.invite(uniqueAddress("lea")), "link"));
  await expect(page.getByText(`Questions? Ask ${org.owner.name}.`)).toBeVisible();
  await expect(page.getByText("Not you? You can close this page")).toBeVisible();
  await expect(page.getByText("Check your spam folder")).toHaveCount(0);
  await page.goto("/join");
  await expect(page.getByText("Check your spam folder")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("D8 an invitation is declined without JavaScript", async ({ org, visitor }) => {
    const page = await visitor({ javaScriptEnabled: false });
    await page.goto(await org.copyInvitation(await org.invite(uniqueAddress("greta")), "link"));
    await page.getByText("Decline", { exact: true }).click();
    await page.getByRole("button", { name: "Decline invitation" }).click();
    await expect(page.getByRole("heading", { name: "You declined this invitation" })).toBeVisible();
  });
});
