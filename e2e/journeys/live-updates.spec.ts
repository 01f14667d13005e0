import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow } from "../locators";
import { type E2EOrganization, uniqueAddress } from "../organization";

/** Changes by others must be visible within this many milliseconds, without user action. */
const UPDATE_TIMEOUT = { timeout: 5_000 };

const count = (page: Page, tab: string) =>
  page.getByRole("link", { name: new RegExp(`^${tab}`) }).locator('[data-slot="count"]');

const newRowsButton = (page: Page) => page.getByRole("button", { name: /^Show .* new$/ });

async function findMemberId(org: E2EOrganization, email: string): Promise<string> {
  const [member] = await org.sql<{ id: string }>(
    "SELECT m.id FROM member m JOIN organization o ON o.id = m.organization_id WHERE o.slug = $1 AND m.email = $2",
    [org.slug, email],
  );
  return member?.id ?? "";
}

for (const width of [1280, 320])
  test(`B1 invitations by others are counted and announced within seconds, nothing moves, and the button puts them on top (${width} px)`, async ({
    page,
    org,
    snapshot,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    const first = uniqueAddress("first");
    await org.invite(first);
    await page.goto(`${org.usersPath}/invitations`);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const search = page.getByLabel("Search by address");
    await search.fill("half a wo");
    // Wait for the delivery status of the first email, which changes the row.
    await expect(findRow(page, first)).toContainText("Not delivered: no email provider");
    const before = await findRow(page, first).boundingBox();
    const [second, third] = [uniqueAddress("second"), uniqueAddress("third")];
    await org.invite(second);
    await expect(count(page, "Invitations")).toHaveText("2", UPDATE_TIMEOUT);
    await expect(count(page, "Users")).toHaveText("3");
    await expect(newRowsButton(page)).toHaveText("Show 1 new");
    await org.invite(third);
    await expect(newRowsButton(page)).toHaveText("Show 2 new", UPDATE_TIMEOUT);
    await expect(count(page, "Invitations")).toHaveText("3");
    await expect(findRow(page, second)).toHaveCount(0);
    expect(await findRow(page, first).boundingBox()).toEqual(before);
    await expect(search).toBeFocused();
    await expect(search).toHaveValue("half a wo");
    await snapshot(page, "with new rows announced");

    await newRowsButton(page).press("Enter");
    await expect(page.getByRole("row").nth(1)).toContainText(third);
    await expect(page.getByRole("row").nth(2)).toContainText(second);
    await expect(page.getByLabel(`Select ${third}`)).toBeFocused();
    await expect(newRowsButton(page)).toHaveCount(0);
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  });

test("B1 an empty list announces its first row, a filter hides rows that do not match, and reopening a list resets it", async ({
  page,
  org,
}) => {
  await page.goto(`${org.usersPath}/invitations`);
  await expect(page.getByText("No open invitations")).toBeVisible();
  const [lea, bo] = [uniqueAddress("lea"), uniqueAddress("bo")];
  await org.invite(lea);
  await expect(newRowsButton(page)).toHaveText("Show 1 new", UPDATE_TIMEOUT);
  await newRowsButton(page).click();
  await expect(findRow(page, lea)).toBeVisible();

  await page.goto(`${org.usersPath}/invitations?role=admin`);
  await expect(page.getByText("No matching invitations")).toBeVisible();
  await org.invite(bo);
  await expect(count(page, "Invitations")).toHaveText("2", UPDATE_TIMEOUT);
  await expect(newRowsButton(page)).toHaveCount(0);

  await page
    .getByRole("navigation", { name: "User lists" })
    .getByRole("link", { name: /^Users/ })
    .click();
  await expect(findRow(page, bo)).toBeVisible();
  await expect(newRowsButton(page)).toHaveCount(0);
});

test("B1 an action in a row updates the counts of the tabs immediately, and Undo reverts them", async ({
  page,
  org,
}) => {
  const lea = uniqueAddress("lea");
  await org.invite(lea);
  // Polling is disabled in this test.
  await page.addInitScript(() => {
    const originalSetTimeout = window.setTimeout.bind(window);
    Object.assign(window, {
      setTimeout: (callback: () => void, ms = 0) => originalSetTimeout(callback, ms === 3_000 ? 600_000 : ms),
    });
  });
  await page.goto(`${org.usersPath}/invitations`);
  await page.getByRole("button", { name: `Actions for ${lea}` }).click();
  await page.getByRole("menuitem", { name: "Revoke invitation" }).click();
  await expect(count(page, "Invitations")).toHaveText("0");
  await expect(count(page, "Users")).toHaveText("1");
  await findRow(page, lea).getByRole("button", { name: /^Undo/ }).click();
  await expect(count(page, "Invitations")).toHaveText("1");
  await expect(count(page, "Users")).toHaveText("2");
});

test("C10 the profile follows changes by others, and says so if they discard unsaved choices", async ({
  page,
  org,
  snapshot,
}) => {
  const lea = uniqueAddress("lea");
  const invitation = await org.invite(lea);
  await page.goto(`${org.usersPath}/${await findMemberId(org, lea)}`);
  const other = await page.context().newPage();
  await other.goto(`${org.usersPath}/${await findMemberId(org, lea)}`);
  await other.getByRole("button", { name: `Actions for ${lea}` }).click();
  await other.getByRole("menuitem", { name: "Resend invitation link" }).click();
  await expect(page.getByRole("region", { name: "Timeline" }).getByRole("listitem").first()).toContainText(
    "resent the invitation (1 of 3)",
    UPDATE_TIMEOUT,
  );

  await page.getByRole("checkbox", { name: /\(Read\)/ }).check();
  await org.expire(invitation);
  await expect(page.locator('[data-slot="profile-details"] [data-slot="badge"]')).toHaveText(
    "Invitation expired",
    UPDATE_TIMEOUT,
  );
  await expect(page.getByRole("checkbox", { name: /\(Read\)/ })).toBeChecked();

  await other.getByLabel("Role", { exact: true }).selectOption("admin");
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Someone else changed this user")).toBeVisible(UPDATE_TIMEOUT);
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("admin");
  await expect(page.getByRole("checkbox", { name: /\(Read\)/ })).not.toBeChecked();
  await snapshot(page, "changed by someone else");
  await page.getByRole("checkbox", { name: /\(Read\)/ }).check();
  await expect(page.getByText("Someone else changed this user")).toHaveCount(0);
});

test.describe("while the server is unavailable", () => {
  test.use({ expectedConsole: /net::ERR_INTERNET_DISCONNECTED/ });

  test("C9 a click on a column, a filter or a tab keeps the rows and offers Try again, which completes the navigation", async ({
    page,
    org,
    snapshot,
  }) => {
    const lea = uniqueAddress("lea");
    await org.invite(lea);
    await page.goto(`${org.usersPath}/invitations`);
    const error = page.getByText("Couldn't reach the server");
    const retry = page.getByRole("button", { name: "Try again" });

    await page.context().setOffline(true);
    await page.getByRole("link", { name: "Role", exact: true }).press("Enter");
    await expect(error).toBeVisible();
    await expect(findRow(page, lea)).toBeVisible();
    await expect(page).toHaveURL(`${org.usersPath}/invitations`);
    await snapshot(page, "without a server");
    await retry.click();
    await expect(error).toBeVisible();
    await page.context().setOffline(false);
    await retry.click();
    await expect(page).toHaveURL(/sort=-?role/);
    await expect(error).toHaveCount(0);
    await expect(findRow(page, lea)).toBeVisible();

    await page.context().setOffline(true);
    await page.getByLabel("Status").selectOption("pending");
    await expect(error).toBeVisible();
    await expect(findRow(page, lea)).toBeVisible();
    await page.context().setOffline(false);
    await retry.click();
    await expect(page).toHaveURL(/status=pending/);

    await page.context().setOffline(true);
    await page
      .getByRole("navigation", { name: "User lists" })
      .getByRole("link", { name: /^Users/ })
      .click();
    await expect(error).toBeVisible();
    await page.context().setOffline(false);
    await retry.click();
    await expect(page).toHaveURL(org.usersPath);
    await expect(findRow(page, lea)).toBeVisible();
  });
});
