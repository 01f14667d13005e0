import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone } from "../organization";
import { badge, openInvite, row } from "../screens";

test("B1 Users, Invitations and Invitation requests are tabs under Admin with their counts, at any width", async ({
  page,
  org,
}) => {
  await org.seat("Cora", "admin");
  for (const name of ["ann", "bob", "cleo"]) await org.invite(someone(name));
  await page.goto(`/o/${org.slug}`);
  await page.getByRole("link", { name: "Open Users" }).click();
  const tabs = page.getByRole("navigation", { name: "Users sections" });
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 700 });
    for (const [words, address, heading] of [
      ["Invitation requests0", "/requests", "Requests are off"],
      ["Invitations3", "/invitations", null],
      ["Users5", "", null],
    ] as const) {
      const tab = tabs.getByRole("link").filter({ hasText: new RegExp(`^${words}$`) });
      await tab.click();
      await expect(page).toHaveURL(`${org.users}${address}`);
      await expect(tab).toHaveAttribute("aria-current", "page");
      await expect(tab).toBeInViewport();
      if (heading) await expect(page.getByRole("heading", { name: heading })).toBeVisible();
    }
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
    await expect(page).toHaveURL(org.users);
  }
});

test("A1 a member without the permission sees no tabs and no button, and is told which right is missing", async ({
  org,
  visitor,
}) => {
  const member = await org.seat("Mona", "member");
  const page = await visitor();
  await org.signIn(page.context(), member);
  await page.goto(`/o/${org.slug}`);
  await expect(page.getByRole("link", { name: "Open Users" })).toBeHidden();
  expect((await page.goto(`${org.users}/invitations`))?.status()).toBe(403);
  await expect(
    page.getByText(`You need the permission invitations:read for this. An Owner or Admin of ${org.name}`),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "New Invitation" })).toBeHidden();
});

test("both lists show 50 at a time, and every row once", async ({ page, org, look }) => {
  const guests = Array.from({ length: 60 }, (_, place) => someone(`guest-${place}`));
  await org.inviteAll(guests);
  for (const [list, next] of [
    [`${org.users}/invitations`, "Pages of invitations"],
    [org.users, "Pages of users"],
  ] as const) {
    await page.goto(list);
    const rows = page.getByRole("row").filter({ hasText: "guest-" });
    const read = async () => (await rows.locator("strong").allTextContents()).map((text) => text.trim());
    const first = await read();
    expect(first).toHaveLength(list === org.users ? 49 : 50);
    await look(page, "a long list");
    await page.getByRole("navigation", { name: next }).getByRole("link", { name: "Next" }).click();
    await expect(page).toHaveURL(/\?after=/);
    await expect(rows).toHaveCount(60 - first.length);
    expect([...first, ...(await read())].sort()).toEqual([...guests].sort());
    await page.getByRole("link", { name: "Previous" }).click();
    await expect(rows).toHaveCount(first.length);
  }
});

test("a double press on Send invitations sends once", async ({ page, org }) => {
  const guest = someone("guest");
  await page.goto(org.users);
  const dialog = await openInvite(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("button", { name: "Send invitations" }).dblclick();
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
  const [counted] = await org.sql(
    `SELECT (SELECT count(*)::int FROM invitation WHERE email = $1) AS invitations,
            (SELECT count(*)::int FROM email_message WHERE to_address = $1) AS letters`,
    [guest],
  );
  expect(counted).toEqual({ invitations: 1, letters: 1 });
});

test("two tabs that invite the same person: one invites, the other is told that it happened already", async ({
  page,
  org,
}) => {
  const guest = someone("guest");
  const tab = await page.context().newPage();
  for (const one of [page, tab]) {
    await one.goto(org.users);
    await (await openInvite(one)).getByLabel("Email").fill(guest);
  }
  await page.getByRole("button", { name: "Send invitations" }).click();
  await expect(page.getByText(`${guest} is invited`)).toBeVisible();
  await tab.getByRole("button", { name: "Send invitations" }).click();
  await expect(
    tab.getByRole("button", { name: new RegExp(`^Edit ${guest}: Already invited\\.`) }),
  ).toBeVisible();
});

test("what one tab did another shows after going back and forth", async ({ page, org }) => {
  const guest = someone("guest");
  await page.goto(org.users);
  await org.expire(await org.invite(guest));
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  await expect(badge(page, guest)).toHaveText("Invitation expired");
  await page.goBack();
  await page.reload();
  await expect(badge(page, guest)).toHaveText("Invitation expired");
});

test("B7 on a slow machine the row appears every time, ten times of ten", async ({ page, org }) => {
  test.setTimeout(120_000);
  await slowDown(page, 4);
  await page.goto(org.users);
  for (let turn = 1; turn <= 10; turn++) {
    const guest = someone(`guest-${turn}`);
    const dialog = await openInvite(page);
    await dialog.getByLabel("Email").fill(guest);
    await dialog.getByRole("button", { name: "Send invitations" }).click();
    await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(row(page, guest)).toBeVisible();
    await expect(badge(page, guest)).toHaveText("Invited");
  }
});

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}
