import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import type { TestOrganization } from "../organization";
import { badge, row } from "../screens";

/** 120 people, invited a minute after each other, `p001` the latest; the first 70 are pending, the others expired. */
async function fill(org: TestOrganization): Promise<void> {
  await org.sql(
    `WITH n AS (
       SELECT n, gen_random_uuid() AS member_id, gen_random_uuid() AS id, format('p%s@crowd.test', lpad(n::text, 3, '0')) AS email,
              now() - make_interval(mins => n) - CASE WHEN n > 70 THEN interval '8 days' ELSE interval '0' END AS sent,
              CASE n WHEN 7 THEN 'bounced' ELSE 'delivered' END AS delivery, CASE n WHEN 7 THEN 'mailbox does not exist' END AS detail
       FROM generate_series(1, 120) n),
     o AS (SELECT o.id, m.id AS owner FROM organization o JOIN member m ON m.organization_id = o.id WHERE slug = $1),
     seated AS (
       INSERT INTO member (id, organization_id, email, status, role, invitation_id, invited_until, granted_by, delivery, delivery_detail)
       SELECT n.member_id, o.id, email, 'invited', 'member', n.id, sent + interval '7 days', owner, delivery, detail FROM n, o)
     INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, issued_at, expires_at,
                             resend_count, delivery, delivery_detail)
     SELECT n.id, o.id, member_id, email, 'member', owner, 1, sha256(uuid_send(n.id)), sent, sent + interval '7 days', n % 4,
            delivery, detail FROM n, o`,
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

test("C9 the list is searched, filtered, sorted and paged, and the address bar says how", async ({
  page,
  org,
  look,
  visitor,
}) => {
  await fill(org);
  const list = `${org.users}/invitations`;
  await page.goto(list);
  const search = page.getByLabel("Search by address");
  await expect.poll(() => people(page)).toEqual(numbers(1, 50));

  // Pages, both ways.
  const pages = page.getByRole("navigation", { name: "Pages of invitations" });
  await expect(pages.getByRole("link")).toHaveText(["Next"]);
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(51, 100));
  await look(page, "second page");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(101, 120));
  await expect(pages.getByRole("link")).toHaveText(["Previous"]);
  await page.reload();
  await expect.poll(() => people(page)).toEqual(numbers(101, 120));
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(51, 100));
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect.poll(() => people(page)).toEqual(numbers(1, 50));
  await expect(pages.getByRole("link")).toHaveText(["Next"]);

  // Order: a press on a head, a second one turns it round; a new order begins at its first page.
  await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
  await expect(page).toHaveURL(`${list}?sort=email`);
  await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
  await expect(page).toHaveURL(`${list}?sort=-email`);
  await expect.poll(() => people(page)).toEqual(numbers(120, 71));
  await expect(page.getByRole("columnheader", { name: "Email" })).toHaveAttribute("aria-sort", "descending");

  // Filters keep the order; a search keeps both, and the field keeps the focus.
  await page.getByLabel("Status", { exact: true }).selectOption("Invitation expired");
  await expect(page).toHaveURL(`${list}?sort=-email&status=expired`);
  await search.fill("P11");
  await search.press("Enter");
  await expect(page).toHaveURL(`${list}?sort=-email&search=P11&status=expired`);
  await expect.poll(() => people(page)).toEqual(numbers(119, 110));
  await expect(search).toBeFocused();
  const address = page.url();

  // Shared with somebody who may read it, it is the same list.
  const other = await visitor();
  await org.signIn(other.context(), await org.seat("Mia", "admin"));
  await other.goto(address);
  expect(await people(other)).toEqual(numbers(119, 110));
  await expect(other.getByLabel("Search by address")).toHaveValue("P11");
  await expect(other.getByLabel("Status", { exact: true })).toHaveValue("expired");

  // Back asks the question before, in the fields too.
  await page.goBack();
  await expect(page).toHaveURL(`${list}?sort=-email&status=expired`);
  await expect.poll(() => people(page)).toEqual(numbers(120, 71));
  await expect(search).toHaveValue("");
  await page.goBack();
  await expect(page.getByLabel("Status", { exact: true })).toHaveValue("");
  await page.goForward();
  await page.goForward();
  await expect.poll(() => people(page)).toEqual(numbers(119, 110));
  await expect(search).toHaveValue("P11");
});

test("C9 a rare one is found by its filter, and where nothing matches one press clears the filters", async ({
  page,
  org,
  look,
}) => {
  const list = `${org.users}/invitations`;
  await page.goto(list);
  await expect(page.getByRole("heading", { name: "No open invitations" })).toBeVisible();
  await look(page, "no open invitations");
  await fill(org);
  await page.reload();
  // By the keyboard alone, as a choice of the browser's own takes it.
  await page.getByLabel("Delivery").press("b");
  await expect.poll(() => people(page)).toEqual(["p007"]);
  await expect(badge(page, "p007")).toHaveText("Bounced");
  await page.getByLabel("Status", { exact: true }).selectOption("Invitation expired");
  await expect(page.getByRole("heading", { name: "No invitation matches" })).toBeVisible();
  await look(page, "nothing matches");
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(list);
  await expect(page.getByLabel("Delivery")).toHaveValue("");
  await expect.poll(() => people(page)).toEqual(numbers(1, 50));
  await page.getByLabel("Inviter").selectOption(org.owner.name);
  await page.getByLabel("Role").selectOption("Member");
  await expect.poll(() => people(page)).toEqual(numbers(1, 50));
});

test("C9 a row that is made while the list is narrowed stands on top until another question is asked", async ({
  page,
  org,
}) => {
  await fill(org);
  await page.goto(`${org.users}/invitations?sort=-email&status=expired`);
  await page.getByRole("button", { name: "New Invitation" }).click();
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").fill("a-new-one@crowd.test");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("a-new-one@crowd.test");
  await page.getByLabel("Role").selectOption("Member");
  await expect(row(page, "a-new-one@crowd.test")).toBeHidden();
  expect(await people(page)).toEqual(numbers(120, 71));
});

test("C9 an address that makes no sense is answered like the plain one", async ({ page, org }) => {
  await fill(org);
  await page.goto(
    `${org.users}/invitations?status=king&role=king&sort=-constructor&after=e30&delivery=a&delivery=b`,
  );
  expect(await people(page)).toEqual(numbers(1, 50));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("C9 search, filters, order and pages are forms and links", async ({ page, org }) => {
    await fill(org);
    await page.goto(`${org.users}/invitations`);
    await page.getByLabel("Status", { exact: true }).selectOption("Pending");
    await page.getByLabel("Search by address").fill("p0");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => people(page)).toEqual(numbers(1, 50));
    await page.getByRole("link", { name: "Next" }).click();
    await expect.poll(() => people(page)).toEqual(numbers(51, 70));
    await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
    await expect(page.getByLabel("Status", { exact: true })).toHaveValue("pending");
    await expect.poll(() => people(page)).toEqual(numbers(1, 50));
  });
});
