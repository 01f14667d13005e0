import { readFileSync } from "node:fs";
import path from "node:path";
import type { Download, Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone } from "../organization";
import { paste, row } from "../screens";

const exported = path.resolve(import.meta.dirname, "../../lib/invitations/list-file/golden");

async function openUpload(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Upload Invitation List" }).click();
  const dialog = page.getByRole("dialog", { name: "Upload Invitation List" });
  await dialog.getByRole("button", { name: "Choose file" }).waitFor();
  return dialog;
}

/** The row of the preview, or of the outcome, about a line of the file. */
function line(dialog: Locator, number: number): Locator {
  const head = dialog.page().getByRole("rowheader", { name: String(number), exact: true });
  return dialog.getByRole("row").filter({ has: head });
}

async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), "utf8").replace(/^\uFEFF/, "");
}

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), text: await textOf(download) };
}

test("B4 B5 a spreadsheet's export with problems is uploaded, one mended, sent, and the rest downloaded", async ({
  page,
  org,
  look,
}) => {
  await page.goto(org.users);
  const dialog = await openUpload(page);
  await look(page, "Upload Invitation List, empty");
  await dialog
    .getByLabel("Invitation list", { exact: true })
    .setInputFiles(path.join(exported, "google-sheets.csv"));

  await expect(dialog.getByRole("status").first()).toContainText("2 of 4 lines are ready.");
  await expect(line(dialog, 2)).toContainText("Ready");
  await expect(line(dialog, 4)).toContainText("Duplicate of line 3");
  await expect(line(dialog, 5)).toContainText("No address found");
  await look(page, "Upload Invitation List, preview");

  await dialog.getByRole("button", { name: "Problems (2)" }).click();
  await expect(line(dialog, 2)).toBeHidden();
  await dialog.getByLabel("Address of line 5").fill("eve@people.test");
  await expect(line(dialog, 5)).toContainText("Ready");
  await expect(dialog.getByRole("button", { name: "Problems (1)" })).toBeVisible();
  await dialog.getByLabel("Role").selectOption("Admin");
  await dialog.getByRole("button", { name: "Send 3 invitations" }).click();

  await expect(dialog.getByText("3 people are invited")).toBeVisible();
  await expect(dialog.getByText("3 of 4 lines invited")).toBeVisible();
  await expect(line(dialog, 5)).toContainText("Invited");
  await expect(line(dialog, 4)).toContainText("Duplicate");
  await look(page, "Upload Invitation List, sent");
  const rest = await saved(page, () => dialog.getByRole("button", { name: "Download problem rows" }).click());
  expect(rest).toEqual({
    name: "google-sheets-problems.csv",
    text:
      "Timestamp,Email Address,What should we call you?,Problem\r\n" +
      "20/11/2026 09:21:00,bob@people.test,Bob again,Duplicate of line 3\r\n",
  });

  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Upload Invitation List" })).toBeFocused();
  for (const person of ["ann.lee@people.test", "bob@people.test", "eve@people.test"])
    await expect(row(page, person)).toContainText("Admin");
});

test("B4 the same file again sends nothing twice", async ({ page, org }) => {
  const addresses = Array.from({ length: 100 }, (_, at) => someone(`p${at}`));
  const file = {
    name: "people.csv",
    mimeType: "text/csv",
    // As Excel saves "Unicode text".
    buffer: Buffer.from(
      `\uFEFFName\tEmail\r\n${addresses.map((one) => `X\t${one}\r\n`).join("")}`,
      "utf16le",
    ),
  };
  await page.goto(org.users);
  const dialog = await openUpload(page);
  const input = dialog.getByLabel("Invitation list", { exact: true });
  await input.setInputFiles(file);
  await dialog.getByRole("button", { name: "Send 100 invitations" }).click();
  await expect(dialog.getByText("100 people are invited")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();

  await openUpload(page);
  await input.setInputFiles(file);
  await expect(dialog.getByRole("button", { name: "Problems (100)" })).toBeVisible();
  await expect(line(dialog, 2)).toContainText("Already invited");
  await expect(dialog.getByRole("button", { name: "Send 0 invitations" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  const counts = await org.sql(
    `SELECT count(*)::int AS invitations, count(DISTINCT email)::int AS people FROM invitation i
     JOIN organization o ON o.id = i.organization_id WHERE slug = $1`,
    [org.slug],
  );
  expect(counts).toEqual([{ invitations: 100, people: 100 }]);
});

test("B4 142 lines are refused whole, and downloaded as 2 files", async ({ page, org, look }) => {
  await page.goto(org.users);
  const dialog = await openUpload(page);
  await dialog.getByRole("button", { name: "Choose file" }).focus();
  const people = Array.from({ length: 142 }, (_, at) => `P ${at},p${at}@people.test`);
  await paste(page, `Name,Email\n${people.join("\n")}`);
  await expect(dialog.getByText("142 lines; the limit is 100")).toBeVisible();
  await look(page, "Upload Invitation List, too long");
  const downloads: Download[] = [];
  page.on("download", (download) => downloads.push(download));
  await dialog.getByRole("button", { name: "Download as 2 files" }).click();
  await expect.poll(() => downloads.length).toBe(2);
  const files = await Promise.all(downloads.map(textOf));
  expect(downloads.map((one) => one.suggestedFilename()).sort()).toEqual([
    "list-1-of-2.csv",
    "list-2-of-2.csv",
  ]);
  expect(files.map((text) => text.trim().split("\r\n").length).sort()).toEqual([101, 43]);
  expect(files.every((text) => text.startsWith("Name,Email\r\n"))).toBe(true);
});

test("B5 users and invited people are known before sending; of two addresses one is chosen", async ({
  page,
  org,
}) => {
  const [invited, one, other] = [someone("invited"), someone("one"), someone("other")];
  await org.invite(invited);
  await page.goto(org.users);
  const dialog = await openUpload(page);
  await dialog.getByLabel("Or paste a list").fill(`${org.owner.email}\n${invited}\n${one} ${other}\nnobody`);
  await dialog.getByRole("button", { name: "Show preview" }).click();
  await expect(line(dialog, 1)).toContainText("Already a user");
  await expect(line(dialog, 2)).toContainText("Already invited");
  await expect(line(dialog, 3)).toContainText("Two addresses: choose");
  const rows = await saved(page, () => dialog.getByRole("button", { name: "Download problem rows" }).click());
  expect(rows.text).toBe(
    `${org.owner.email},Already a user\r\n${invited},Already invited\r\n` +
      `${one} ${other},Two addresses: choose\r\nnobody,No address found\r\n`,
  );

  await dialog.getByLabel("Address of line 3").selectOption(other);
  await dialog.getByLabel("Address of line 4").fill("x");
  await dialog.getByLabel("Address of line 4").fill("");
  await expect(line(dialog, 4)).toContainText("Left out");
  await dialog.getByRole("button", { name: "Send 1 invitation" }).click();
  await expect(dialog.getByText(`${other} is invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, other)).toBeVisible();
  await expect(row(page, one)).toBeHidden();
});

test("B5 by keyboard alone: a list is pasted, mended and sent, and nothing typed is thrown away unasked", async ({
  page,
  org,
}) => {
  const guest = someone("guest");
  await page.goto(org.users);
  await page.getByRole("button", { name: "Upload Invitation List" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Upload Invitation List" });
  await dialog.getByRole("button", { name: "Choose file" }).waitFor();
  await dialog.getByLabel("Or paste a list").focus();
  await page.keyboard.type(`Guest,${guest.replace("@", " at ")}`);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog", { name: "Discard what you typed?" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Or paste a list")).toBeFocused();

  await dialog.getByRole("button", { name: "Show preview" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status").first()).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Send 0 invitations" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await dialog.getByLabel("Address of line 1").focus();
  await page.keyboard.type(guest);
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Send 1 invitation" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Upload Invitation List" })).toBeFocused();
  await expect(row(page, guest)).toBeVisible();
});

test("B4 what is no list says what to do instead, and the template is one", async ({ page, org, look }) => {
  await page.goto(org.users);
  const dialog = await openUpload(page);
  const input = dialog.getByLabel("Invitation list", { exact: true });
  await input.setInputFiles({
    name: "list.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("PK\x03\x04rest"),
  });
  await expect(dialog.getByRole("alert")).toContainText("Save it as CSV");
  await look(page, "Upload Invitation List, refused");
  await input.setInputFiles({
    name: "big.csv",
    mimeType: "text/csv",
    buffer: Buffer.alloc(10 * 1024 * 1024 + 1, "a"),
  });
  await expect(dialog.getByRole("alert")).toContainText("larger than 10 MB");
  const template = await saved(page, () => dialog.getByRole("button", { name: "Download template" }).click());
  expect(template).toEqual({
    name: "invitation-list.csv",
    text: "Name,Email\r\nAnn Lee,ann.lee@company.example\r\n",
  });
});

test("B4 a file of 10 MB with few people reaches the server whole", async ({ page, org }) => {
  const guest = someone("guest");
  const rest = `"${`${"x".repeat(90_000)}\n`.repeat(110)}"`;
  await page.goto(org.users);
  const dialog = await openUpload(page);
  const buffer = Buffer.from(`Email,Notes\n${guest},${rest}\n`);
  expect(buffer.length).toBeGreaterThan(9.4 * 1024 * 1024);
  await dialog
    .getByLabel("Invitation list", { exact: true })
    .setInputFiles({ name: "big.csv", mimeType: "text/csv", buffer });
  await dialog.getByRole("button", { name: "Send 1 invitation" }).click();
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
});
