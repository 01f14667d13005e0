import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures";
import { uniqueAddress } from "../organization";

test("G4 the log shows each action with its subject and actor, and the URL holds the filters", async ({
  page,
  org,
  snapshot,
}) => {
  const [lea, omar] = [uniqueAddress("lea"), uniqueAddress("omar")];
  await org.copyInvitation(await org.invite(lea), "link");
  await org.invite(omar, "admin");
  await page.goto(`/o/${org.slug}/admin/activity`);
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveText([
    new RegExp(`^${org.owner.name} invited ${omar} as an Admin.*${omar}.*${org.owner.name}`),
    new RegExp(`^${org.owner.name} copied the invitation link.*${lea}.*${org.owner.name}`),
    new RegExp(`^${org.owner.name} invited ${lea} as a Member.*${lea}.*${org.owner.name}`),
  ]);
  await snapshot(page, "the log");

  await page.getByLabel("Event", { exact: true }).selectOption("Invited");
  await page.getByLabel("User", { exact: true }).fill(lea.toUpperCase());
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(rows).toHaveText([/ as a Member/]);
  await expect(page).toHaveURL(/[?]type=invited&person=/);
  await page.reload();
  await expect(rows).toHaveText([/ as a Member/]);
  await page.goBack();
  await expect(rows).toHaveCount(3);
  await expect(page.getByLabel("User", { exact: true })).toHaveValue("");

  await page.getByLabel(/^To \(/).fill("2020-01-01");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: "No matching activity" })).toBeVisible();
  await snapshot(page, "no activity in the date range");
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rows).toHaveCount(3);
  await page.getByLabel("By", { exact: true }).fill("unknown@people.test");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("No user or invitation has this address.")).toBeVisible();
  await snapshot(page, "unknown person");
});

test("G4 a long log is paged in both directions", async ({ page, org }) => {
  await org.sql(
    `INSERT INTO activity (organization_id, type, at)
     SELECT o.id, 'vouched', timestamptz '2026-01-01Z' + make_interval(mins => n)
     FROM organization o, generate_series(1, 120) n WHERE o.slug = $1`,
    [org.slug],
  );
  await page.goto(`/o/${org.slug}/admin/activity?type=vouched`);
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/type=vouched&after=\d+$/);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(rows).toHaveCount(20);
  await expect(page.getByRole("link", { name: "Next" })).toHaveCount(0);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(rows).toHaveCount(50);
});

test("C11 one person's timeline is exported as CSV with the current filter, without any code or link", async ({
  page,
  org,
}) => {
  const [lea, omar] = [uniqueAddress("lea"), uniqueAddress("omar")];
  const invitation = await org.invite(lea);
  const link = await org.copyInvitation(invitation, "link");
  await org.invite(omar);
  await page.goto(`/o/${org.slug}/admin/activity?person=${lea}`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${org.slug}-activity.csv`);
  const text = await readFile(await download.path(), "utf8");
  const lines = text.trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`copied,${org.owner.name} copied the invitation link,,${lea}`);
  expect(lines[2]).toContain(org.owner.email);
  expect(text).not.toContain(omar);
  expect(text).not.toContain(new URL(link).pathname);
});

test("G4 the database rejects updates and deletes of the log", async ({ org }) => {
  await org.invite(uniqueAddress("lea"));
  const ours = "WHERE organization_id = (SELECT id FROM organization WHERE slug = $1)";
  for (const change of [`UPDATE activity SET type = 'vouched' ${ours}`, `DELETE FROM activity ${ours}`])
    await expect(org.sql(change, [org.slug])).rejects.toThrow("activity is append-only");
});

test("G4 an Owner erases a removed user by typing their name: the log stays, without personal data", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const zoe = await org.addMember("Zoe", "member");
  const otherPage = await visitor();
  await org.signIn(otherPage.context(), zoe);
  const [member] = await org.sql<{ id: string }>(
    "UPDATE member SET status = 'removed', version = version + 1 WHERE email = $1 RETURNING id",
    [zoe.email],
  );
  await org.sql(
    `INSERT INTO activity (organization_id, member_id, actor_id, type)
     SELECT organization_id, id, id, 'left' FROM member WHERE email = $1`,
    [zoe.email],
  );
  await page.goto(`${org.usersPath}/${member?.id}`);
  await page
    .getByRole("region", { name: "Personal data" })
    .getByRole("button", { name: "Erase personal data" })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Type/).fill("Zoe");
  await dialog.getByRole("button", { name: "Erase personal data" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The name doesn't match.");
  await snapshot(page, "erasing with the wrong name");
  await dialog.getByLabel(/^Type/).fill(zoe.name);
  await dialog.getByRole("button", { name: "Erase personal data" }).click();
  await expect(page).toHaveURL(new RegExp(`${org.usersPath}$`));
  expect((await page.goto(`${org.usersPath}/${member?.id}`))?.status()).toBe(404);

  await page.goto(`/o/${org.slug}/admin/activity?person=${member?.id}`);
  await expect(page.locator("tbody tr")).toHaveText([
    new RegExp(`^${org.owner.name} erased a user's personal data.*Erased user`),
    /^Erased user left the organization.*Erased user/,
  ]);
  await expect(page.getByText(zoe.email)).toHaveCount(0);
  await snapshot(page, "an erased person");
  // The account had no other membership, so it was deleted too.
  await otherPage.goto("/");
  await expect(otherPage).toHaveURL(/\/login/);
});

test("G4 an Owner erases the organization by typing its name; an Admin cannot", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const link = await org.copyInvitation(await org.invite(uniqueAddress("lea")), "link");
  const flo = await org.addMember("Flo", "admin");
  const otherPage = await visitor();
  await org.signIn(otherPage.context(), flo);
  await otherPage.goto(`/o/${org.slug}/admin/settings`);
  await expect(otherPage.getByRole("button", { name: "Erase organization" })).toHaveAttribute(
    "title",
    "Only an Owner can erase the organization.",
  );

  await page.goto(`/o/${org.slug}/admin/settings`);
  await page.getByRole("button", { name: "Erase organization" }).click();
  const dialog = page.getByRole("dialog");
  await snapshot(page, "erasing the organization");
  await dialog.getByLabel(/^Type/).fill(org.name);
  await dialog.getByRole("button", { name: "Erase organization" }).click();
  await expect(page).toHaveURL(/\/login/);
  await otherPage.goto(link);
  await expect(otherPage.getByText("Check the code: it has 20 letters and numbers.")).toBeVisible();
});
