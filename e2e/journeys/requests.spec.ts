import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { type Letter, letterInMailbox, linkIn } from "../letters";
import { type Person, password, someone, type TestOrganization } from "../organization";
import { sessionOf } from "../owner";
import { badge, row } from "../screens";

const switchOn = (org: TestOrganization, isOn = true) =>
  org.sql("UPDATE organization SET new_user_invitations = $2 WHERE slug = $1", [org.slug, isOn]);

/** Fills the form on the organization's login page and sends it. */
async function ask(page: Page, org: TestOrganization, who: Person, message = ""): Promise<void> {
  await page.goto(`/o/${org.slug}/login`);
  await page.locator("summary", { hasText: "Request an invitation" }).click();
  await page.getByLabel("Your email").fill(who.email);
  await page.getByLabel("Your name").fill(who.name);
  await page.getByLabel("Message").fill(message);
  await page.getByRole("button", { name: "Request an invitation" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
}

/** Asks and confirms from the letter, as its reader does. */
async function askAndConfirm(
  page: Page,
  operator: Page,
  org: TestOrganization,
  who: Person,
  message = "",
): Promise<Letter> {
  await ask(page, org, who, message);
  const letter = await letterInMailbox(operator, who.email);
  await page.goto(linkIn(letter, "/request/"));
  await page.getByRole("button", { name: "Confirm your request" }).click();
  await expect(page.getByRole("heading", { name: "Your request is confirmed" })).toBeVisible();
  return letter;
}

const rosa = () => ({ name: "Rosa Lind", email: someone("rosa") });
const requests = (org: TestOrganization) => `${org.users}/requests`;
const tab = (page: Page) => page.getByRole("link", { name: /^Invitation requests/ });

test("E1 E2 E3 somebody asks, confirms, is invited with a role and a policy, and joins", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const guest = rosa();
  const theirs = await visitor();
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  // Switched on by the setting itself.
  await page.goto(`/o/${org.slug}/admin/settings`);
  await page.getByLabel("New user invitations").check();
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();

  await theirs.goto(`/o/${org.slug}/login`);
  await theirs.locator("summary", { hasText: "Request an invitation" }).click();
  await look(theirs, "with the form of a request");
  await ask(theirs, org, guest, "I start on Monday.\n<b>in Mila's team</b>");
  await look(theirs, "after a request");
  const letter = await letterInMailbox(operator, guest.email);
  expect(letter.subject).toBe(`Confirm your request to join ${org.name}`);
  expect(letter.text).not.toContain("Rosa");

  // Nobody sees it before it is confirmed, and looking confirms nothing.
  await page.goto(requests(org));
  await expect(page.getByText("No requests")).toBeVisible();
  const link = linkIn(letter, "/request/");
  for (let i = 0; i < 5; i++) expect((await theirs.request.get(link)).status()).toBe(200);
  await page.reload();
  await expect(page.getByText("No requests")).toBeVisible();
  await theirs.goto(link);
  await look(theirs, "to be confirmed");
  await theirs.getByRole("button", { name: "Confirm your request" }).click();
  await expect(theirs.getByRole("heading", { name: "Your request is confirmed" })).toBeVisible();
  await look(theirs, "confirmed");

  await page.reload();
  await expect(tab(page)).toContainText("1");
  await expect(row(page, guest.email)).toContainText("Rosa Lind");
  await expect(row(page, guest.email)).toContainText("<b>in Mila's team</b>");
  await look(page, "with a request");
  await page.getByLabel(`Role for ${guest.email}`).selectOption("Admin");
  await row(page, guest.email).locator("summary", { hasText: "No access policies" }).click();
  await page.getByLabel("Manage access for organization (Read)").check();
  await look(page, "with policies to choose");
  await row(page, guest.email).getByRole("button", { name: "Send invitation" }).click();
  await expect(badge(page, guest.email)).toHaveText("Invited");
  await expect(tab(page)).toContainText("0");

  const invitation = await letterInMailbox(operator, guest.email);
  expect(invitation.subject).toBe(`${org.owner.name} invited you to join ${org.name}`);
  await theirs.goto(linkIn(invitation));
  await theirs.getByLabel("Your name").fill(guest.name);
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Join your organization" }).click();
  await theirs.waitForURL(new RegExp(`/o/${org.slug}`));
  await page.goto(org.users);
  await expect(row(page, guest.name)).toContainText("Admin");
  await expect(row(page, guest.name)).toContainText("(Read)");
  await page.getByRole("link", { name: guest.name }).first().click();
  await expect(page.getByText("Invited as Admin, as asked for")).toBeVisible();
});

test("E3 an open list tells of a request that comes, and what another administrator answers stands in its row", async ({
  page,
  org,
  visitor,
  look,
}) => {
  await switchOn(org);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const guest = rosa();
  await page.goto(requests(org));
  await expect(page.getByText("No requests")).toBeVisible();
  await askAndConfirm(await visitor(), operator, org, guest);
  await expect(tab(page)).toContainText("1", { timeout: 5_000 });
  await page.getByRole("button", { name: "1 new – Show" }).click();
  await expect(row(page, guest.email)).toContainText("Rosa Lind");

  const other = await page.context().newPage();
  await other.goto(requests(org));
  await row(other, guest.email).getByRole("button", { name: "Dismiss" }).click();
  await expect(badge(page, guest.email)).toHaveText("Dismissed", { timeout: 5_000 });
  await expect(tab(page)).toContainText("0");
  await look(page, "dismissed by somebody else");
});

test("E3 Dismiss takes a request away, and many at once", async ({ page, org, visitor, look }) => {
  await switchOn(org);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const people = [rosa(), rosa(), rosa()];
  for (const guest of people) await askAndConfirm(await visitor(), operator, org, guest);
  const [first, second, third] = people.map(({ email }) => email) as [string, string, string];
  await page.goto(requests(org));
  await row(page, first).getByRole("button", { name: "Dismiss" }).click();
  await expect(badge(page, first)).toHaveText("Dismissed");
  for (const email of [second, third]) await page.getByLabel(`Select ${email}`).check();
  await look(page, "with two selected");
  await page.getByRole("button", { name: "Send invitations" }).click();
  const dialog = page.getByRole("dialog", { name: "Send invitations" });
  await expect(dialog.getByText("All of them get the same role")).toBeVisible();
  await look(page, "inviting two");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(page.getByText("2 invited")).toBeVisible();
  for (const email of [second, third]) await expect(badge(page, email)).toHaveText("Invited");
  await page.goto(`${requests(org)}?status=dismissed`);
  await expect(row(page, first)).toBeVisible();
  await page.goto(`${requests(org)}?search=${second.slice(0, 10)}&status=all`);
  await expect(row(page, second)).toBeVisible();
  await expect(row(page, first)).toHaveCount(0);
});

test("E4 whoever became a user meanwhile is marked, offers only Dismiss, and all stale ones go together", async ({
  page,
  org,
  visitor,
  look,
}) => {
  await switchOn(org);
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const [guest, other] = [rosa(), rosa()];
  for (const one of [guest, other]) await askAndConfirm(await visitor(), operator, org, one);
  // They come in another way, as by a directory.
  await org.sql("INSERT INTO account (email, name, verified_at) VALUES ($1, $2, now())", [
    guest.email,
    guest.name,
  ]);
  await org.welcome(guest, "member");
  await page.goto(requests(org));
  await expect(badge(page, guest.email)).toHaveText("Already a user");
  await expect(row(page, guest.email).getByRole("button", { name: "Send invitation" })).toHaveCount(0);
  await expect(row(page, guest.email).getByRole("button", { name: "Dismiss" })).toBeVisible();
  await look(page, "with a stale request");
  await page.getByRole("button", { name: "Dismiss all stale requests" }).click();
  await expect(page.getByText("1 dismissed")).toBeVisible();
  await expect(badge(page, guest.email)).toHaveText("Dismissed");
  await expect(row(page, other.email).getByRole("button", { name: "Send invitation" })).toBeVisible();
  await look(page, "with the stale ones dismissed");
});

test("E1 off means gone: no form, words for whoever answers, and a link of before that says so", async ({
  page,
  org,
  visitor,
  look,
}) => {
  await switchOn(org);
  const theirs = await visitor();
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const guest = rosa();
  await ask(theirs, org, guest);
  const link = linkIn(await letterInMailbox(operator, guest.email), "/request/");
  await switchOn(org, false);
  await theirs.goto(`/o/${org.slug}/login`);
  await expect(theirs.getByText("Request an invitation")).toHaveCount(0);
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "Requests are off" })).toBeVisible();
  await look(theirs, "of an organization that takes none any more");
  await theirs.goto("/request/00000-00000-00000-00000");
  await expect(theirs.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();
  await look(theirs, "that nobody made");
  await expect(theirs.getByRole("link", { name: "Go to the start" })).toBeVisible();

  await page.goto(requests(org));
  await expect(page.getByRole("heading", { name: "Requests are off" })).toBeVisible();
  // Nothing to look through either.
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await look(page, "while requests are off");
  await page.getByRole("link", { name: "Open settings" }).click();
  await expect(page.getByLabel("New user invitations")).not.toBeChecked();
});

test("D6 from the expired page one press asks for a new one, also while requests are off, and approving renews it", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const guest = someone("lea");
  const invitation = await org.invite(guest, "admin");
  const link = await org.copy(invitation, "link");
  await org.expire(invitation);
  const theirs = await visitor();
  await theirs.goto(link);
  await look(theirs, "expired");
  await theirs.getByRole("button", { name: "Request a new invitation" }).click();
  await expect(theirs.getByText("You have asked for a new one.")).toBeVisible();
  await look(theirs, "expired, and asked");

  await page.goto(requests(org));
  await expect(page.getByText("Requests are off")).toBeVisible();
  await expect(row(page, guest)).toContainText("From an expired invitation");
  await expect(page.getByLabel(`Role for ${guest}`)).toHaveValue("admin");
  await look(page, "off, with a request");
  await row(page, guest).getByRole("button", { name: "Send invitation" }).click();
  await expect(row(page, guest).getByText("Invited", { exact: true })).toBeVisible();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "There is a newer invitation" })).toBeVisible();
  const [fresh] = await org.sql<{ id: string }>(
    "SELECT id FROM invitation WHERE email = $1 AND settled_as IS NULL",
    [guest],
  );
  await theirs.goto(await org.copy(fresh?.id ?? "", "link"));
  await expect(theirs.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("D8 E1 one asks, mends what was wrong, confirms, and asks from the expired page", async ({
    org,
    visitor,
    browser,
  }) => {
    await switchOn(org);
    const theirs = await visitor({ javaScriptEnabled: false });
    const guest = rosa();
    await theirs.goto(`/o/${org.slug}/login`);
    await theirs.locator("summary", { hasText: "Request an invitation" }).click();
    await theirs.getByLabel("Your email").fill("rosa@localhost");
    await theirs.getByLabel("Your name").fill(guest.name);
    await theirs.getByLabel("Message").fill("Please");
    await theirs.getByRole("button", { name: "Request an invitation" }).click();
    await expect(theirs.getByText("This is not an email address.")).toBeVisible();
    await expect(theirs.getByLabel("Message")).toHaveValue("Please");
    await theirs.getByLabel("Your email").fill(guest.email);
    await theirs.getByRole("button", { name: "Request an invitation" }).click();
    await expect(theirs.getByText("Look into your mailbox")).toBeVisible();
    const operator = await browser.newPage({ storageState: sessionOf("mailbox"), javaScriptEnabled: true });
    const letter = await letterInMailbox(operator, guest.email);
    await operator.close();
    await theirs.goto(linkIn(letter, "/request/"));
    await theirs.getByRole("button", { name: "Confirm your request" }).click();
    await expect(theirs.getByRole("heading", { name: "Your request is confirmed" })).toBeVisible();

    const invitation = await org.invite(someone("lea"));
    const link = await org.copy(invitation, "link");
    await org.expire(invitation);
    await theirs.goto(link);
    await theirs.getByRole("button", { name: "Request a new invitation" }).click();
    await expect(theirs.getByText("You have asked for a new one.")).toBeVisible();
  });
});
