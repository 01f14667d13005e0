import { readFileSync } from "node:fs";
import path from "node:path";
import type { Download, Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow, openUploadDialog, pasteText } from "../locators";
import { uniqueAddress } from "../organization";

const exportedFiles = path.resolve(import.meta.dirname, "../../lib/invitations/list-file/golden");

/** Returns the row of a line of the file, in the preview or in the result. */
function lineRow(dialog: Locator, number: number): Locator {
  const rowHeader = dialog.page().getByRole("rowheader", { name: String(number), exact: true });
  return dialog.getByRole("row").filter({ has: rowHeader });
}

async function readDownload(download: Download): Promise<string> {
  return readFileSync(await download.path(), "utf8").replace(/^\uFEFF/, "");
}

async function downloadAfter(
  page: Page,
  action: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), action()]);
  return { name: download.suggestedFilename(), text: await readDownload(download) };
}

test("B4 B5 a spreadsheet's export with problems is uploaded, corrected and sent, and the rest is downloaded", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  await snapshot(page, "Upload Invitation List, empty");
  await dialog
    .getByLabel("Invitation list", { exact: true })
    .setInputFiles(path.join(exportedFiles, "google-sheets.csv"));

  await expect(dialog.getByRole("status").first()).toContainText("2 of 4 lines are ready.");
  await expect(lineRow(dialog, 2)).toContainText("Ready");
  await expect(lineRow(dialog, 4)).toContainText("Duplicate of line 3");
  await expect(lineRow(dialog, 5)).toContainText("No address found");
  await snapshot(page, "Upload Invitation List, preview");

  await dialog.getByRole("button", { name: "Problems (1)" }).click();
  await expect(lineRow(dialog, 2)).toBeHidden();
  const problems = await downloadAfter(page, () =>
    dialog.getByRole("button", { name: "Download problem rows" }).click(),
  );
  expect(problems).toEqual({
    name: "google-sheets-problems.csv",
    text:
      "Timestamp,Email Address,What should we call you?,Problem\r\n" +
      "20/11/2026 10:02:11,eve at people.test,Eve,No address found\r\n",
  });
  await dialog.getByLabel("Email on line 5").fill("eve@people.test");
  await expect(lineRow(dialog, 5)).toContainText("Ready");
  await expect(dialog.getByRole("button", { name: "Problems (0)" })).toBeVisible();
  await dialog.getByLabel("Role").selectOption("Admin");
  await dialog.getByRole("button", { name: "Send 3 invitations" }).click();

  await expect(dialog.getByText("3 people invited")).toBeVisible();
  await expect(dialog.getByText("3 of 4 lines invited")).toBeVisible();
  await expect(lineRow(dialog, 5)).toContainText("Invited");
  await expect(lineRow(dialog, 4)).toContainText("Duplicate");
  await snapshot(page, "Upload Invitation List, sent");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Upload Invitation List" })).toBeFocused();
  for (const person of ["ann.lee@people.test", "bob@people.test", "eve@people.test"])
    await expect(findRow(page, person)).toContainText("Admin");
});

test("B4 uploading the same file again sends nothing twice", async ({ page, org }) => {
  const addresses = Array.from({ length: 100 }, (_, index) => uniqueAddress(`p${index}`));
  const file = {
    name: "people.csv",
    mimeType: "text/csv",
    // As Excel saves "Unicode text".
    buffer: Buffer.from(
      `\uFEFFName\tEmail\r\n${addresses.map((address) => `X\t${address}\r\n`).join("")}`,
      "utf16le",
    ),
  };
  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  const input = dialog.getByLabel("Invitation list", { exact: true });
  await input.setInputFiles(file);
  await dialog.getByRole("button", { name: "Send 100 invitations" }).click();
  await expect(dialog.getByText("100 people invited")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();

  await openUploadDialog(page);
  await input.setInputFiles(file);
  await expect(lineRow(dialog, 2)).toContainText("Already invited");
  await expect(dialog.getByRole("button", { name: "Problems (0)" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Send invitations" })).toHaveAttribute(
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

test("B4 B9 B10 B11 B13 a list of 142 people with names, roles and languages is corrected and sent in two uploads, or downloaded as 2 files", async ({
  page,
  org,
  snapshot,
}) => {
  const read = "Manage access for organization (Read)";
  const people = Array.from({ length: 142 }, (_, index) => ({
    email: uniqueAddress(`p${index}`),
    name: `Person ${index}`,
    role: index % 3 === 0 ? "admin" : "member",
    language: ["en", "de", "ja"][index % 3] ?? "",
    policies: index % 4 === 0 ? [read] : [],
  }));
  const [ann, bob, cleo] = people.map(({ email }) => email);
  const late = people[140]?.email ?? "";
  const rows = people.map(({ email, name, role, language, policies }) =>
    [name, email, role, ...policies.concat("none").slice(0, 1), language, "Blue"].join(","),
  );
  // An address to confirm, a role that does not exist, and an address to correct.
  rows[1] = `Bob Ray,sales|${bob},Boss,none,de,Blue`;
  rows[2] = `Cleo,${cleo?.replace("@", " at ")},member,none,ja,Blue`;
  const invited = people.slice(0, 141).map((person, index) => ({
    ...person,
    name: ["Person 0", "Bob Ray", "Cleo"][index] ?? person.name,
  }));

  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  await dialog.getByRole("button", { name: "Choose file" }).focus();
  await pasteText(page, `Name,Email,Role,Access policy,Language,Team\n${rows.join("\n")}`);
  await expect(dialog.getByText("142 people, sent 100 at a time")).toBeVisible();
  await expect(dialog.getByText("This upload has people 1 to 100.")).toBeVisible();
  await expect(
    dialog.getByText("Columns used: Name, Email, Role, Access policy, and Language. Not used: Team."),
  ).toBeVisible();
  await snapshot(page, "Upload Invitation List, too long");
  const downloads: Download[] = [];
  page.on("download", (download) => downloads.push(download));
  await dialog.getByRole("button", { name: "Download as 2 files" }).click();
  await expect.poll(() => downloads.length).toBe(2);
  const files = await Promise.all(downloads.map(readDownload));
  expect(downloads.map((download) => download.suggestedFilename()).sort()).toEqual([
    "list-1-of-2.csv",
    "list-2-of-2.csv",
  ]);
  expect(files.map((text) => text.trim().split("\r\n").length).sort()).toEqual([101, 43]);
  expect(files.every((text) => text.startsWith("Name,Email,"))).toBe(true);

  await dialog.getByText("Columns", { exact: true }).click();
  await dialog.getByLabel("Name", { exact: true }).selectOption("Not used");
  await expect(dialog.getByText("Not used: Name and Team.")).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).selectOption("Name");
  await expect(lineRow(dialog, 2)).toContainText(`Admin, ${read}`);
  await expect(lineRow(dialog, 3)).toContainText("No role is named “Boss”.");
  await dialog.getByLabel("Email on line 3").selectOption(`Use ${bob}`);
  await dialog.getByLabel("Email on line 4").fill(cleo ?? "");
  await dialog.getByRole("button", { name: "Send 100 invitations" }).click();
  await expect(dialog.getByText("100 people invited")).toBeVisible();
  await expect(dialog.getByText("42 people in the list are left.")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  const question = page.getByRole("alertdialog", { name: "Close with 42 people left?" });
  await question.getByRole("button", { name: "Continue with the list" }).click();
  await dialog.getByRole("button", { name: "Continue with the next 42" }).click();

  await expect(dialog.getByText("This upload has people 101 to 142.")).toBeVisible();
  await snapshot(page, "Upload Invitation List, next people");
  await dialog.getByLabel("Search lines").fill(people[141]?.email ?? "");
  await expect(lineRow(dialog, 102)).toBeHidden();
  await dialog.getByRole("button", { name: "Edit line 143" }).click();
  await dialog.getByLabel("Email on line 143").fill("");
  await expect(lineRow(dialog, 143)).toContainText("Skipped");
  await dialog.getByRole("button", { name: "Send 41 invitations" }).click();
  await expect(dialog.getByText("141 people invited in 2 uploads")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();

  const stored = await org.sql(
    `SELECT m.email, m.name, m.role, i.language,
            ARRAY(SELECT p.name FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                  WHERE mp.member_id = m.id) AS policies
     FROM member m JOIN invitation i ON i.id = m.invitation_id JOIN organization o ON o.id = m.organization_id
     WHERE o.slug = $1 AND m.status = 'invited' AND i.name = m.name AND i.role = m.role ORDER BY m.email`,
    [org.slug],
  );
  expect(stored).toEqual(invited.sort((a, b) => (a.email < b.email ? -1 : 1)));
  await page.goto(`${org.usersPath}?search=${encodeURIComponent(ann ?? "")}`);
  await expect(findRow(page, ann ?? "")).toContainText(
    /Person 0.*Admin.*Manage access for organization \(Read\)/,
  );
  await page.goto(`${org.usersPath}?search=${encodeURIComponent(late)}`);
  await expect(findRow(page, late)).toContainText(/Person 140.*Member/);
});

test("B9 lines with several addresses become several people, and all problems are skipped at once", async ({
  page,
  org,
}) => {
  const [one, other] = [uniqueAddress("one"), uniqueAddress("other")];
  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  await dialog.getByLabel("Or paste a list").fill(`${one} ${other}\nnobody`);
  await dialog.getByRole("button", { name: "Show preview" }).click();
  await dialog.getByLabel("Several people per line").check();
  await expect(dialog.getByRole("status").first()).toContainText("2 of 3 lines are ready.");
  await dialog.getByRole("button", { name: "Skip all problems" }).click();
  await expect(dialog.getByRole("button", { name: "Problems (0)" })).toBeVisible();
  await dialog.getByRole("button", { name: "Send 2 invitations" }).click();
  await expect(dialog.getByText("2 people invited")).toBeVisible();
});

test("B5 users and invitees are recognized before sending; one of two addresses on a line is chosen", async ({
  page,
  org,
}) => {
  const [invited, one, other] = [uniqueAddress("invited"), uniqueAddress("one"), uniqueAddress("other")];
  await org.invite(invited);
  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  await dialog.getByLabel("Or paste a list").fill(`${org.owner.email}\n${invited}\n${one} ${other}\nnobody`);
  await dialog.getByRole("button", { name: "Show preview" }).click();
  await expect(lineRow(dialog, 1)).toContainText("Already a user");
  await expect(lineRow(dialog, 2)).toContainText("Already invited");
  await expect(lineRow(dialog, 3)).toContainText("Two addresses: choose one");
  const rows = await downloadAfter(page, () =>
    dialog.getByRole("button", { name: "Download problem rows" }).click(),
  );
  expect(rows.text).toBe(`${one} ${other},Two addresses: choose one\r\nnobody,No address found\r\n`);

  await dialog.getByLabel("Email on line 3").selectOption(other);
  await dialog.getByLabel("Email on line 4").fill("x");
  await dialog.getByLabel("Email on line 4").fill("");
  await expect(lineRow(dialog, 4)).toContainText("Skipped");
  await dialog.getByRole("button", { name: "Send 1 invitation" }).click();
  await expect(dialog.getByText(`${other} invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(findRow(page, other)).toBeVisible();
  await expect(findRow(page, one)).toBeHidden();
});

test("B5 a list is pasted, corrected and sent using only the keyboard, and closing asks before discarding input", async ({
  page,
  org,
}) => {
  const guest = uniqueAddress("guest");
  await page.goto(org.usersPath);
  await page.getByRole("button", { name: "Upload Invitation List" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Upload Invitation List" });
  await dialog.getByRole("button", { name: "Choose file" }).waitFor();
  await dialog.getByLabel("Or paste a list").focus();
  await page.keyboard.type(`Guest,${guest.replace("@", " at ")}`);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog", { name: "Discard your changes?" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Or paste a list")).toBeFocused();

  await dialog.getByRole("button", { name: "Show preview" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status").first()).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Send invitations" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await dialog.getByLabel("Email on line 1").focus();
  await page.keyboard.type(guest);
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Send 1 invitation" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Upload Invitation List" })).toBeFocused();
  await expect(findRow(page, guest)).toBeVisible();
});

test("B4 a file that is not a list is refused with a hint, and the template is a valid list", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  const input = dialog.getByLabel("Invitation list", { exact: true });
  await input.setInputFiles({
    name: "list.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("PK\x03\x04rest"),
  });
  await expect(dialog.getByRole("alert")).toContainText("This is a compressed file.");
  await snapshot(page, "Upload Invitation List, refused");
  await input.setInputFiles({
    name: "big.csv",
    mimeType: "text/csv",
    buffer: Buffer.alloc(10 * 1024 * 1024 + 1, "a"),
  });
  await expect(dialog.getByRole("alert")).toContainText("over 10 MB");
  const template = await downloadAfter(page, () =>
    dialog.getByRole("link", { name: "Download template" }).click(),
  );
  expect(template).toEqual({
    name: "invitation-list.csv",
    text: "Name,Email\r\nAnn Lee,ann.lee@company.example\r\n",
  });
});

test("B4 a file of 10 MB with few addresses is uploaded completely", async ({ page, org }) => {
  const guest = uniqueAddress("guest");
  const problems = `"${`${"x".repeat(90_000)}\n`.repeat(110)}"`;
  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  const buffer = Buffer.from(`Email,Notes\n${guest},${problems}\n`);
  expect(buffer.length).toBeGreaterThan(9.4 * 1024 * 1024);
  await dialog
    .getByLabel("Invitation list", { exact: true })
    .setInputFiles({ name: "big.csv", mimeType: "text/csv", buffer });
  await dialog.getByRole("button", { name: "Send 1 invitation" }).click();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
});
