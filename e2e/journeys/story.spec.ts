import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { type Letter, letterInMailbox, linkIn } from "../letters";
import { password, someone, type TestOrganization } from "../organization";
import { sessionOf } from "../owner";
import { badge, openInvite, row } from "../screens";

/** Invites somebody as Member by the dialog, and answers the letter as the operator finds it in the mailbox. */
async function inviteByDialog(
  page: Page,
  operator: Page,
  org: TestOrganization,
  guest: string,
): Promise<Letter> {
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  return letterInMailbox(operator, guest);
}

test("D1 the letter names inviter, organization, role and exact expiry, and has button, plain link and code", async ({
  page,
  org,
  visitor,
}) => {
  const guest = someone("guest");
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await inviteByDialog(page, operator, org, guest);

  expect(letter.subject).toBe(`${org.owner.name} invited you to join ${org.name}`);
  const [invitation] = await org.sql<{ id: string; until: Date }>(
    "SELECT id, expires_at AS until FROM invitation WHERE email = $1",
    [guest],
  );
  const code = await org.copy(invitation?.id ?? "", "code");
  const link = linkIn(letter);
  expect(link).toMatch(new RegExp(`^${org.origin}/join/${code}\\?proof=[0-9A-Z]{20}$`));
  for (const part of [letter.text, letter.html]) {
    for (const words of [org.owner.name, org.name, "Member", code, link])
      expect(part, words).toContain(words);
    expect(part).toContain(inWords(invitation?.until ?? new Date(0)));
  }

  const frame = operator.frameLocator("iframe");
  const button = frame.getByRole("link", { name: "Join your organization" });
  await expect(button).toBeVisible();
  await expect(button).toHaveAttribute("href", link);
  await expect(frame.getByRole("link", { name: link })).toBeVisible();
  await expect(frame.getByText(code, { exact: true })).toBeVisible();
});

test("D3 a new person follows the letter, gives name and password, and is in: Active in the list at once", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const guest = someone("guest");
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await inviteByDialog(page, operator, org, guest);
  await expect(badge(page, guest)).toHaveText("Invited");

  const invitee = await visitor();
  await invitee.goto(linkIn(letter));
  await expect(invitee.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await expect(invitee.getByText(`You will join as Member, using ${guest}.`)).toBeVisible();
  await look(invitee, "for a new person");
  await invitee.getByLabel("Your name").fill("Gil Guest");
  await invitee.getByLabel("Password").fill("12345678");
  await invitee.getByRole("button", { name: "Join your organization" }).click();
  await expect(invitee.getByText("This password is among the first that anybody would guess.")).toBeVisible();
  await expect(invitee.getByLabel("Your name")).toHaveValue("Gil Guest");
  await look(invitee, "a bad password");
  await invitee.getByLabel("Password").fill(password);
  await invitee.getByRole("button", { name: "Join your organization" }).click();

  await expect(invitee).toHaveURL(new RegExp(`/o/${org.slug}(\\?|$)`));
  await expect(invitee.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
  await expect(invitee.getByText("Your role is Member. You have no access policies yet.")).toBeVisible();
  await expect(invitee.getByText(`Who can give you more: ${org.owner.name}`)).toBeVisible();
  await expect(invitee.getByText("Address not confirmed")).toBeHidden();

  await page.reload();
  await expect(badge(page, guest)).toHaveText("Active");
  await expect(row(page, guest)).toContainText("Gil Guest");
  await expect(row(page, guest)).not.toContainText("Address not confirmed");
  await page.goto(`${org.users}/invitations`);
  await expect(page.getByRole("heading", { name: "No open invitations" })).toBeVisible();
  await look(page, "empty");
});

test("D2 opening the link changes nothing, however often and by whatever method", async ({
  org,
  visitor,
  request,
}) => {
  const guest = someone("guest");
  const link = await org.copy(await org.invite(guest), "link");
  const counted = () =>
    org.sql(
      `SELECT to_jsonb(i) AS invitation, to_jsonb(m) AS member,
              (SELECT count(*) FROM account WHERE email = $1) AS accounts,
              (SELECT count(*) FROM email_message WHERE to_address = $1) AS letters,
              (SELECT count(*) FROM activity a WHERE a.organization_id = m.organization_id) AS activity
       FROM invitation i JOIN member m ON m.id = i.member_id WHERE i.email = $1`,
      [guest],
    );
  const kept = () => org.sql("SELECT FROM email_message WHERE to_address = $1 AND state = 'kept'", [guest]);
  await expect.poll(async () => (await kept()).length).toBe(1);
  const before = await counted();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, turn) => (turn % 2 ? request.get(link) : request.head(link))),
  );
  expect(new Set(answers.map((answer) => answer.status()))).toEqual(new Set([200]));
  const scanner = await visitor();
  for (let turn = 0; turn < 3; turn++) await scanner.goto(link);
  expect(await counted()).toEqual(before);

  const person = await visitor();
  await person.goto(link);
  await person.getByLabel("Your name").fill("Gil Guest");
  await person.getByLabel("Password").fill(password);
  await person.getByRole("button", { name: "Join your organization" }).click();
  await expect(person.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
});

test("D3 a person with an account signs in and joins with one press; signed in as somebody else is told so", async ({
  org,
  visitor,
  look,
}) => {
  const known = await org.seat("Kim", "member");
  const other = await org.seat("Otto", "member");
  // Kim has an account, and no place here any more.
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [known.email]);
  const link = await org.copy(await org.invite(known.email), "link");

  const page = await visitor();
  await org.signIn(page.context(), other);
  await page.goto(link);
  await expect(page.getByText("You are signed in as o…@people.test, so you cannot join")).toBeVisible();
  await look(page, "signed in as somebody else");
  await page.getByRole("button", { name: "Sign out and continue" }).click();
  await expect(page.getByText("There is an account for this address already.")).toBeVisible();
  await look(page, "for a person with an account");
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByLabel("Email").fill(known.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await look(page, "signed in");
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
});

/** "Friday, 27 November 2026 at 15:08 UTC": seconds are cut, so that the letter promises none too many. */
function inWords(time: Date): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(time);
  const day = part({ day: "numeric", month: "long", year: "numeric" });
  return `${part({ weekday: "long" })}, ${day} at ${time.toISOString().slice(11, 16)} UTC`;
}
