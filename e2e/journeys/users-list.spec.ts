import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow, statusBadge } from "../locators";
import { type E2EOrganization, uniqueAddress } from "../organization";

/**
 * Creates 120 Members. `p001` to `p060` are active, named `P001 Crowd` and so on, each last active a day before the previous
 * one; every second one has a policy. The next 40 are invited and the last 20 expired, a minute apart.
 */
async function createMembers(org: E2EOrganization): Promise<void> {
  await org.sql(
    `WITH n AS (
       SELECT n, gen_random_uuid() AS member_id, gen_random_uuid() AS id, format('p%s@crowd.test', lpad(n::text, 3, '0')) AS address,
              format('P%s Crowd', lpad(n::text, 3, '0')) AS full_name, n <= 60 AS is_active,
              now() - make_interval(mins => n) - CASE WHEN n > 100 THEN interval '8 days' ELSE interval '0' END AS sent
       FROM generate_series(1, 120) n),
     o AS (SELECT o.id AS organization_id, slug, m.id AS owner FROM organization o JOIN member m ON m.organization_id = o.id WHERE slug = $1),
     a AS (INSERT INTO account (email, name, verified_at) SELECT slug || '-' || address, full_name, now() FROM n, o WHERE is_active
           RETURNING id AS account_id, email),
     members AS (
       INSERT INTO member (id, organization_id, email, name, account_id, status, role, invitation_id, invited_until, granted_by,
                           address_confirmed, last_active_at, delivery)
       SELECT member_id, o.organization_id, address, CASE WHEN is_active THEN full_name ELSE '' END, account_id,
              CASE WHEN is_active THEN 'active' ELSE 'invited' END, 'member', id, CASE WHEN NOT is_active THEN sent + interval '7 days' END,
              owner, is_active, CASE WHEN is_active THEN now() - make_interval(days => n) ELSE to_timestamp(0) END, 'queued'
       FROM o, n LEFT JOIN a ON a.email = (SELECT slug FROM o) || '-' || n.address)
     INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, issued_at, expires_at,
                             settled_as, settled_at)
     SELECT id, o.organization_id, member_id, address, 'member', owner, 1, sha256(uuid_send(id)), sent, sent + interval '7 days',
            CASE WHEN is_active THEN 'accepted' END, CASE WHEN is_active THEN sent END FROM n, o`,
    [org.slug],
  );
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT o.id, m.id, p.id FROM organization o JOIN member m ON m.organization_id = o.id JOIN policy p ON p.organization_id = o.id
     WHERE slug = $1 AND p.name LIKE '%(Read)' AND m.email ~ '^p0[0-5][02468]@'`,
    [org.slug],
  );
}

/** Returns the users on the page, in order. */
async function listedUsers(page: Page): Promise<string[]> {
  const texts = await page.getByRole("row").allInnerTexts();
  return texts.flatMap((text) => text.match(/p\d{3}(?=@crowd)/) ?? []);
}

const range = (from: number, to: number) =>
  Array.from(
    { length: Math.abs(to - from) + 1 },
    (_, index) => `p${String(from + Math.sign(to - from) * index).padStart(3, "0")}`,
  );

const statusFilter = (page: Page) => page.getByLabel("Status", { exact: true });
const sortLink = (page: Page, name: string): Locator =>
  page.getByRole("columnheader", { name }).getByRole("link");

test("F1 a row shows name, address, role, policies, status and last activity", async ({
  page,
  org,
  snapshot,
}) => {
  await createMembers(org);
  const removed = await org.addMember("Gil", "member");
  await org.sql("UPDATE member SET status = 'removed' WHERE email = $1", [removed.email]);
  const blocked = await org.addMember("Blanca", "member");
  await org.sql("UPDATE member SET status = 'blocked' WHERE email = $1", [blocked.email]);
  await page.goto(`${org.usersPath}?search=p002`);
  await expect(page.getByRole("columnheader")).toHaveText([
    // The checkbox that selects all rows.
    "",
    "Name and email",
    "Role",
    "Policies",
    "Status",
    "Last active",
    "Actions",
  ]);
  const cells = findRow(page, "p002@crowd.test").getByRole("cell");
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
    `${org.usersPath}/${member?.id}`,
  );

  // Every status has a filter; removed users appear only there.
  for (const [option, name] of [
    ["Active", "p001@crowd.test"],
    ["Invited", "p061@crowd.test"],
    ["Invitation expired", "p101@crowd.test"],
    ["Blocked", blocked.email],
    ["Removed", removed.email],
  ] as const) {
    await page.goto(org.usersPath);
    await statusFilter(page).selectOption(option);
    await expect(statusBadge(page, name)).toHaveText(option);
    await expect(
      page.locator('td [data-slot="badge"]').filter({ hasNotText: new RegExp(`^${option}$`) }),
    ).toHaveCount(0);
  }
  await snapshot(page, "removed users");
  await page.goto(`${org.usersPath}?search=${encodeURIComponent(removed.email)}`);
  await expect(page.getByRole("heading", { name: "No matching users" })).toBeVisible();
  await snapshot(page, "no matching users");
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(org.usersPath);
});

/** Opens a page whose scripts are delayed until the returned function is called. */
async function openWithoutScripts(page: Page, address: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.unrouteAll();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  return release;
}

test("C9 a filter chosen before hydration applies after it, and typed text is kept", async ({
  page,
  org,
}) => {
  await createMembers(org);
  const search = page.getByLabel("Search by name or address");
  const releaseScripts = await openWithoutScripts(page, org.usersPath);
  await search.fill("p00");
  await statusFilter(page).selectOption("Active");
  releaseScripts();
  await expect(page).toHaveURL(/status=active/);
  await expect(page).toHaveURL(/search=p00/);
  await expect.poll(() => listedUsers(page)).toEqual(range(1, 9));

  const releaseAgain = await openWithoutScripts(page, org.usersPath);
  await search.fill("half a wo");
  releaseAgain();
  // The page is hydrated once a click has an effect.
  const all = page.getByRole("checkbox", { name: "Select all on this page" });
  await expect(async () => {
    await all.uncheck();
    await all.check();
    await expect(page.getByText("50 selected")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(search).toHaveValue("half a wo");
});

test("C9 Users is searched, filtered, sorted and paged, and the URL holds its state", async ({
  page,
  org,
  snapshot,
  visitor,
}) => {
  await createMembers(org);
  await page.goto(org.usersPath);
  const pages = page.getByRole("navigation", { name: "Pages of users" });
  const search = page.getByLabel("Search by name or address");
  // The Owner's name starts with A, so the Owner is the first row.
  await expect.poll(() => listedUsers(page)).toEqual(range(1, 49));
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => listedUsers(page)).toEqual(range(50, 99));
  await snapshot(page, "second page of users");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => listedUsers(page)).toEqual(range(100, 120));
  await expect(pages.getByRole("link")).toHaveText(["Previous"]);
  await page.reload();
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => listedUsers(page)).toEqual(range(50, 99));
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => listedUsers(page)).toEqual(range(1, 49));

  // Each column sorts, and a second click reverses the order.
  for (const [name, first, second] of [
    ["Role", "sort=role", "sort=-role"],
    ["Last active", "sort=-active", "sort=active"],
    ["Status", "sort=-status", "sort=status"],
    ["Name and email", "", "sort=-name"],
  ] as const) {
    await sortLink(page, name).click();
    await expect(page).toHaveURL(org.usersPath + (first && `?${first}`));
    await sortLink(page, name).click();
    await expect(page).toHaveURL(`${org.usersPath}?${second}`);
    await expect(page.getByRole("columnheader", { name })).toHaveAttribute(
      "aria-sort",
      second.includes("-") ? "descending" : "ascending",
    );
  }
  await expect.poll(() => listedUsers(page)).toEqual(range(120, 71));

  // Expired invitations are sorted by expiry unless another order is chosen.
  await page.goto(org.usersPath);
  await statusFilter(page).selectOption("Invitation expired");
  await expect(page).toHaveURL(`${org.usersPath}?status=expired`);
  await expect.poll(() => listedUsers(page)).toEqual(range(101, 120));
  await expect(page.getByRole("columnheader", { name: "Status" })).toHaveAttribute("aria-sort", "descending");
  await sortLink(page, "Name and email").click();
  await expect(page).toHaveURL(`${org.usersPath}?status=expired&sort=name`);
  await sortLink(page, "Name and email").click();
  await expect(page).toHaveURL(`${org.usersPath}?status=expired&sort=-name`);
  await expect.poll(() => listedUsers(page)).toEqual(range(120, 101));

  // A search keeps filter, order and focus.
  await search.fill("P11");
  await search.press("Enter");
  await expect(page).toHaveURL(`${org.usersPath}?sort=-name&search=P11&status=expired`);
  await expect.poll(() => listedUsers(page)).toEqual(range(119, 110));
  await expect(search).toBeFocused();

  // The same URL shows another admin the same list; invalid parameters show the default list.
  const other = await visitor();
  await org.signIn(other.context(), await org.addMember("Mia", "admin"));
  await other.goto(page.url());
  expect(await listedUsers(other)).toEqual(range(119, 110));
  await expect(statusFilter(other)).toHaveValue("expired");
  await other.goto(`${org.usersPath}?status=king&role=king&sort=-constructor&after=e30&policies=all`);
  expect((await listedUsers(other)).slice(0, 3)).toEqual(range(1, 3));

  await page.goBack();
  await expect.poll(() => listedUsers(page)).toEqual(range(120, 101));
  await expect(search).toHaveValue("");
});

test("C9 search and sorting ignore case and accents", async ({ page, org }) => {
  for (const [first, name] of [
    ["joao", "João Ávila"],
    ["asa", "Åsa Berg"],
    ["zoe", "zoë Young"],
  ] as const) {
    const person = await org.addMember(first, "member");
    await org.sql("UPDATE member SET name = $2 WHERE email = $1", [person.email, name]);
  }
  await page.goto(org.usersPath);
  await expect(page.locator("td strong")).toHaveText([org.owner.name, "Åsa Berg", "João Ávila", "zoë Young"]);
  await page.getByLabel("Search by name or address").fill("AVI");
  await page.keyboard.press("Enter");
  await expect(page.locator("td strong")).toHaveText(["João Ávila"]);
});

test("B8 a Member without a policy is marked, a user with a policy or an Admin is not, and a filter finds them", async ({
  page,
  org,
  snapshot,
}) => {
  await createMembers(org);
  const admin = await org.addMember("Adam", "admin");
  await page.goto(org.usersPath);
  const missingPolicyMark = (name: string) => findRow(page, name).getByText("No access policy");
  await expect(missingPolicyMark("p001@crowd.test")).toBeVisible();
  await expect(missingPolicyMark("p002@crowd.test")).toHaveCount(0);
  await expect(missingPolicyMark(admin.email)).toHaveCount(0);
  await snapshot(page, "users without a policy");
  await page.getByLabel("Policies").selectOption("No access policy");
  await expect(page).toHaveURL(`${org.usersPath}?policies=none`);
  await expect.poll(async () => (await listedUsers(page)).slice(0, 3)).toEqual(["p001", "p003", "p005"]);
  await expect(findRow(page, admin.email)).toHaveCount(0);
  await page.setViewportSize({ width: 320, height: 700 });
  await expect(missingPolicyMark("p001@crowd.test")).toBeVisible();

  // A user invited without a policy is marked immediately.
  const guest = uniqueAddress("guest");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "New Invitation" }).click();
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText(guest);
  await expect(missingPolicyMark(guest)).toBeVisible();
});

test("C2 invited and expired rows of Users have the menu of invitations, and the row updates immediately", async ({
  page,
  org,
  snapshot,
}) => {
  await createMembers(org);
  const [pending, expired] = [uniqueAddress("lea"), uniqueAddress("jun")];
  await org.invite(pending);
  await org.expire(await org.invite(expired));
  await page.goto(`${org.usersPath}?search=people.test`);
  const menu = (name: string) => page.getByRole("button", { name: `Actions for ${name}` });
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
  await snapshot(page, "the menu of an invited user");
  for (const used of [1, 2, 3]) {
    if (used > 1) await menu(pending).click();
    await items.filter({ hasText: "Resend invitation link" }).click();
    await expect.poll(() => countResends(org, pending)).toBe(used);
  }
  await menu(pending).click();
  await expect(items.filter({ hasText: "Resend invitation link" })).toContainText("Resent 3 of 3 times");
  await page.keyboard.press("Escape");
  // The reloaded list shows the same count.
  await page.reload();
  await menu(pending).click();
  await expect(items.filter({ hasText: "Resend invitation link" })).toContainText("Resent 3 of 3 times");
  await page.keyboard.press("Escape");
  await expect(statusBadge(page, expired)).toHaveText("Invitation expired");
  await menu(expired).click();
  await items.filter({ hasText: "Send new invitation" }).click();
  await expect(statusBadge(page, expired)).toHaveText("Invited");
});

async function countResends(org: E2EOrganization, email: string): Promise<number | undefined> {
  const [invitation] = await org.sql<{ count: number }>(
    "SELECT resend_count AS count FROM invitation WHERE email = $1 AND latest",
    [email],
  );
  return invitation?.count;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("C9 Users is searched, filtered, sorted and paged with forms and links", async ({ page, org }) => {
    await createMembers(org);
    await page.goto(org.usersPath);
    await statusFilter(page).selectOption("Active");
    await page.getByLabel("Search by name or address").fill("crowd");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => listedUsers(page)).toEqual(range(1, 50));
    await page.getByRole("link", { name: "Next" }).click();
    await expect.poll(() => listedUsers(page)).toEqual(range(51, 60));
    await sortLink(page, "Last active").click();
    await expect(statusFilter(page)).toHaveValue("active");
    await expect.poll(() => listedUsers(page)).toEqual(range(1, 50));
  });
});
