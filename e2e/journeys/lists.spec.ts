import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow, openInviteDialog, statusBadge } from "../locators";
import { uniqueAddress } from "../organization";

test("B1 Users, Invitations and Invitation requests are tabs under Admin with their counts, at any width", async ({
  page,
  org,
}) => {
  await org.addMember("Cora", "admin");
  for (const name of ["ann", "bob", "cleo"]) await org.invite(uniqueAddress(name));
  await page.goto(`/o/${org.slug}`);
  await page.getByRole("link", { name: "Open Users" }).click();
  const tabs = page.getByRole("navigation", { name: "User lists" });
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 700 });
    for (const [label, path, heading] of [
      ["Invitation requests0", "/requests", "Requests are off"],
      ["Invitations3", "/invitations", null],
      ["Users5", "", null],
    ] as const) {
      const tab = tabs.getByRole("link").filter({ hasText: new RegExp(`^${label}$`) });
      await tab.click();
      await expect(page).toHaveURL(`${org.usersPath}${path}`);
      await expect(tab).toHaveAttribute("aria-current", "page");
      await expect(tab).toBeInViewport();
      if (heading) await expect(page.getByRole("heading", { name: heading })).toBeVisible();
    }
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
    await expect(page).toHaveURL(org.usersPath);
  }
});

test("A1 a member without the permission sees no tabs and no button, and the page names the missing permission", async ({
  org,
  visitor,
}) => {
  const member = await org.addMember("Mona", "member");
  const page = await visitor();
  await org.signIn(page.context(), member);
  await page.goto(`/o/${org.slug}`);
  await expect(page.getByRole("link", { name: "Open Users" })).toBeHidden();
  expect((await page.goto(`${org.usersPath}/invitations`))?.status()).toBe(403);
  await expect(
    page.getByText("You don't have permission to view invitations. Ask an Owner or Admin."),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeHidden();
});

test("both lists show 50 rows per page, and every row once", async ({ page, org, snapshot }) => {
  const guests = Array.from({ length: 60 }, (_, place) => uniqueAddress(`guest-${place}`));
  await org.inviteMany(guests);
  for (const [list, next] of [
    [`${org.usersPath}/invitations`, "Pages of invitations"],
    [org.usersPath, "Pages of users"],
  ] as const) {
    await page.goto(list);
    const rows = page.getByRole("row").filter({ hasText: "guest-" });
    const read = async () => (await rows.locator("strong").allTextContents()).map((text) => text.trim());
    const first = await read();
    expect(first).toHaveLength(list === org.usersPath ? 49 : 50);
    await snapshot(page, "a long list");
    await page.getByRole("navigation", { name: next }).getByRole("link", { name: "Next" }).click();
    await expect(page).toHaveURL(/\?after=/);
    await expect(rows).toHaveCount(60 - first.length);
    expect([...first, ...(await read())].sort()).toEqual([...guests].sort());
    await page.getByRole("link", { name: "Previous" }).click();
    await expect(rows).toHaveCount(first.length);
  }
});

test("a double click on Send invitations sends once", async ({ page, org }) => {
  const guest = uniqueAddress("guest");
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).dblclick();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  const [counted] = await org.sql(
    `SELECT (SELECT count(*)::int FROM invitation WHERE email = $1) AS invitations,
            (SELECT count(*)::int FROM email_message WHERE to_address = $1) AS emails`,
    [guest],
  );
  expect(counted).toEqual({ invitations: 1, emails: 1 });
});

test("two tabs invite the same person: one invites, the other shows that the person is already invited", async ({
  page,
  org,
}) => {
  const guest = uniqueAddress("guest");
  const tab = await page.context().newPage();
  for (const openPage of [page, tab]) {
    await openPage.goto(org.usersPath);
    await (await openInviteDialog(openPage)).getByLabel("Email").fill(guest);
  }
  await page.getByRole("button", { name: "Send invitations" }).click();
  await expect(page.getByText(`${guest} invited`)).toBeVisible();
  await tab.getByRole("button", { name: "Send invitations" }).click();
  await expect(
    tab.getByRole("button", { name: new RegExp(`^Edit ${guest}: Already invited\\.`) }),
  ).toBeVisible();
});

test("a change in one tab is shown in another after navigating back and reloading", async ({ page, org }) => {
  const guest = uniqueAddress("guest");
  await page.goto(org.usersPath);
  await org.expire(await org.invite(guest));
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(statusBadge(page, guest)).toHaveText("Invitation expired");
  await page.goBack();
  await page.reload();
  await expect(statusBadge(page, guest)).toHaveText("Invitation expired");
});

test("B7 on a slow machine the new row appears in ten of ten attempts", async ({ page, org }) => {
  test.setTimeout(120_000);
  await slowDown(page, 4);
  await page.goto(org.usersPath);
  for (let attempt = 1; attempt <= 10; attempt++) {
    const guest = uniqueAddress(`guest-${attempt}`);
    const dialog = await openInviteDialog(page);
    await dialog.getByLabel("Email").fill(guest);
    await dialog.getByRole("button", { name: "Send invitations" }).click();
    await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(findRow(page, guest)).toBeVisible();
    await expect(statusBadge(page, guest)).toHaveText("Invited");
  }
});

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}
