import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { createE2EOrganization, type E2EOrganization, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

const newPassword = "a bridge of seven arches";
const confirmationText = "has an account, ask the operator for the link";

/** Requests a link on a login page, through the link with the given text. */
async function requestLink(page: Page, login: string, linkText: string, email: string): Promise<void> {
  await page.goto(login);
  await page.getByRole("link", { name: linkText }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByRole("status").filter({ hasText: confirmationText })).toContainText(email);
}

async function logIn(page: Page, org: E2EOrganization, email: string, typedPassword: string): Promise<void> {
  await page.goto(`/o/${org.slug}/login`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(typedPassword);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}

test("F5 a forgotten password is reset from the mailbox in another browser, after a scanner opened the link", async ({
  org,
  visitor,
  snapshot,
}) => {
  const cora = await org.addMember("Cora", "admin");
  const elsewhere = await visitor();
  await logIn(elsewhere, org, cora.email, testPassword);
  await expect(elsewhere).toHaveURL(`/o/${org.slug}`);

  const page = await visitor();
  await requestLink(page, "/login", "reset it", cora.email);
  await snapshot(page, "after requesting a new password");
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, cora.email);
  expect(email.subject).toBe("Reset your password");
  const link = extractLink(email, "/reset/");
  for (let scan = 0; scan < 20; scan++) expect((await operator.request.get(link)).status()).toBe(200);

  const other = await visitor();
  await other.goto(link);
  await snapshot(other, "a new password");
  await other.getByLabel("New password").fill("short");
  await other.getByRole("button", { name: "Save password" }).click();
  await expect(other.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await other.getByLabel("New password").fill(newPassword);
  await other.getByRole("button", { name: "Save password" }).click();
  await expect(other).toHaveURL(org.usersPath);

  // Other sessions have ended, the old password no longer works, and the link is used.
  await elsewhere.goto(org.usersPath);
  await expect(elsewhere).toHaveURL(/\/login\?callbackUrl=/);
  await logIn(elsewhere, org, cora.email, testPassword);
  await expect(elsewhere.getByText("Incorrect email or password.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
  await snapshot(page, "an invalid link");
  await page.getByRole("link", { name: "Get a new link" }).click();
  await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
});

test("F5 an unknown address gets the same response and no email; an invalid address is reported", async ({
  org,
  visitor,
  snapshot,
}) => {
  const page = await visitor();
  const unknown = uniqueAddress("unknown");
  await requestLink(page, `/o/${org.slug}/login`, "Email me a login link", unknown);
  await page.goto(`/o/${org.slug}/login/mail`);
  await page.getByLabel("Email").fill("two@signs@people.test");
  // The browser's own validation would block the form.
  await page.locator("main form").evaluate((form: HTMLFormElement) => form.setAttribute("novalidate", ""));
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("Enter a valid email address, like name@example.com.")).toBeVisible();
  await snapshot(page, "an invalid address");
  await expect
    .poll(() => org.sql("SELECT FROM magic_link_request WHERE email = $1", [unknown]), { timeout: 10_000 })
    .toEqual([]);
  expect(await org.sql("SELECT FROM email_message WHERE to_address = $1", [unknown])).toEqual([]);
});

test("F5 a fourth email in a day is refused with the time to try again, for known and unknown addresses", async ({
  org,
  visitor,
  snapshot,
}) => {
  for (const email of [org.owner.email, uniqueAddress("unknown")]) {
    const page = await visitor();
    for (let i = 0; i < 3; i++) await requestLink(page, "/login", "Email me a login link", email);
    await page.goto("/login/mail");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Send link" }).click();
    await expect(page.getByText("The ones you have still work. Try again in 24 hours.")).toBeVisible();
    await snapshot(page, "too many emails");
  }
});

test("F5 a link from an organization's login page logs in and joins it, once; another organization's invitation is offered", async ({
  org,
  visitor,
  snapshot,
}) => {
  const elsewhere = await createE2EOrganization("mailbox");
  const lea = await elsewhere.addMember("Lea", "member");
  await org.invite(lea.email, "admin");
  const third = await createE2EOrganization("mailbox");
  await third.invite(lea.email);

  const page = await visitor();
  await requestLink(page, `/o/${org.slug}/login`, "Email me a login link", lea.email);
  // A job creates this email, after those of the invitations.
  const loginEmails = () =>
    org.sql("SELECT FROM email_message WHERE to_address = $1 AND kind = 'sign-in-link'", [lea.email]);
  await expect.poll(async () => (await loginEmails()).length).toBe(1);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, lea.email);
  expect(email.subject).toBe(`Log in to ${org.name}`);
  const link = extractLink(email, "/sign-in/");
  // In another user's browser the page says whose session the button would end; opening it ends nothing.
  await operator.goto(link);
  await expect(operator.getByText("Continuing logs you out of that account.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("Continuing logs you out of that account.")).toHaveCount(0);
  await expect(page.getByText(`You'll also join ${org.name} as an Admin.`)).toBeVisible();
  await snapshot(page, "logging in also joins");
  await page.getByRole("button", { name: "Log in and join" }).click();

  // Joined the organization of the login page; the other invitation is offered.
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("heading", { name: "You're invited" })).toBeVisible();
  await expect(page.getByRole("link", { name: org.name })).toBeVisible();
  await snapshot(page, "an invitation is offered");
  await page.getByRole("button", { name: `Join ${third.name}` }).click();
  await expect(page.getByRole("heading", { name: `Welcome to ${third.name}` })).toBeVisible();
  await page.goto(org.usersPath);
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeVisible();

  await operator.goto(link);
  await expect(operator.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
  for (const other of [elsewhere, third]) await other.close();
});

test("F5 an offered invitation is declined in one click and is not offered again", async ({
  page,
  org,
  snapshot,
}) => {
  const elsewhere = await createE2EOrganization("mailbox");
  await elsewhere.invite(org.owner.email);
  await page.goto("/");
  await expect(page.getByText(`invited you to join ${elsewhere.name} as a Member`)).toBeVisible();
  await snapshot(page, "an invitation is offered to a member");
  await page.getByRole("button", { name: `Decline the invitation to ${elsewhere.name}` }).click();
  await expect(page).toHaveURL(org.usersPath);
  const [invitation] = await elsewhere.sql<{ settled_as: string }>(
    "SELECT settled_as FROM invitation WHERE email = $1",
    [org.owner.email],
  );
  expect(invitation?.settled_as).toBe("declined");
  await elsewhere.close();
});

test("D9 a user who joined with a copied link loses the account when the address's owner logs in by email", async ({
  org,
  visitor,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  const otherPage = await visitor();
  await otherPage.goto(await org.copyInvitation(await org.invite(guest, "admin"), "link"));
  await otherPage.getByLabel("Your name").fill("Gil Guest");
  await otherPage.getByLabel("Password").fill(testPassword);
  await otherPage.getByRole("button", { name: "Join your organization" }).click();
  await expect(otherPage.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
  // Invitations for an address are not offered to an account that has not proven the mailbox.
  const elsewhere = await createE2EOrganization("mailbox");
  await elsewhere.invite(guest);
  await otherPage.goto("/");
  await expect(otherPage).toHaveURL(`/o/${org.slug}`);

  const person = await visitor();
  await requestLink(person, `/o/${elsewhere.slug}/login`, "Email me a login link", guest);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  // The email of the invitation may still be the newest.
  await expect(async () => {
    await person.goto(extractLink(await findEmailInMailbox(operator, guest), "/sign-in/"));
  }).toPass({ timeout: 20_000 });
  await expect(person.getByText("An account was created with this address.")).toBeVisible();
  await snapshot(person, "logging in claims the account");
  await person.getByLabel("New password").fill(newPassword);
  await person.getByRole("button", { name: "Log in and join" }).click();
  await expect(person.getByRole("heading", { name: `Welcome to ${elsewhere.name}` })).toBeVisible();
  await person.goto(org.usersPath);
  await expect(person.getByRole("button", { name: "New Invitation" })).toBeVisible();

  await otherPage.goto(`/o/${org.slug}`);
  await expect(otherPage).toHaveURL(/\/login/);
  await logIn(otherPage, org, guest, testPassword);
  await expect(otherPage.getByText("Incorrect email or password.")).toBeVisible();
  await elsewhere.close();
});
