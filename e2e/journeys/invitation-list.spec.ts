import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow, statusBadge } from "../locators";
import type { E2EOrganization } from "../organization";

/**
 * Creates 120 invitations, each issued a minute before the previous one: `p001` is the latest. The first 70 are pending, the
 * others expired.
 */
async function createInvitations(org: E2EOrganization): Promise<void> {
  await org.sql(
    `WITH n AS (
       SELECT n, gen_random_uuid() AS member_id, gen_random_uuid() AS id, format('p%s@crowd.test', lpad(n::text, 3, '0')) AS email,
              now() - make_interval(mins => n) - CASE WHEN n > 70 THEN interval '8 days' ELSE interval '0' END AS sent,
              CASE n WHEN 7 THEN 'bounced' ELSE 'delivered' END AS delivery, CASE n WHEN 7 THEN 'mailbox does not exist' END AS detail
       FROM generate_series(1, 120) n),
     o AS (SELECT o.id, m.id AS owner FROM organization o JOIN member m ON m.organization_id = o.id WHERE slug = $1),
     members AS (
       INSERT INTO member (id, organization_id, email, status, role, invitation_id, invited_until, granted_by, delivery, delivery_detail)
       SELECT n.member_id, o.id, email, 'invited', 'member', n.id, sent + interval '7 days', owner, delivery, detail FROM n, o)
     INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, issued_at, expires_at,
                             resend_count, delivery, delivery_detail)
     SELECT n.id, o.id, member_id, email, 'member', owner, 1, sha256(uuid_send(n.id)), sent, sent + interval '7 days', n % 4,
            delivery, detail FROM n, o`,
    [org.slug],
  );
}

/** Returns the invitees on the page, in order. */
async function listedInvitees(page: Page): Promise<string[]> {
  const texts = await page.getByRole("row").allInnerTexts();
  return texts.flatMap((text) => text.match(/p\d{3}(?=@crowd)/) ?? []);
}

const range = (from: number, to: number) =>
  Array.from(
    { length: Math.abs(to - from) + 1 },
    (_, index) => `p${String(from + Math.sign(to - from) * index).padStart(3, "0")}`,
  );

test("C9 the list is searched, filtered, sorted and paged, and the URL holds its state", async ({
  page,
  org,
  snapshot,
  visitor,
}) => {
  await createInvitations(org);
  const list = `${org.usersPath}/invitations`;
  await page.goto(list);
  const search = page.getByLabel("Search by address");
  await expect.poll(() => listedInvitees(page)).toEqual(range(1, 50));

  // Pages in both directions.
  const pages = page.getByRole("navigation", { name: "Pages of invitations" });
  await expect(pages.getByRole("link")).toHaveText(["Next"]);
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => listedInvitees(page)).toEqual(range(51, 100));
  await snapshot(page, "second page");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => listedInvitees(page)).toEqual(range(101, 120));
  await expect(pages.getByRole("link")).toHaveText(["Previous"]);
  await page.reload();
  await expect.poll(() => listedInvitees(page)).toEqual(range(101, 120));
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => listedInvitees(page)).toEqual(range(51, 100));
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => listedInvitees(page)).toEqual(range(1, 50));
  await expect(pages.getByRole("link")).toHaveText(["Next"]);

  // Sorting: a second click on a column reverses the order and returns to the first page.
  await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
  await expect(page).toHaveURL(`${list}?sort=email`);
  await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
  await expect(page).toHaveURL(`${list}?sort=-email`);
  await expect.poll(() => listedInvitees(page)).toEqual(range(120, 71));
  await expect(page.getByRole("columnheader", { name: "Email" })).toHaveAttribute("aria-sort", "descending");

  // Filters keep the order; a search keeps both, and the field keeps the focus.
  await page.getByLabel("Status", { exact: true }).selectOption("Invitation expired");
  await expect(page).toHaveURL(`${list}?sort=-email&status=expired`);
  await search.fill("P11");
  await search.press("Enter");
  await expect(page).toHaveURL(`${list}?sort=-email&search=P11&status=expired`);
  await expect.poll(() => listedInvitees(page)).toEqual(range(119, 110));
  await expect(search).toBeFocused();
  const url = page.url();

  // The same URL shows another admin the same list.
  const other = await visitor();
  await org.signIn(other.context(), await org.addMember("Mia", "admin"));
  await other.goto(url);
  expect(await listedInvitees(other)).toEqual(range(119, 110));
  await expect(other.getByLabel("Search by address")).toHaveValue("P11");
  await expect(other.getByLabel("Status", { exact: true })).toHaveValue("expired");

  // Back restores the previous state, including the fields.
  await page.goBack();
  await expect(page).toHaveURL(`${list}?sort=-email&status=expired`);
  await expect.poll(() => listedInvitees(page)).toEqual(range(120, 71));
  await expect(search).toHaveValue("");
  await page.goBack();
  await expect(page.getByLabel("Status", { exact: true })).toHaveValue("");
  await page.goForward();
  await page.goForward();
  await expect.poll(() => listedInvitees(page)).toEqual(range(119, 110));
  await expect(search).toHaveValue("P11");
});

test("C9 a single match is found by its filter, and one click clears filters without matches", async ({
  page,
  org,
  snapshot,
}) => {
  const list = `${org.usersPath}/invitations`;
  await page.goto(list);
  await expect(page.getByRole("heading", { name: "No open invitations" })).toBeVisible();
  await snapshot(page, "no open invitations");
  await createInvitations(org);
  await page.reload();
  // Using only the keyboard, as in a native select.
  await page.getByLabel("Delivery").press("b");
  await expect.poll(() => listedInvitees(page)).toEqual(["p007"]);
  await expect(statusBadge(page, "p007")).toHaveText("Bounced");
  await page.getByLabel("Status", { exact: true }).selectOption("Invitation expired");
  await expect(page.getByRole("heading", { name: "No matching invitations" })).toBeVisible();
  await snapshot(page, "nothing matches");
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(list);
  await expect(page.getByLabel("Delivery")).toHaveValue("");
  await expect.poll(() => listedInvitees(page)).toEqual(range(1, 50));
  await page.getByLabel("Inviter").selectOption(org.owner.name);
  await page.getByLabel("Role").selectOption("Member");
  await expect.poll(() => listedInvitees(page)).toEqual(range(1, 50));
});

test("C9 a row created while a filter is active stays on top until the list state changes", async ({
  page,
  org,
}) => {
  await createInvitations(org);
  await page.goto(`${org.usersPath}/invitations?sort=-email&status=expired`);
  await page.getByRole("button", { name: "New Invitation" }).click();
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").fill("a-new-one@crowd.test");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("a-new-one@crowd.test");
  await page.getByLabel("Role").selectOption("Member");
  await expect(findRow(page, "a-new-one@crowd.test")).toBeHidden();
  expect(await listedInvitees(page)).toEqual(range(120, 71));
});

test("C9 invalid parameters in the URL show the default list", async ({ page, org }) => {
  await createInvitations(org);
  await page.goto(
    `${org.usersPath}/invitations?status=king&role=king&sort=-constructor&after=e30&delivery=a&delivery=b`,
  );
  expect(await listedInvitees(page)).toEqual(range(1, 50));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("C9 search, filters, order and pages work as forms and links", async ({ page, org }) => {
    await createInvitations(org);
    await page.goto(`${org.usersPath}/invitations`);
    await page.getByLabel("Status", { exact: true }).selectOption("Pending");
    await page.getByLabel("Search by address").fill("p0");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => listedInvitees(page)).toEqual(range(1, 50));
    await page.getByRole("link", { name: "Next" }).click();
    await expect.poll(() => listedInvitees(page)).toEqual(range(51, 70));
    await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
    await expect(page.getByLabel("Status", { exact: true })).toHaveValue("pending");
    await expect.poll(() => listedInvitees(page)).toEqual(range(1, 50));
  });
});
