import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone, type TestOrganization } from "../organization";
import { badge, row } from "../screens";

/** So many open invitations, of which the first `worn` have been resent three times. */
async function crowd(org: TestOrganization, many: number, worn = 0): Promise<string[]> {
  const addresses = Array.from({ length: many }, () => someone("crowd"));
  for (let at = 0; at < many; at += 100) await org.inviteAll(addresses.slice(at, at + 100));
  await org.sql(
    `WITH i AS (UPDATE invitation SET resend_count = 3 WHERE email = ANY($1) RETURNING id)
     UPDATE member SET resend_count = 3 FROM i WHERE member.invitation_id = i.id`,
    [addresses.slice(0, worn)],
  );
  return addresses;
}

/** So many Members who are in, `N 001` and on by name. */
async function seatMany(org: TestOrganization, many: number): Promise<void> {
  await org.sql(
    `WITH n AS (SELECT format('n%s-%s@crowd.test', n, $1::text) AS email, format('N %s', lpad(n::text, 3, '0')) AS name
                FROM generate_series(1, $2::int) n),
     a AS (INSERT INTO account (email, name, verified_at) SELECT email, name, now() FROM n RETURNING id, email, name)
     INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
     SELECT gen_random_uuid(), o.id, a.email, a.name, a.id, 'active', 'member', true, now() FROM a, organization o WHERE o.slug = $1`,
    [org.slug, many],
  );
}

const bar = (page: Page, noun = "invitations"): Locator =>
  page.getByRole("region", { name: `Selected ${noun}` });
const press = (page: Page, name: string, noun?: string) =>
  bar(page, noun).getByRole("button", { name, exact: true }).click();
const tick = (page: Page, who: string) => page.getByRole("checkbox", { name: `Select ${who}` });
const letters = (org: TestOrganization, kind: string) =>
  org.sql<{ email: string }>(
    `SELECT to_address AS email FROM email_message l JOIN organization o ON o.id = l.organization_id WHERE o.slug = $1 AND l.kind = $2`,
    [org.slug, kind],
  );

test("C9 some are resent together: each row changes, and the summary says who was at their limit", async ({
  page,
  org,
  look,
}) => {
  const [worn = "", fresh = "", other = ""] = await crowd(org, 3, 1);
  await page.goto(`${org.users}/invitations`);
  await tick(page, worn).check();
  await tick(page, fresh).check();
  await expect(bar(page).getByText("2 selected")).toBeVisible();
  await look(page, "two invitations selected");
  await press(page, "Resend");
  await expect(bar(page).getByText("1 resent, 1 at their limit")).toBeVisible();
  await expect(bar(page).getByRole("listitem")).toHaveText([new RegExp(`${worn}.*Resent 3 of 3 times`)]);
  await expect(row(page, fresh).getByRole("img", { name: "1 of 3 resends used" })).toBeVisible();
  await expect(row(page, other).getByRole("img", { name: "0 of 3 resends used" })).toBeVisible();
  await look(page, "what became of two invitations");
  expect((await letters(org, "resent")).map(({ email }) => email)).toEqual([fresh]);

  // The selection has outlived the change of the rows; a new question begins with nobody.
  await press(page, "Close");
  await expect(bar(page).getByText("2 selected")).toBeVisible();
  await page.getByLabel("Status", { exact: true }).selectOption("Pending");
  await expect(bar(page)).toHaveCount(0);
});

test("C9 all that match, over all pages, and none of the others", async ({ page, org, look }) => {
  await crowd(org, 130);
  const admin = someone("mia");
  await org.invite(admin, "admin");
  await page.goto(`${org.users}/invitations?role=member`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar(page).getByText("50 selected")).toBeVisible();
  await press(page, "Select all that match");
  await expect(bar(page).getByText("All 130 invitations that match are selected")).toBeVisible();
  await look(page, "all that match selected");
  await press(page, "Resend");
  await expect(bar(page).getByText("130 resent", { exact: true })).toBeVisible();
  const sent = (await letters(org, "resent")).map(({ email }) => email);
  expect([sent.length, new Set(sent).size, sent.includes(admin)]).toEqual([130, 130, false]);

  // What ends something asks first, and says how many.
  await press(page, "Close");
  await press(page, "Revoke");
  const question = page.getByRole("alertdialog", { name: "Revoke all 130 invitations that match?" });
  await expect(question).toBeVisible();
  await look(page, "revoke all that match");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(bar(page).getByRole("button", { name: "Revoke", exact: true })).toBeFocused();
  await press(page, "Revoke");
  await question.getByRole("button", { name: "Revoke" }).click();
  await expect(bar(page).getByText("130 revoked", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Undo revoking/ })).toHaveCount(50);
  const [left] = await org.sql(
    `SELECT count(*)::int AS open FROM invitation i JOIN organization o ON o.id = i.organization_id
     WHERE o.slug = $1 AND settled_as IS NULL`,
    [org.slug],
  );
  expect(left).toEqual({ open: 1 });
});

test("C9 Stop ends it between two batches, and Go on does the rest", async ({ page, org, look }) => {
  await crowd(org, 230);
  await page.goto(`${org.users}/invitations`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await press(page, "Select all that match");
  await expect(bar(page).getByText("All 230 invitations that match are selected")).toBeVisible();
  const release = await holdSecondPost(page);
  await press(page, "Resend");
  await expect(bar(page).getByText("Resending: 100 of 230")).toBeVisible();
  await look(page, "resending");
  await press(page, "Stop");
  await expect(bar(page).getByText("Stopping after this hundred: 100 of 230")).toBeVisible();
  release();
  await expect(bar(page).getByText("Stopped: 200 resent")).toBeVisible();
  expect(await letters(org, "resent")).toHaveLength(200);
  await look(page, "stopped");
  await press(page, "Go on");
  await expect(bar(page).getByText("230 resent", { exact: true })).toBeVisible();
  expect(await letters(org, "resent")).toHaveLength(230);
});

/** Keeps the second post of the page waiting until the answer is called. */
async function holdSecondPost(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let posts = 0;
  await page.route("**/admin/users/**", async (route) => {
    if (route.request().method() === "POST" && ++posts === 2) await held;
    await route.continue();
  });
  return () => release();
}

test("C9 the session ends in the middle: what was done stands and is said, and after logging in it goes on", async ({
  page,
  org,
  look,
}) => {
  await crowd(org, 130);
  await page.goto(`${org.users}/invitations`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await press(page, "Select all that match");
  await expect(bar(page).getByText("All 130 invitations that match are selected")).toBeVisible();
  const release = await holdSecondPost(page);
  await press(page, "Resend");
  await expect(bar(page).getByText("Resending: 100 of 130")).toBeVisible();
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  release();
  await expect(bar(page).getByText("Your session has ended. Log in again in another tab")).toBeVisible();
  await expect(bar(page).getByText("100 resent", { exact: true })).toBeVisible();
  await look(page, "the session ended in the middle");
  expect(await letters(org, "resent")).toHaveLength(100);
  await page.context().addCookies(cookies);
  await press(page, "Go on");
  await expect(bar(page).getByText("130 resent", { exact: true })).toBeVisible();
  expect(await letters(org, "resent")).toHaveLength(130);
});

test("C9 expired ones are sent new together, by the keyboard alone", async ({ page, org }) => {
  const [old, pending] = [someone("jun"), someone("lea")];
  await org.expire(await org.invite(old));
  await org.invite(pending);
  await page.goto(`${org.users}/invitations`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).focus();
  await page.keyboard.press("Space");
  await expect(bar(page).getByText("2 selected")).toBeVisible();
  const button = bar(page).getByRole("button", { name: "Send new" });
  for (let at = 0; at < 40 && !(await button.evaluate((one) => one === document.activeElement)); at++)
    await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(bar(page).getByText("1 sent new, 1 not expired")).toBeVisible();
  await expect(bar(page)).toBeFocused();
  await expect(badge(page, old)).toHaveText("Pending");
  await expect(tick(page, old)).toBeChecked();
  await bar(page).getByRole("button", { name: "Close" }).press("Enter");
  await expect(bar(page)).toBeFocused();
  await bar(page).getByRole("button", { name: "Clear selection" }).press("Enter");
  await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toBeFocused();
});

test("C9 Users: a role for those who are ticked, and never for oneself", async ({ page, org, look }) => {
  await seatMany(org, 60);
  await page.goto(org.users);
  for (const who of ["N 001", "N 002", org.owner.name]) await tick(page, who).check();
  await look(page, "three users selected");
  await press(page, "Change role", "users");
  const role = page.getByRole("dialog", { name: "Change role" });
  await role.getByRole("button", { name: "Change role" }).click();
  await expect(role.getByText("Choose a role.")).toBeVisible();
  await role.getByLabel("Role").selectOption("Admin");
  await look(page, "change the role of three");
  await role.getByRole("button", { name: "Change role" }).click();
  await expect(bar(page, "users").getByText("2 changed, 1 yourself")).toBeVisible();
  await expect(row(page, "N 001")).toContainText("Admin");
});

test("C9 Users: a policy and a block for all that match", async ({ page, org, look }) => {
  await seatMany(org, 60);
  await page.goto(`${org.users}?policies=none`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await press(page, "Select all that match", "users");
  await expect(bar(page, "users").getByText("All 60 users that match are selected")).toBeVisible();
  await press(page, "Add policy", "users");
  const policy = page.getByRole("dialog", { name: "Add policy" });
  await policy.getByLabel("Access policy").selectOption("Manage access for organization (Read)");
  await policy.getByRole("button", { name: "Add policy" }).click();
  await expect(bar(page, "users").getByText("60 changed", { exact: true })).toBeVisible();
  await expect(row(page, "N 003")).toContainText("Manage access for organization (Read)");

  await page.goto(`${org.users}?role=member`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await press(page, "Select all that match", "users");
  await press(page, "Block", "users");
  const question = page.getByRole("alertdialog", { name: "Block all 60 users that match?" });
  await look(page, "block all that match");
  await question.getByRole("button", { name: "Block" }).click();
  await expect(bar(page, "users").getByText("60 blocked", { exact: true })).toBeVisible();
  await expect(badge(page, "N 003")).toHaveText("Blocked");
});

test("A5 what somebody may not do to many stays in reach and says which right is missing", async ({
  org,
  visitor,
}) => {
  const guest = someone("lea");
  await org.invite(guest);
  const reader = await org.seat("Rosa", "member");
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT m.organization_id, m.id, p.id FROM member m JOIN policy p ON p.organization_id = m.organization_id
     WHERE m.email = $1 AND p.name LIKE '%(Read)'`,
    [reader.email],
  );
  const page = await visitor();
  await org.signIn(page.context(), reader);
  await page.goto(`${org.users}/invitations`);
  await tick(page, guest).check();
  const button = bar(page).getByRole("button", { name: "Revoke" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(
    "You need the permission invitations:revoke. An Owner or Admin can give it to you.",
  );
  await page.goto(org.users);
  await tick(page, org.owner.name).check();
  await expect(bar(page, "users").getByRole("button", { name: "Block" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("C9 at 320 px nothing is cut off, and the focus is never behind the bar", async ({ page, org }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const [first = ""] = await crowd(org, 8);
  await page.goto(`${org.users}/invitations`);
  await tick(page, first).check();
  await expect(bar(page)).toBeInViewport({ ratio: 1 });
  for (const key of ["Tab", "Shift+Tab"])
    for (let at = 0; at < 12; at++) {
      await page.keyboard.press(key);
      const isHidden = await page.evaluate(() => {
        const [focused, over] = [document.activeElement, document.querySelector(".bulk")];
        if (!focused || !over || over.contains(focused)) return false;
        const [one, other] = [focused.getBoundingClientRect(), over.getBoundingClientRect()];
        return one.top >= other.top && one.bottom <= other.bottom;
      });
      expect(isHidden).toBe(false);
    }
});
