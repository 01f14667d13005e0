import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { uniqueAddress } from "../organization";

/** Presses **Export** and returns the file's name and its lines. */
async function download(page: Page): Promise<{ name: string; lines: string[] }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  return { name: file.suggestedFilename(), lines: text.trimEnd().split("\r\n") };
}

const firstCells = (lines: string[]) => lines.slice(1).map((line) => line.split(",")[0]);

test("C9 the Invitations list is exported as CSV with its order and filters, without codes", async ({
  page,
  org,
  snapshot,
}) => {
  const [lea, omar, zoe] = [uniqueAddress("lea"), uniqueAddress("omar"), uniqueAddress("zoe")];
  const invitation = await org.invite(lea);
  const link = await org.copyInvitation(invitation, "link");
  const code = await org.copyInvitation(invitation, "code");
  await org.invite(omar, "admin");
  await org.expire(await org.invite(zoe));
  await page.goto(`${org.usersPath}/invitations?sort=email`);
  await snapshot(page, "a list that can be exported");
  const all = await download(page);
  expect(all.name).toBe(`${org.slug}-invitations.csv`);
  expect(firstCells(all.lines)).toEqual([lea, omar, zoe]);
  const text = all.lines.join("\n");
  expect(text).not.toContain(code);
  expect(text).not.toContain(new URL(link).pathname);

  await page.getByLabel("Status", { exact: true }).selectOption("Invitation expired");
  await expect(page).toHaveURL(/status=expired/);
  const expired = await download(page);
  expect(firstCells(expired.lines)).toEqual([zoe]);
  expect(expired.lines[1]).toContain(",Invitation expired,Member,");
});

test("C9 the Users list is exported as CSV, and a name that looks like a formula is escaped", async ({
  page,
  org,
}) => {
  const bo = await org.addMember("Bo", "member");
  await org.sql("UPDATE member SET name = '=cmd()' WHERE email = $1", [bo.email]);
  await org.invite(uniqueAddress("lea"));
  await page.goto(`${org.usersPath}?search=${bo.email}`);
  const { name, lines } = await download(page);
  expect(name).toBe(`${org.slug}-users.csv`);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`"'=cmd()",${bo.email},Member,,Active,yes,`);
});

test("C9 the export contains every row, whichever page is open", async ({ page, org }) => {
  const guests = Array.from({ length: 90 }, (_, at) => uniqueAddress(`guest-${at}`));
  await org.inviteMany(guests);
  await page.goto(`${org.usersPath}/invitations?sort=email`);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  const { lines } = await download(page);
  expect(firstCells(lines)).toEqual(guests.toSorted());
});

test("C9 the lists are exported without JavaScript", async ({ org, visitor }) => {
  const guest = uniqueAddress("lea");
  await org.invite(guest);
  const page = await visitor({ javaScriptEnabled: false });
  await org.signIn(page.context(), org.owner);
  await page.goto(`${org.usersPath}/invitations`);
  expect(firstCells((await download(page)).lines)).toEqual([guest]);
});

test("C9 a user without permission sees which permission is missing", async ({ org, visitor }) => {
  const member = await org.addMember("Mona", "member");
  const page = await visitor();
  await org.signIn(page.context(), member);
  for (const [address, action] of [
    [`${org.usersPath}/export`, "view users"],
    [`${org.usersPath}/invitations/export`, "view invitations"],
  ] as const) {
    const response = await page.request.get(address);
    expect(response.status()).toBe(403);
    expect(await response.text()).toContain(`permission to ${action}.`);
  }
});
