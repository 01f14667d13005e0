import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox, type ReceivedEmail } from "../emails";
import { expect, test } from "../fixtures";
import { findRow, openInviteDialog, statusBadge } from "../locators";
import { type E2EOrganization, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

/** Invites a Member in the dialog and returns the email that the operator finds in the mailbox. */
async function inviteInDialog(
  page: Page,
  operator: Page,
  org: E2EOrganization,
  guest: string,
): Promise<ReceivedEmail> {
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  return findEmailInMailbox(operator, guest);
}

test("D1 the email names inviter, organization, role and exact expiry, and has a button, a plain link and a code", async ({
  page,
  org,
  visitor,
}) => {
  const guest = uniqueAddress("guest");
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await inviteInDialog(page, operator, org, guest);

  expect(email.subject).toBe(`${org.owner.name} invited you to join ${org.name}`);
  const [invitation] = await org.sql<{ id: string; until: Date }>(
    "SELECT id, expires_at AS until FROM invitation WHERE email = $1",
    [guest],
  );
  const code = await org.copyInvitation(invitation?.id ?? "", "code");
  const link = extractLink(email);
  expect(link).toMatch(new RegExp(`^${org.origin}/join/${code}\\?proof=[0-9A-Z]{20}$`));
  for (const part of [email.text, email.html]) {
    for (const expected of [org.owner.name, org.name, "Member", code, link])
      expect(part, expected).toContain(expected);
    expect(part).toContain(formatExpiry(invitation?.until ?? new Date(0)));
  }

  const frame = operator.frameLocator("iframe");
  const button = frame.getByRole("link", { name: "Join your organization" });
  await expect(button).toBeVisible();
  await expect(button).toHaveAttribute("href", link);
  await expect(frame.getByRole("link", { name: link })).toBeVisible();
  await expect(frame.getByText(code, { exact: true })).toBeVisible();
});

test("D3 a new user follows the email, enters name and password, and joins: Active in the list immediately", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await inviteInDialog(page, operator, org, guest);
  await expect(statusBadge(page, guest)).toHaveText("Invited");

  const invitee = await visitor();
  await invitee.goto(extractLink(email));
  await expect(invitee.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await expect(invitee.getByText(`You'll join as a Member with ${guest}.`)).toBeVisible();
  await snapshot(invitee, "for a new person");
  await invitee.getByLabel("Your name").fill("Gil Guest");
  await invitee.getByLabel("Password").fill("12345678");
  await invitee.getByRole("button", { name: "Join your organization" }).click();
  await expect(invitee.getByText("This password is too easy to guess.")).toBeVisible();
  await expect(invitee.getByLabel("Your name")).toHaveValue("Gil Guest");
  await snapshot(invitee, "a bad password");
  await invitee.getByLabel("Password").fill(testPassword);
  await invitee.getByRole("button", { name: "Join your organization" }).click();

  await expect(invitee).toHaveURL(new RegExp(`/o/${org.slug}(\\?|$)`));
  await expect(invitee.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
  await expect(invitee.getByText("Your role is Member. You have no access policies yet.")).toBeVisible();
  await expect(invitee.getByText(`Need more access? Ask ${org.owner.name}.`)).toBeVisible();
  await expect(invitee.getByText("Address not confirmed")).toBeHidden();

  await page.reload();
  await expect(statusBadge(page, guest)).toHaveText("Active");
  await expect(findRow(page, guest)).toContainText("Gil Guest");
  await expect(findRow(page, guest)).not.toContainText("Address not confirmed");
  await page.goto(`${org.usersPath}/invitations`);
  await expect(page.getByRole("heading", { name: "No open invitations" })).toBeVisible();
  await snapshot(page, "empty");
});

test("D2 opening the link changes nothing, however often and with any method", async ({
  org,
  visitor,
  request,
}) => {
  const guest = uniqueAddress("guest");
  const link = await org.copyInvitation(await org.invite(guest), "link");
  const readState = () =>
    org.sql(
      `SELECT to_jsonb(i) AS invitation, to_jsonb(m) AS member,
              (SELECT count(*) FROM account WHERE email = $1) AS accounts,
              (SELECT count(*) FROM email_message WHERE to_address = $1) AS emails,
              (SELECT count(*) FROM activity a WHERE a.organization_id = m.organization_id) AS activity
       FROM invitation i JOIN member m ON m.id = i.member_id WHERE i.email = $1`,
      [guest],
    );
  const keptEmails = () =>
    org.sql("SELECT FROM email_message WHERE to_address = $1 AND state = 'kept'", [guest]);
  await expect.poll(async () => (await keptEmails()).length).toBe(1);
  const before = await readState();
  const responses = await Promise.all(
    Array.from({ length: 50 }, (_, index) => (index % 2 ? request.get(link) : request.head(link))),
  );
  expect(new Set(responses.map((answer) => answer.status()))).toEqual(new Set([200]));
  const scanner = await visitor();
  for (let visit = 0; visit < 3; visit++) await scanner.goto(link);
  expect(await readState()).toEqual(before);

  const person = await visitor();
  await person.goto(link);
  await person.getByLabel("Your name").fill("Gil Guest");
  await person.getByLabel("Password").fill(testPassword);
  await person.getByRole("button", { name: "Join your organization" }).click();
  await expect(person.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
});

test("D3 a user with an account logs in and joins in one click; another logged-in user sees why they cannot join", async ({
  org,
  visitor,
  snapshot,
}) => {
  const existingUser = await org.addMember("Kim", "member");
  const other = await org.addMember("Otto", "member");
  // Kim has an account but is no longer a member.
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [existingUser.email]);
  const link = await org.copyInvitation(await org.invite(existingUser.email), "link");

  const page = await visitor();
  await org.signIn(page.context(), other);
  await page.goto(link);
  await expect(
    page.getByText("You're logged in as o…@people.test, but this invitation is for another address."),
  ).toBeVisible();
  await snapshot(page, "logged in as another user");
  await page.getByRole("button", { name: "Sign out and continue" }).click();
  await expect(page.getByText("This address already has an account. Log in to join.")).toBeVisible();
  await snapshot(page, "for a person with an account");
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByLabel("Email").fill(existingUser.email);
  await page.getByLabel("Password").fill(testPassword);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await snapshot(page, "logged in");
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
});

/** Formats "Friday, November 27, 2026 at 15:08 UTC". Seconds are cut off, so that the email promises no extra time. */
function formatExpiry(time: Date): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }).format(time);
  const day = part({ day: "numeric", month: "long", year: "numeric" });
  return `${part({ weekday: "long" })}, ${day} at ${time.toISOString().slice(11, 16)} UTC`;
}
