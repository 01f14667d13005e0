import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone, type TestOrganization } from "../organization";
import { badge, row } from "../screens";

/**
 * 120 Members: `p001` to `p060` are in, `P001 Crowd` by name and last active a day after each other; the next forty are
 * invited and the last twenty expired, a minute after each other. Every second one of those who are in holds a policy.
 */
async function fill(org: TestOrganization): Promise<void> {
  await org.sql(
    `WITH n AS (
       SELECT n, gen_random_uuid() AS member_id, gen_random_uuid() AS id, format('p%s@crowd.test', lpad(n::text, 3, '0')) AS address,
              format('P%s Crowd', lpad(n::text, 3, '0')) AS full_name, n <= 60 AS is_in,
              now() - make_interval(mins => n) - CASE WHEN n > 100 THEN interval '8 days' ELSE interval '0' END AS sent
       FROM generate_series(1, 120) n),
     o AS (SELECT o.id AS house, slug, m.id AS owner FROM organization o JOIN member m ON m.organization_id = o.id WHERE slug = $1),
     a AS (INSERT INTO account (email, name, verified_at) SELECT slug || '-' || address, full_name, now() FROM n, o WHERE is_in
           RETURNING id AS account_id, email),
     seated AS (
       INSERT INTO member (id, organization_id, email, name, account_id, status, role, invitation_id, invited_until, granted_by,
                           address_confirmed, last_active_at, delivery)
       SELECT member_id, house, address, CASE WHEN is_in THEN full_name ELSE '' END, account_id,
              CASE WHEN is_in THEN 'active' ELSE 'invited' END, 'member', id, CASE WHEN NOT is_in THEN sent + interval '7 days' END,
              owner, is_in, CASE WHEN is_in THEN now() - make_interval(days => n) ELSE to_timestamp(0) END, 'queued'
       FROM o, n LEFT JOIN a ON a.email = (SELECT slug FROM o) || '-' || n.address)
     INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, issued_at, expires_at,
                             settled_as, settled_at)
     SELECT id, house, member_id, address, 'member', owner, 1, sha256(uuid_send(id)), sent, sent + interval '7 days',
            CASE WHEN is_in THEN 'accepted' END, CASE WHEN is_in THEN sent END FROM n, o`,
    [org.slug],
  );
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT o.id, m.id, p.id FROM organization o JOIN member m ON m.organization_id = o.id JOIN policy p ON p.organization_id = o.id
     WHERE slug = $1 AND p.name LIKE '%(Read)' AND m.email ~ '^p0[0-5][02468]@'`,
    [org.slug],
  );
}

/** The people of the page, as they stand there. */
async function people(page: Page): Promise<string[]> {
  const texts = await page.getByRole("row").allInnerTexts();
  return texts.flatMap((text) => text.match(/p\d{3}(?=@crowd)/) ?? []);
}

const numbers = (from: number, to: number) =>
  Array.from(
    { length: Math.abs(to - from) + 1 },
    (_, at) => `p${String(from + Math.sign(to - from) * at).padStart(3, "0")}`,
  );

const status = (page: Page) => page.getByLabel("Status", { exact: true });
const head = (page: Page, name: string): Locator =>
  page.getByRole("columnheader", { name }).getByRole("link");

test("F1 a row says who somebody is, as what, with which policies, how they stand and when they were here", async ({
  page,
  org,
  look,
}) => {
  await fill(org);
  const gone = await org.seat("Gil", "member");
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [gone.email]);
  const out = await org.seat("Blanca", "member");
  await org.sql("UPDATE member SET status = 'blocked' WHERE email = $1", [out.email]);
  await page.goto(`${org.users}?search=p002`);
  await expect(page.getByRole("columnheader")).toHaveText([
    // The box that selects all on the page.
    "",
    "Name and email",
    "Role",
    "Policies",
    "Status",
    "Last active",
    "Actions",
  ]);
  const cells = row(page, "p002@crowd.test").getByRole("cell");
  await expect(cells.nth(1)).toHaveText(/^P002 Crowd\s*p002@crowd\.test$/);
  await expect(cells.nth(2)).toHaveText("Member");
  await expect(cells.nth(3)).toHaveText("Manage access for organization (Read)");
  await expect(cells.nth(4)).toHaveText("Active");
  await expect(cells.nth(5)).toHaveText("2 days ago");
  const [member] = await org.sql<{ id: string }>(
    "SELECT m.id FROM member m JOIN organization o ON o.id = m.organization_id WHERE slug = $1 AND email = 'p002@crowd.test'",
    [org.slug],
  );
  await expect(page.getByRole("link", { name: "Manage P002 Crowd" })).toHaveAttribute(
    "href",
    `${org.users}/${member?.id}`,
  );

  // Every status by its filter, removed ones only there.
  for (const [choice, who] of [
    ["Active", "p001@crowd.test"],
    ["Invited", "p061@crowd.test"],
    ["Invitation expired", "p101@crowd.test"],
    ["Blocked", out.email],
    ["Removed", gone.email],
  ] as const) {
    await page.goto(org.users);
    await status(page).selectOption(choice);
    await expect(badge(page, who)).toHaveText(choice);
    await expect(page.locator("td .badge").filter({ hasNotText: new RegExp(`^${choice}$`) })).toHaveCount(0);
  }
  await look(page, "removed users");
  await page.goto(`${org.users}?search=${encodeURIComponent(gone.email)}`);
  await expect(page.getByRole("heading", { name: "No user matches" })).toBeVisible();
  await look(page, "no user matches");
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(org.users);
});

/** Opens a page whose scripts come only when the answer is called. */
async function openWithoutScripts(page: Page, address: string): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.unrouteAll();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  return release;
}

test("C9 what is chosen before the scripts are there is asked once they are, and what is typed stays", async ({
  page,
  org,
}) => {
  await fill(org);
  const search = page.getByLabel("Search by name or address");
  const bringScripts = await openWithoutScripts(page, org.users);
  await search.fill("p00");
  await status(page).selectOption("Active");
  bringScripts();
  await expect(page).toHaveURL(/status=active/);
  await expect(page).toHaveURL(/search=p00/);
  await expect.poll(() => people(page)).toEqual(numbers(1, 9));

  const bringAgain = await openWithoutScripts(page, org.users);
  await search.fill("half a wo");
  bringAgain();
  // The scripts are there once the page answers to a press.
  const all = page.getByRole("checkbox", { name: "Select all on this page" });
  await expect(async () => {
    await all.uncheck();
    await all.check();
    await expect(page.getByText("50 selected")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(search).toHaveValue("half a wo");
});

test("C9 Users is searched, filtered, sorted and paged, and the address bar says how", async ({
  page,
  org,
  look,
  visitor,
}) => {
  await fill(org);
  await page.goto(org.users);
  const pages = page.getByRole("navigation", { name: "Pages of users" });
  const search = page.getByLabel("Search by name or address");
  // The Owner, whose name begins with an A, is the first by name.
  await expect.poll(() => people(page)).toEqual(numbers(1, 49));
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(50, 99));
  await look(page, "second page of users");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(100, 120));
  await expect(pages.getByRole("link")).toHaveText(["Previous"]);
  await page.reload();
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(50, 99));
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(1, 49));

  // Order: by each column, and a second press turns it round.
  for (const [name, first, second] of [
    ["Role", "sort=role", "sort=-role"],
    ["Last active", "sort=-active", "sort=active"],
    ["Status", "sort=-status", "sort=status"],
    ["Name and email", "", "sort=-name"],
  ] as const) {
    await head(page, name).click();
    await expect(page).toHaveURL(org.users + (first && `?${first}`));
    await head(page, name).click();
    await expect(page).toHaveURL(`${org.users}?${second}`);
    await expect(page.getByRole("columnheader", { name })).toHaveAttribute(
      "aria-sort",
      second.includes("-") ? "descending" : "ascending",
    );
  }
  await expect.poll(() => people(page)).toEqual(numbers(120, 71));

  // Invited and expired ones stand in the order of expiry, unless another is asked for.
  await page.goto(org.users);
  await status(page).selectOption("Invitation expired");
  await expect(page).toHaveURL(`${org.users}?status=expired`);
  await expect.poll(() => people(page)).toEqual(numbers(101, 120));
  await expect(page.getByRole("columnheader", { name: "Status" })).toHaveAttribute("aria-sort", "descending");
  await head(page, "Name and email").click();
  await expect(page).toHaveURL(`${org.users}?status=expired&sort=name`);
  await head(page, "Name and email").click();
  await expect(page).toHaveURL(`${org.users}?status=expired&sort=-name`);
  await expect.poll(() => people(page)).toEqual(numbers(120, 101));

  // A search keeps filter and order, and the field the focus.
  await search.fill("P11");
  await search.press("Enter");
  await expect(page).toHaveURL(`${org.users}?sort=-name&search=P11&status=expired`);
  await expect.poll(() => people(page)).toEqual(numbers(119, 110));
  await expect(search).toBeFocused();

  // Shared with somebody who may read it, it is the same list; an address that makes no sense is the plain one.
  const other = await visitor();
  await org.signIn(other.context(), await org.seat("Mia", "admin"));
  await other.goto(page.url());
  expect(await people(other)).toEqual(numbers(119, 110));
  await expect(status(other)).toHaveValue("expired");
  await other.goto(`${org.users}?status=king&role=king&sort=-constructor&after=e30&policies=all`);
  expect((await people(other)).slice(0, 3)).toEqual(numbers(1, 3));

  await page.goBack();
  await expect.poll(() => people(page)).toEqual(numbers(120, 101));
  await expect(search).toHaveValue("");
});

test("C9 names are found and ordered whatever their case and accents", async ({ page, org }) => {
  for (const [first, name] of [
    ["joao", "João Ávila"],
    ["asa", "Åsa Berg"],
    ["zoe", "zoë Young"],
  ] as const) {
    const person = await org.seat(first, "member");
    await org.sql("UPDATE member SET name = $2 WHERE email = $1", [person.email, name]);
  }
  await page.goto(org.users);
  await expect(page.locator("td strong")).toHaveText([org.owner.name, "Åsa Berg", "João Ávila", "zoë Young"]);
  await page.getByLabel("Search by name or address").fill("AVI");
  await page.keyboard.press("Enter");
  await expect(page.locator("td strong")).toHaveText(["João Ávila"]);
});

test("B8 a Member without a policy is marked, whoever has one or needs none is not, and a filter finds them", async ({
  page,
  org,
  look,
}) => {
  await fill(org);
  const admin = await org.seat("Adam", "admin");
  await page.goto(org.users);
  const mark = (who: string) => row(page, who).getByText("No access policy");
  await expect(mark("p001@crowd.test")).toBeVisible();
  await expect(mark("p002@crowd.test")).toHaveCount(0);
  await expect(mark(admin.email)).toHaveCount(0);
  await look(page, "users without a policy");
  await page.getByLabel("Policies").selectOption("No access policy");
  await expect(page).toHaveURL(`${org.users}?policies=none`);
  await expect.poll(async () => (await people(page)).slice(0, 3)).toEqual(["p001", "p003", "p005"]);
  await expect(row(page, admin.email)).toHaveCount(0);
  await page.setViewportSize({ width: 320, height: 700 });
  await expect(mark("p001@crowd.test")).toBeVisible();

  // Whoever is invited without one is marked from the first moment.
  const guest = someone("guest");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "New Invitation" }).click();
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText(guest);
  await expect(mark(guest)).toBeVisible();
});

test("C2 invited and expired rows of Users carry the menu of invitations, and the row changes at once", async ({
  page,
  org,
  look,
}) => {
  await fill(org);
  const [pending, expired] = [someone("lea"), someone("jun")];
  await org.invite(pending);
  await org.expire(await org.invite(expired));
  await page.goto(`${org.users}?search=people.test`);
  const menu = (who: string) => page.getByRole("button", { name: `Actions for ${who}` });
  await expect(menu(org.owner.email)).toHaveCount(0);
  await menu(pending).click();
  const items = page.getByRole("menuitem");
  await expect(items).toHaveText([
    "Copy invitation link",
    "Copy invitation code",
    "Resend invitation link",
    /Send new invitation.*Only for an expired invitation/s,
    "Revoke invitation",
  ]);
  await look(page, "the menu of an invited user");
  for (const used of [1, 2, 3]) {
    if (used > 1) await menu(pending).click();
    await items.filter({ hasText: "Resend invitation link" }).click();
    await expect.poll(() => resends(org, pending)).toBe(used);
  }
  await menu(pending).click();
  await expect(items.filter({ hasText: "Resend invitation link" })).toContainText("Resent 3 of 3 times");
  await page.keyboard.press("Escape");
  // As often after a reload: the list knows it too.
  await page.reload();
  await menu(pending).click();
  await expect(items.filter({ hasText: "Resend invitation link" })).toContainText("Resent 3 of 3 times");
  await page.keyboard.press("Escape");
  await expect(badge(page, expired)).toHaveText("Invitation expired");
  await menu(expired).click();
  await items.filter({ hasText: "Send new invitation" }).click();
  await expect(badge(page, expired)).toHaveText("Invited");
});

async function resends(org: TestOrganization, email: string): Promise<number | undefined> {
  const [invitation] = await org.sql<{ count: number }>(
    "SELECT resend_count AS count FROM invitation WHERE email = $1 AND latest",
    [email],
  );
  return invitation?.count;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("C9 Users is searched, filtered, ordered and paged by forms and links", async ({ page, org }) => {
    await fill(org);
    await page.goto(org.users);
    await status(page).selectOption("Active");
    await page.getByLabel("Search by name or address").fill("crowd");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => people(page)).toEqual(numbers(1, 50));
    await page.getByRole("link", { name: "Next" }).click();
    await expect.poll(() => people(page)).toEqual(numbers(51, 60));
    await head(page, "Last active").click();
    await expect(status(page)).toHaveValue("active");
    await expect.poll(() => people(page)).toEqual(numbers(1, 50));
  });
});
