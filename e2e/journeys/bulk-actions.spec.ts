import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow, statusBadge } from "../locators";
import { type E2EOrganization, uniqueAddress } from "../organization";

/** Creates `count` open invitations, of which the first `atLimit` have been resent three times. */
async function inviteCrowd(org: E2EOrganization, count: number, atLimit = 0): Promise<string[]> {
  const addresses = Array.from({ length: count }, () => uniqueAddress("crowd"));
  for (let start = 0; start < count; start += 100) await org.inviteMany(addresses.slice(start, start + 100));
  await org.sql(
    `WITH i AS (UPDATE invitation SET resend_count = 3 WHERE email = ANY($1) RETURNING id)
     UPDATE member SET resend_count = 3 FROM i WHERE member.invitation_id = i.id`,
    [addresses.slice(0, atLimit)],
  );
  return addresses;
}

/** Adds active Members, named `N 001`, `N 002` and so on. */
async function addCrowd(org: E2EOrganization, count: number): Promise<void> {
  await org.sql(
    `WITH n AS (SELECT format('n%s-%s@crowd.test', n, $1::text) AS email, format('N %s', lpad(n::text, 3, '0')) AS name
                FROM generate_series(1, $2::int) n),
     a AS (INSERT INTO account (email, name, verified_at) SELECT email, name, now() FROM n RETURNING id, email, name)
     INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
     SELECT gen_random_uuid(), o.id, a.email, a.name, a.id, 'active', 'member', true, now() FROM a, organization o WHERE o.slug = $1`,
    [org.slug, count],
  );
}

const bulkBar = (page: Page, noun = "invitations"): Locator =>
  page.getByRole("region", { name: `Selected ${noun}` });
const clickInBar = (page: Page, name: string, noun?: string) =>
  bulkBar(page, noun).getByRole("button", { name, exact: true }).click();
const rowCheckbox = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}` });
const findEmails = (org: E2EOrganization, kind: string) =>
  org.sql<{ email: string }>(
    `SELECT to_address AS email FROM email_message e JOIN organization o ON o.id = e.organization_id WHERE o.slug = $1 AND e.kind = $2`,
    [org.slug, kind],
  );

test("C9 selected invitations are resent together: each row changes, and the summary names those at their limit", async ({
  page,
  org,
  snapshot,
}) => {
  const [atLimit = "", belowLimit = "", other = ""] = await inviteCrowd(org, 3, 1);
  await page.goto(`${org.usersPath}/invitations`);
  await rowCheckbox(page, atLimit).check();
  await rowCheckbox(page, belowLimit).check();
  await expect(bulkBar(page).getByText("2 selected")).toBeVisible();
  await snapshot(page, "two invitations selected");
  await clickInBar(page, "Resend");
  await expect(bulkBar(page).getByText("1 resent, 1 at their limit")).toBeVisible();
  await expect(bulkBar(page).getByRole("listitem")).toHaveText([
    new RegExp(`${atLimit}.*Resent 3 of 3 times`),
  ]);
  await expect(findRow(page, belowLimit).getByRole("img", { name: "1 of 3 resends used" })).toBeVisible();
  await expect(findRow(page, other).getByRole("img", { name: "0 of 3 resends used" })).toBeVisible();
  await snapshot(page, "the results of two invitations");
  expect((await findEmails(org, "resent")).map(({ email }) => email)).toEqual([belowLimit]);

  // The selection survives the change of the rows; a new filter clears it.
  await clickInBar(page, "Close");
  await expect(bulkBar(page).getByText("2 selected")).toBeVisible();
  await page.getByLabel("Status", { exact: true }).selectOption("Pending");
  await expect(bulkBar(page)).toHaveCount(0);
});

test("C9 a bulk action on all matches covers every page and no other invitation", async ({
  page,
  org,
  snapshot,
}) => {
  await inviteCrowd(org, 130);
  const admin = uniqueAddress("mia");
  await org.invite(admin, "admin");
  await page.goto(`${org.usersPath}/invitations?role=member`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bulkBar(page).getByText("50 selected")).toBeVisible();
  await clickInBar(page, "Select all matching");
  await expect(bulkBar(page).getByText("All 130 matching invitations selected")).toBeVisible();
  await snapshot(page, "all that match selected");
  await clickInBar(page, "Resend");
  await expect(bulkBar(page).getByText("130 resent", { exact: true })).toBeVisible();
  const sent = (await findEmails(org, "resent")).map(({ email }) => email);
  expect([sent.length, new Set(sent).size, sent.includes(admin)]).toEqual([130, 130, false]);

  // A destructive action asks for confirmation with the count.
  await clickInBar(page, "Close");
  await clickInBar(page, "Revoke");
  const confirmation = page.getByRole("alertdialog", { name: "Revoke all 130 matching invitations?" });
  await expect(confirmation).toBeVisible();
  await snapshot(page, "revoke all that match");
  await confirmation.getByRole("button", { name: "Cancel" }).click();
  await expect(bulkBar(page).getByRole("button", { name: "Revoke", exact: true })).toBeFocused();
  await clickInBar(page, "Revoke");
  await confirmation.getByRole("button", { name: "Revoke" }).click();
  await expect(bulkBar(page).getByText("130 revoked", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Undo revoking/ })).toHaveCount(50);
  const [left] = await org.sql(
    `SELECT count(*)::int AS open FROM invitation i JOIN organization o ON o.id = i.organization_id
     WHERE o.slug = $1 AND settled_as IS NULL`,
    [org.slug],
  );
  expect(left).toEqual({ open: 1 });
});

test("C9 Stop ends a bulk action between two batches, and Continue completes it", async ({
  page,
  org,
  snapshot,
}) => {
  await inviteCrowd(org, 230);
  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await clickInBar(page, "Select all matching");
  await expect(bulkBar(page).getByText("All 230 matching invitations selected")).toBeVisible();
  const release = await delaySecondPost(page);
  await clickInBar(page, "Resend");
  await expect(bulkBar(page).getByText("Resending… 100 of 230")).toBeVisible();
  await snapshot(page, "resending");
  await clickInBar(page, "Stop");
  await expect(bulkBar(page).getByText("Stopping after this batch… 100 of 230")).toBeVisible();
  release();
  await expect(bulkBar(page).getByText("Stopped: 200 resent")).toBeVisible();
  expect(await findEmails(org, "resent")).toHaveLength(200);
  await snapshot(page, "stopped");
  await clickInBar(page, "Continue");
  await expect(bulkBar(page).getByText("230 resent", { exact: true })).toBeVisible();
  expect(await findEmails(org, "resent")).toHaveLength(230);
});

/** Delays the second POST of the page until the returned function is called. */
async function delaySecondPost(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let posts = 0;
  await page.route("**/admin/users/**", async (route) => {
    if (route.request().method() === "POST" && ++posts === 2) await released;
    await route.continue();
  });
  return () => release();
}

test("C9 when the session ends midway, completed work is kept and reported, and Continue completes the rest after login", async ({
  page,
  org,
  snapshot,
}) => {
  await inviteCrowd(org, 130);
  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await clickInBar(page, "Select all matching");
  await expect(bulkBar(page).getByText("All 130 matching invitations selected")).toBeVisible();
  const release = await delaySecondPost(page);
  await clickInBar(page, "Resend");
  await expect(bulkBar(page).getByText("Resending… 100 of 130")).toBeVisible();
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  release();
  await expect(bulkBar(page).getByText("Your session has ended. Log in again in another tab")).toBeVisible();
  await expect(bulkBar(page).getByText("100 resent", { exact: true })).toBeVisible();
  await snapshot(page, "the session ended in the middle");
  expect(await findEmails(org, "resent")).toHaveLength(100);
  await page.context().addCookies(cookies);
  await clickInBar(page, "Continue");
  await expect(bulkBar(page).getByText("130 resent", { exact: true })).toBeVisible();
  expect(await findEmails(org, "resent")).toHaveLength(130);
});

test("C9 expired invitations are renewed together, using only the keyboard", async ({ page, org }) => {
  const [old, pending] = [uniqueAddress("jun"), uniqueAddress("lea")];
  await org.expire(await org.invite(old));
  await org.invite(pending);
  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).focus();
  await page.keyboard.press("Space");
  await expect(bulkBar(page).getByText("2 selected")).toBeVisible();
  const button = bulkBar(page).getByRole("button", { name: "Send new invitation" });
  for (
    let index = 0;
    index < 40 && !(await button.evaluate((element) => element === document.activeElement));
    index++
  )
    await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(bulkBar(page).getByText("1 sent, 1 not expired")).toBeVisible();
  await expect(bulkBar(page)).toBeFocused();
  await expect(statusBadge(page, old)).toHaveText("Pending");
  await expect(rowCheckbox(page, old)).toBeChecked();
  await bulkBar(page).getByRole("button", { name: "Close" }).press("Enter");
  await expect(bulkBar(page)).toBeFocused();
  await bulkBar(page).getByRole("button", { name: "Clear selection" }).press("Enter");
  await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toBeFocused();
});

test("C9 Users: a role is assigned to the selected users, but never to oneself", async ({
  page,
  org,
  snapshot,
}) => {
  await addCrowd(org, 60);
  await page.goto(org.usersPath);
  for (const name of ["N 001", "N 002", org.owner.name]) await rowCheckbox(page, name).check();
  await snapshot(page, "three users selected");
  await clickInBar(page, "Change role", "users");
  const role = page.getByRole("dialog", { name: "Change role" });
  await role.getByRole("button", { name: "Change role" }).click();
  await expect(role.getByText("Choose a role.")).toBeVisible();
  await role.getByLabel("Role").selectOption("Admin");
  await snapshot(page, "change the role of three");
  await role.getByRole("button", { name: "Change role" }).click();
  await expect(bulkBar(page, "users").getByText("2 changed, 1 is you")).toBeVisible();
  await expect(findRow(page, "N 001")).toContainText("Admin");
});

test("C9 Users: a policy and a block are applied to all matches", async ({ page, org, snapshot }) => {
  await addCrowd(org, 60);
  await page.goto(`${org.usersPath}?policies=none`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await clickInBar(page, "Select all matching", "users");
  await expect(bulkBar(page, "users").getByText("All 60 matching users selected")).toBeVisible();
  await clickInBar(page, "Add policy", "users");
  const policy = page.getByRole("dialog", { name: "Add policy" });
  await policy.getByLabel("Access policy").selectOption("Manage access for organization (Read)");
  await policy.getByRole("button", { name: "Add policy" }).click();
  await expect(bulkBar(page, "users").getByText("60 changed", { exact: true })).toBeVisible();
  await expect(findRow(page, "N 003")).toContainText("Manage access for organization (Read)");

  await page.goto(`${org.usersPath}?role=member`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await clickInBar(page, "Select all matching", "users");
  await clickInBar(page, "Block", "users");
  const confirmation = page.getByRole("alertdialog", { name: "Block all 60 matching users?" });
  await snapshot(page, "block all that match");
  await confirmation.getByRole("button", { name: "Block" }).click();
  await expect(bulkBar(page, "users").getByText("60 blocked", { exact: true })).toBeVisible();
  await expect(statusBadge(page, "N 003")).toHaveText("Blocked");
});

test("A5 a bulk action without permission stays focusable and names the missing permission", async ({
  org,
  visitor,
}) => {
  const guest = uniqueAddress("lea");
  await org.invite(guest);
  const reader = await org.addMember("Rosa", "member");
  await org.sql(
    `INSERT INTO member_policy (organization_id, member_id, policy_id)
     SELECT m.organization_id, m.id, p.id FROM member m JOIN policy p ON p.organization_id = m.organization_id
     WHERE m.email = $1 AND p.name LIKE '%(Read)'`,
    [reader.email],
  );
  const page = await visitor();
  await org.signIn(page.context(), reader);
  await page.goto(`${org.usersPath}/invitations`);
  await rowCheckbox(page, guest).check();
  const button = bulkBar(page).getByRole("button", { name: "Revoke" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(
    "You don't have permission to revoke invitations. Ask an Owner or Admin.",
  );
  await page.goto(org.usersPath);
  await rowCheckbox(page, org.owner.name).check();
  await expect(bulkBar(page, "users").getByRole("button", { name: "Block" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("C9 at 320 px nothing is cut off, and the focus is never behind the bar", async ({ page, org }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const [first = ""] = await inviteCrowd(org, 8);
  await page.goto(`${org.usersPath}/invitations`);
  await rowCheckbox(page, first).check();
  await expect(bulkBar(page)).toBeInViewport({ ratio: 1 });
  for (const key of ["Tab", "Shift+Tab"])
    for (let index = 0; index < 12; index++) {
      await page.keyboard.press(key);
      const isHidden = await page.evaluate(() => {
        const [focused, over] = [document.activeElement, document.querySelector('[data-slot="bulk-bar"]')];
        if (!focused || !over || over.contains(focused)) return false;
        const [one, other] = [focused.getBoundingClientRect(), over.getBoundingClientRect()];
        return one.top >= other.top && one.bottom <= other.bottom;
      });
      expect(isHidden).toBe(false);
    }
});
