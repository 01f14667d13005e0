import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { findRow } from "../locators";
import { type E2EOrganization, type TestUser, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

const newPassword = "a bridge of seven arches";

/** Logs the user in from another browser. */
async function logInElsewhere(
  org: E2EOrganization,
  visitor: () => Promise<Page>,
  person: TestUser,
): Promise<Page> {
  const page = await visitor();
  await page.goto(`/o/${org.slug}/login`);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(`/o/${org.slug}`);
  return page;
}

async function submitPasswords(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel("New password").fill(next);
  await page.getByRole("button", { name: "Change password" }).click();
}

test("F5 the account page is reached from the account menu, and a new name is shown everywhere", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(org.usersPath);
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await expect(page.getByText(org.owner.email)).toBeVisible();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();

  await page.getByLabel("Your name").fill(" ");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Enter your name.")).toBeVisible();
  await snapshot(page, "a missing name");
  await page.getByLabel("Your name").fill("Ana Duarte-Lima");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Name saved. All your organizations show it.")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Ana Duarte-Lima");

  await page.getByRole("link", { name: org.name }).click();
  await expect(findRow(page, org.owner.email)).toContainText("Ana Duarte-Lima");
  await page.goto(`/o/${org.slug}/admin/activity`);
  await expect(page.getByText("Ana Duarte-Lima changed their name")).toBeVisible();
});

test("F5 a new password ends every other session and every emailed link by its next request, and keeps this session", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const other = await logInElsewhere(org, visitor, org.owner);
  // A link requested before the change.
  await other.goto("/login/mail");
  await other.getByLabel("Email").fill(org.owner.email);
  await other.getByRole("button", { name: "Send link" }).click();
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const oldLink = extractLink(await findEmailInMailbox(operator, org.owner.email), "/sign-in/");
  await page.goto("/account");
  await submitPasswords(page, "not the password", newPassword);
  await expect(page.getByText("Incorrect current password.")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue(newPassword);
  await snapshot(page, "a wrong password");
  await submitPasswords(page, testPassword, "short");
  await expect(page.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await submitPasswords(page, testPassword, newPassword);
  await expect(page.getByText("You're logged out everywhere else.")).toBeVisible();
  await expect(page.getByLabel("Current password")).toHaveValue("");
  await expect(page.getByRole("button", { name: "End all other sessions" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await snapshot(page, "a new password");

  await page.goto(org.usersPath);
  await expect(page).toHaveURL(org.usersPath);
  await other.goto(oldLink);
  await expect(other.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
  await other.goto(org.usersPath);
  await expect(other).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await other.getByLabel("Email").fill(org.owner.email);
  await other.getByLabel("Password").fill(testPassword);
  await other.getByRole("button", { name: "Log in" }).click();
  await expect(other.getByText("Incorrect email or password.")).toBeVisible();
  await other.getByLabel("Password").fill(newPassword);
  await other.getByRole("button", { name: "Log in" }).click();
  await expect(other).toHaveURL(org.usersPath);
});

test("F5 a session is ended from another browser, alone or with all others, and is rejected at its next request", async ({
  org,
  visitor,
  snapshot,
}) => {
  const owner = org.owner;
  const [phone, tablet] = [
    await logInElsewhere(org, visitor, owner),
    await logInElsewhere(org, visitor, owner),
  ];
  const page = await logInElsewhere(org, visitor, owner);
  await page.goto("/account");
  await expect(page.getByRole("listitem").filter({ hasText: "This browser" })).toContainText(
    "Chrome on Linux",
  );
  const endButtons = page.getByRole("button", { name: "End session: Chrome on Linux" });
  // The fourth is the test's own session, whose browser sends no user agent that is recognized.
  await expect(page.getByRole("button", { name: "End session: Unknown browser" })).toHaveCount(1);
  await expect(endButtons).toHaveCount(2);
  // The most recently active session is first.
  await endButtons.first().click();
  const ended = page.getByRole("button", { name: "Session ended: Chrome on Linux" });
  await expect(ended).toHaveCount(1);
  await expect(ended).toBeFocused();
  await snapshot(page, "an ended session");
  await tablet.goto(org.usersPath);
  await expect(tablet).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await phone.goto(org.usersPath);
  await expect(phone).toHaveURL(org.usersPath);

  await page.getByRole("button", { name: "End all other sessions" }).click();
  await expect(page.getByText("You're not logged in anywhere else.").first()).toBeVisible();
  await phone.goto(org.usersPath);
  await expect(phone).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: /Chrome on Linux|Unknown browser/ })).toHaveCount(1);
});

test("a tab of a user who has logged out changes nothing of the account that is logged in now", async ({
  page,
  org,
}) => {
  const other = await org.addMember("Otto", "admin");
  await page.goto("/account");
  await page.getByLabel("Your name").fill("Not Otto");
  await org.signIn(page.context(), other);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("You're now logged in as someone else.")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Not Otto");
  const names = await org.sql<{ name: string }>("SELECT name FROM account WHERE email = ANY($1)", [
    [other.email, org.owner.email],
  ]);
  expect(names.map(({ name }) => name)).not.toContain("Not Otto");
});

test("D9 a user with an unconfirmed address sees it and can resend the confirmation email", async ({
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  const page = await visitor();
  await page.goto(await org.copyInvitation(await org.invite(guest), "link"));
  await page.getByLabel("Your name").fill("Gil Guest");
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByText("Address not confirmed")).toBeVisible();
  const resendButton = page.getByRole("button", { name: "Resend confirmation email" });
  await resendButton.click();
  await expect(page.getByText("Email isn't set up, so nothing was sent.")).toBeVisible();

  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByText("Address not confirmed")).toBeVisible();
  // The invitation, the first confirmation and two resends: the fifth email is the last of the day.
  for (const _ of [4, 5]) {
    const response = page.waitForResponse((response) => response.request().method() === "POST");
    await resendButton.click();
    await response;
    await expect(resendButton).not.toHaveAttribute("aria-busy");
  }
  await resendButton.click();
  await expect(page.getByText("You've reached today's limit of 5 emails.")).toBeVisible();
  await snapshot(page, "daily email limit reached");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("F5 name, password and sessions are managed", async ({ org, visitor }) => {
    const [page, other] = [
      await logInElsewhere(org, visitor, org.owner),
      await logInElsewhere(org, visitor, org.owner),
    ];
    await page.getByRole("link", { name: "Your account" }).click();
    await page.getByLabel("Your name").fill("Ana Lima");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("Name saved.")).toBeVisible();
    await expect(page.getByLabel("Your name")).toHaveValue("Ana Lima");
    await page.getByRole("button", { name: "End session: Chrome on Linux" }).click();
    await expect(page.getByRole("button", { name: "End session: Chrome on Linux" })).toHaveCount(0);
    await other.goto(org.usersPath);
    await expect(other).toHaveURL(new RegExp(`/o/${org.slug}/login`));

    await submitPasswords(page, "not the password", newPassword);
    await expect(page.getByText("Incorrect current password.")).toBeVisible();
    await submitPasswords(page, testPassword, newPassword);
    await expect(page.getByText("Password changed.")).toBeVisible();
    await page.goto(org.usersPath);
    await expect(page).toHaveURL(org.usersPath);
  });
});
