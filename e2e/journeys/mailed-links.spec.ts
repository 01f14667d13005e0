import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { createTestOrganization, password, someone, type TestOrganization } from "../organization";
import { sessionOf } from "../owner";

const renewed = "a bridge of seven arches";
const answer = "If there is an account for";

/** Asks for a link on one of the login pages, as its words lead there. */
async function ask(page: Page, login: string, way: string, email: string): Promise<void> {
  await page.goto(login);
  await page.getByRole("link", { name: way }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByRole("status").filter({ hasText: answer })).toContainText(email);
}

async function logIn(page: Page, org: TestOrganization, email: string, typed: string): Promise<void> {
  await page.goto(`/o/${org.slug}/login`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(typed);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}

test("F5 a forgotten password is chosen anew from the mailbox, in another browser, after a scanner was there first", async ({
  org,
  visitor,
  look,
}) => {
  const cora = await org.seat("Cora", "admin");
  const elsewhere = await visitor();
  await logIn(elsewhere, org, cora.email, password);
  await expect(elsewhere).toHaveURL(`/o/${org.slug}`);

  const page = await visitor();
  await ask(page, "/login", "choose a new password", cora.email);
  await look(page, "asked for a new password");
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await letterInMailbox(operator, cora.email);
  expect(letter.subject).toBe("Choose a new password");
  const link = linkIn(letter, "/reset/");
  for (let scan = 0; scan < 20; scan++) expect((await operator.request.get(link)).status()).toBe(200);

  const other = await visitor();
  await other.goto(link);
  await look(other, "a new password");
  await other.getByLabel("New password").fill("short");
  await other.getByRole("button", { name: "Choose this password" }).click();
  await expect(other.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await other.getByLabel("New password").fill(renewed);
  await other.getByRole("button", { name: "Choose this password" }).click();
  await expect(other).toHaveURL(org.users);

  // Whoever was logged in is not any more, the old password is gone, and the link is dead.
  await elsewhere.goto(org.users);
  await expect(elsewhere).toHaveURL(/\/login\?callbackUrl=/);
  await logIn(elsewhere, org, cora.email, password);
  await expect(elsewhere.getByText("Address and password do not fit together.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();
  await look(page, "a dead link");
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
});

test("F5 an unknown address gets the same answer, and no letter; what is no address is said so", async ({
  org,
  visitor,
  look,
}) => {
  const page = await visitor();
  const nobody = someone("nobody");
  await ask(page, `/o/${org.slug}/login`, "Log in by mail", nobody);
  await page.goto(`/o/${org.slug}/login/mail`);
  await page.getByLabel("Email").fill("nobody@nowhere@people.test");
  // The browser's own check would hold it back.
  await page.locator("form").evaluate((form: HTMLFormElement) => form.setAttribute("novalidate", ""));
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByText("This is no email address.")).toBeVisible();
  await look(page, "no address");
  await expect
    .poll(() => org.sql("SELECT FROM magic_link_request WHERE email = $1", [nobody]), { timeout: 10_000 })
    .toEqual([]);
  expect(await org.sql("SELECT FROM email_message WHERE to_address = $1", [nobody])).toEqual([]);
});

test("F5 a fourth letter in a day is refused with when to come back, for whichever address", async ({
  org,
  visitor,
  look,
}) => {
  for (const email of [org.owner.email, someone("nobody")]) {
    const page = await visitor();
    for (let i = 0; i < 3; i++) await ask(page, "/login", "Log in by mail", email);
    await page.goto("/login/mail");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await expect(page.getByText("Those that came still work; ask again in 24 hours.")).toBeVisible();
    await look(page, "too many letters");
  }
});

test("F5 a mailed link of an organization's login page logs in and joins there, once; another's invitation is offered", async ({
  org,
  visitor,
  look,
}) => {
  const elsewhere = await createTestOrganization("mailbox");
  const lea = await elsewhere.seat("Lea", "member");
  await org.invite(lea.email, "admin");
  const third = await createTestOrganization("mailbox");
  await third.invite(lea.email);

  const page = await visitor();
  await ask(page, `/o/${org.slug}/login`, "Log in by mail", lea.email);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await letterInMailbox(operator, lea.email);
  expect(letter.subject).toBe(`Log in to ${org.name}`);
  const link = linkIn(letter, "/sign-in/");
  // Opened in somebody else's browser it says whose session a press would end; looking ends nothing.
  await operator.goto(link);
  await expect(operator.getByText("in this browser. That ends here when you go on.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("That ends here when you go on.")).toHaveCount(0);
  await expect(page.getByText(`You also join ${org.name} as Admin`)).toBeVisible();
  await look(page, "logging in joins");
  await page.getByRole("button", { name: "Log in and join" }).click();

  // Joined where the login page was; what waits elsewhere is offered.
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("heading", { name: "You are invited" })).toBeVisible();
  await expect(page.getByRole("link", { name: org.name })).toBeVisible();
  await look(page, "an invitation is offered");
  await page.getByRole("button", { name: `Join ${third.name}` }).click();
  await expect(page.getByRole("heading", { name: `You are in ${third.name}` })).toBeVisible();
  await page.goto(org.users);
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeVisible();

  await operator.goto(link);
  await expect(operator.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();
  for (const other of [elsewhere, third]) await other.close();
});

test("F5 an offered invitation is declined with one press, and does not come back", async ({
  page,
  org,
  look,
}) => {
  const elsewhere = await createTestOrganization("mailbox");
  await elsewhere.invite(org.owner.email);
  await page.goto("/");
  await expect(page.getByText(`invited you to join ${elsewhere.name} as Member`)).toBeVisible();
  await look(page, "an invitation is offered to a member");
  await page.getByRole("button", { name: `Decline ${elsewhere.name}` }).click();
  await expect(page).toHaveURL(org.users);
  const [invitation] = await elsewhere.sql<{ settled_as: string }>(
    "SELECT settled_as FROM invitation WHERE email = $1",
    [org.owner.email],
  );
  expect(invitation?.settled_as).toBe("declined");
  await elsewhere.close();
});

test("D9 whoever sits in an address by a copied link is out once its person logs in by mail", async ({
  org,
  visitor,
  look,
}) => {
  const guest = someone("guest");
  const occupier = await visitor();
  await occupier.goto(await org.copy(await org.invite(guest, "admin"), "link"));
  await occupier.getByLabel("Your name").fill("Gil Guest");
  await occupier.getByLabel("Password").fill(password);
  await occupier.getByRole("button", { name: "Join your organization" }).click();
  await expect(occupier.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
  // What waits for the address elsewhere is nothing to whoever has not proven the mailbox.
  const elsewhere = await createTestOrganization("mailbox");
  await elsewhere.invite(guest);
  await occupier.goto("/");
  await expect(occupier).toHaveURL(`/o/${org.slug}`);

  const person = await visitor();
  await ask(person, `/o/${elsewhere.slug}/login`, "Log in by mail", guest);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  await person.goto(linkIn(await letterInMailbox(operator, guest), "/sign-in/"));
  await expect(person.getByText("Somebody made an account for this address.")).toBeVisible();
  await look(person, "logging in takes the account");
  await person.getByLabel("New password").fill(renewed);
  await person.getByRole("button", { name: "Log in and join" }).click();
  await expect(person.getByRole("heading", { name: `You are in ${elsewhere.name}` })).toBeVisible();
  await person.goto(org.users);
  await expect(person.getByRole("button", { name: "New Invitation" })).toBeVisible();

  await occupier.goto(`/o/${org.slug}`);
  await expect(occupier).toHaveURL(/\/login/);
  await logIn(occupier, org, guest, password);
  await expect(occupier.getByText("Address and password do not fit together.")).toBeVisible();
  await elsewhere.close();
});
