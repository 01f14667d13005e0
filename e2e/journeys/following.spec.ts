import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone, type TestOrganization } from "../organization";
import { row } from "../screens";

/** What others do must be seen within this many milliseconds, without a press. */
const SOON = { timeout: 5_000 };

const count = (page: Page, tab: string) =>
  page.getByRole("link", { name: new RegExp(`^${tab}`) }).locator(".count");

const told = (page: Page) => page.getByRole("button", { name: /new – Show$/ });

async function memberOf(org: TestOrganization, email: string): Promise<string> {
  const [found] = await org.sql<{ id: string }>(
    "SELECT m.id FROM member m JOIN organization o ON o.id = m.organization_id WHERE o.slug = $1 AND m.email = $2",
    [org.slug, email],
  );
  return found?.id ?? "";
}

for (const width of [1280, 320])
  test(`B1 whom others invite is counted and told within seconds, nothing moves, and Show puts them on top (${width} px)`, async ({
    page,
    org,
    look,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    const first = someone("first");
    await org.invite(first);
    await page.goto(`${org.users}/invitations`);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const search = page.getByLabel("Search by address");
    await search.fill("half a wo");
    // Its own letter has its news first.
    await expect(row(page, first)).toContainText("Not delivered: no email provider");
    const before = await row(page, first).boundingBox();
    const [second, third] = [someone("second"), someone("third")];
    await org.invite(second);
    await expect(count(page, "Invitations")).toHaveText("2", SOON);
    await expect(count(page, "Users")).toHaveText("3");
    await expect(told(page)).toHaveText("1 new – Show");
    await org.invite(third);
    await expect(told(page)).toHaveText("2 new – Show", SOON);
    await expect(count(page, "Invitations")).toHaveText("3");
    await expect(row(page, second)).toHaveCount(0);
    expect(await row(page, first).boundingBox()).toEqual(before);
    await expect(search).toBeFocused();
    await expect(search).toHaveValue("half a wo");
    await look(page, "told of new ones");

    await told(page).press("Enter");
    await expect(page.getByRole("row").nth(1)).toContainText(third);
    await expect(page.getByRole("row").nth(2)).toContainText(second);
    await expect(page.getByLabel(`Select ${third}`)).toBeFocused();
    await expect(told(page)).toHaveCount(0);
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  });

test("B1 an empty list tells of its first one, a filter hides whom it does not show, and a list opened again starts anew", async ({
  page,
  org,
}) => {
  await page.goto(`${org.users}/invitations`);
  await expect(page.getByText("No open invitations")).toBeVisible();
  const [lea, bo] = [someone("lea"), someone("bo")];
  await org.invite(lea);
  await expect(told(page)).toHaveText("1 new – Show", SOON);
  await told(page).click();
  await expect(row(page, lea)).toBeVisible();

  await page.goto(`${org.users}/invitations?role=admin`);
  await expect(page.getByText("No invitation matches")).toBeVisible();
  await org.invite(bo);
  await expect(count(page, "Invitations")).toHaveText("2", SOON);
  await expect(told(page)).toHaveCount(0);

  await page
    .getByRole("link", { name: /^Users/ })
    .and(page.locator(".tabs a"))
    .click();
  await expect(row(page, bo)).toBeVisible();
  await expect(told(page)).toHaveCount(0);
});

test("B1 what is done in a row counts in the tabs at once, and Undo counts it back", async ({
  page,
  org,
}) => {
  const lea = someone("lea");
  await org.invite(lea);
  // The looks that come by themselves never do here.
  await page.addInitScript(() => {
    const after = window.setTimeout.bind(window);
    Object.assign(window, {
      setTimeout: (what: () => void, ms = 0) => after(what, ms === 3_000 ? 600_000 : ms),
    });
  });
  await page.goto(`${org.users}/invitations`);
  await page.getByRole("button", { name: `Actions for ${lea}` }).click();
  await page.getByRole("menuitem", { name: "Revoke invitation" }).click();
  await expect(count(page, "Invitations")).toHaveText("0");
  await expect(count(page, "Users")).toHaveText("1");
  await row(page, lea).getByRole("button", { name: /^Undo/ }).click();
  await expect(count(page, "Invitations")).toHaveText("1");
  await expect(count(page, "Users")).toHaveText("2");
});

test("C10 the profile follows what others do, and says so where a choice was being made", async ({
  page,
  org,
  look,
}) => {
  const lea = someone("lea");
  const invitation = await org.invite(lea);
  await page.goto(`${org.users}/${await memberOf(org, lea)}`);
  const other = await page.context().newPage();
  await other.goto(`${org.users}/${await memberOf(org, lea)}`);
  await other.getByRole("button", { name: `Actions for ${lea}` }).click();
  await other.getByRole("menuitem", { name: "Resend invitation link" }).click();
  await expect(page.locator(".timeline > li").first()).toContainText("Invitation resent, 1 of 3", SOON);

  await page.getByRole("checkbox", { name: /\(Read\)/ }).check();
  await org.expire(invitation);
  await expect(page.locator(".facts .badge")).toHaveText("Invitation expired", SOON);
  await expect(page.getByRole("checkbox", { name: /\(Read\)/ })).toBeChecked();

  await other.getByLabel("Role", { exact: true }).selectOption("admin");
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changed by somebody else meanwhile")).toBeVisible(SOON);
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("admin");
  await expect(page.getByRole("checkbox", { name: /\(Read\)/ })).not.toBeChecked();
  await look(page, "changed by somebody else");
  await page.getByRole("checkbox", { name: /\(Read\)/ }).check();
  await expect(page.getByText("Changed by somebody else meanwhile")).toHaveCount(0);
});

test.describe("while the server does not answer", () => {
  test.use({ expectedConsole: /net::ERR_INTERNET_DISCONNECTED/ });

  test("C9 a press on a column, a filter or a tab keeps the rows and offers Try again, which goes on where it was", async ({
    page,
    org,
    look,
  }) => {
    const lea = someone("lea");
    await org.invite(lea);
    await page.goto(`${org.users}/invitations`);
    const lost = page.getByText("The server does not answer");
    const again = page.getByRole("button", { name: "Try again" });

    await page.context().setOffline(true);
    await page.getByRole("link", { name: "Role", exact: true }).press("Enter");
    await expect(lost).toBeVisible();
    await expect(row(page, lea)).toBeVisible();
    await expect(page).toHaveURL(`${org.users}/invitations`);
    await look(page, "without a server");
    await again.click();
    await expect(lost).toBeVisible();
    await page.context().setOffline(false);
    await again.click();
    await expect(page).toHaveURL(/sort=-?role/);
    await expect(lost).toHaveCount(0);
    await expect(row(page, lea)).toBeVisible();

    await page.context().setOffline(true);
    await page.getByLabel("Status").selectOption("pending");
    await expect(lost).toBeVisible();
    await expect(row(page, lea)).toBeVisible();
    await page.context().setOffline(false);
    await again.click();
    await expect(page).toHaveURL(/status=pending/);

    await page.context().setOffline(true);
    await page
      .getByRole("link", { name: /^Users/ })
      .and(page.locator(".tabs a"))
      .click();
    await expect(lost).toBeVisible();
    await page.context().setOffline(false);
    await again.click();
    await expect(page).toHaveURL(org.users);
    await expect(row(page, lea)).toBeVisible();
  });
});
