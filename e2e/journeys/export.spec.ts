import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone } from "../organization";

/** Presses **Export** and answers the file's name and its lines. */
async function download(page: Page): Promise<{ name: string; lines: string[] }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  return { name: file.suggestedFilename(), lines: text.trimEnd().split("\r\n") };
}

const firstCells = (lines: string[]) => lines.slice(1).map((line) => line.split(",")[0]);

test("C9 what Invitations shows is exported as CSV, in its order and with its filters, without codes", async ({
  page,
  org,
  look,
}) => {
  const [lea, omar, zoe] = [someone("lea"), someone("omar"), someone("zoe")];
  const invitation = await org.invite(lea);
  const link = await org.copy(invitation, "link");
  const code = await org.copy(invitation, "code");
  await org.invite(omar, "admin");
  await org.expire(await org.invite(zoe));
  await page.goto(`${org.users}/invitations?sort=email`);
  await look(page, "a list that can be exported");
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

test("C9 what Users shows is exported as CSV, and a name that looks like a formula is none", async ({
  page,
  org,
}) => {
  const bo = await org.seat("Bo", "member");
  await org.sql("UPDATE member SET name = '=cmd()' WHERE email = $1", [bo.email]);
  await org.invite(someone("lea"));
  await page.goto(`${org.users}?search=${bo.email}`);
  const { name, lines } = await download(page);
  expect(name).toBe(`${org.slug}-users.csv`);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`"'=cmd()",${bo.email},Member,,Active,yes,`);
});

test("C9 many people are exported whole, whatever page is open", async ({ page, org }) => {
  const guests = Array.from({ length: 90 }, (_, at) => someone(`guest-${at}`));
  await org.inviteAll(guests);
  await page.goto(`${org.users}/invitations?sort=email`);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  const { lines } = await download(page);
  expect(firstCells(lines)).toEqual(guests.toSorted());
});

test("C9 the lists are exported without JavaScript, too", async ({ org, visitor }) => {
  const guest = someone("lea");
  await org.invite(guest);
  const page = await visitor({ javaScriptEnabled: false });
  await org.signIn(page.context(), org.owner);
  await page.goto(`${org.users}/invitations`);
  expect(firstCells((await download(page)).lines)).toEqual([guest]);
});

test("C9 whoever may not read is told which permission is missing", async ({ org, visitor }) => {
  const member = await org.seat("Mona", "member");
  const page = await visitor();
  await org.signIn(page.context(), member);
  for (const [address, permission] of [
    [`${org.users}/export`, "users:read"],
    [`${org.users}/invitations/export`, "invitations:read"],
  ] as const) {
    const answer = await page.request.get(address);
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain(permission);
  }
});
