import path from "node:path";
import type { Locator } from "@playwright/test";
import { displayAddress } from "@/lib/email-address/display-address";
import { PASTES } from "@/lib/email-address/fixture";
import { NUMBERED_LISTS } from "@/lib/invitations/list-file/fixture";
import { expect, test } from "../fixtures";
import { openInviteDialog, openUploadDialog, pasteText } from "../locators";

const folder = path.resolve(import.meta.dirname, "../../lib/invitations/list-file/golden/lists");

/** What the dialog shows for each status in `NUMBERED_LISTS`. */
const STATUS_TEXTS: Readonly<Record<string, string>> = {
  "commented-out": "Looks like a comment: confirm the address",
  confirm: "Confirm the address",
  "local-part": "Contains a character that isn't allowed before the @.",
  "no-address": "No address found",
  "two-addresses": "Two addresses: choose one",
};

/** What the dialog must show for a line: `2 ann@x.io Ready`, or `5 Two addresses: choose one`. */
function expectedLine(line: string): string {
  const [number = "", value = ""] = line.split(" ");
  return value.includes("@")
    ? `${number} ${displayAddress(value)} Ready`
    : `${number} ${STATUS_TEXTS[value] ?? `unknown status ${value}`}`;
}

/** Returns what the preview shows for each line, in the form of `expectedLine`. */
function readLines(dialog: Locator): Promise<string[]> {
  return dialog
    .getByRole("region", { name: "Lines of the list" })
    .locator("tbody tr")
    .evaluateAll((rows: HTMLTableRowElement[]) =>
      rows.map((row) => {
        const status = row.querySelector('[data-slot="badge"]')?.textContent;
        const address = row.cells[row.cells.length - 2]?.textContent;
        return [row.cells[0]?.textContent, ...(status === "Ready" ? [address] : []), status].join(" ");
      }),
    );
}

test("B4 B9 B10 B11 B12 the lists of many programs are shown as the people who are in them", async ({
  page,
  org,
}) => {
  await page.goto(org.usersPath);
  const dialog = await openUploadDialog(page);
  const lines = dialog.getByRole("region", { name: "Lines of the list" });
  const row = (text: string) => lines.getByRole("row").filter({ hasText: text });
  const columns = dialog.getByText("Columns used:");

  /** What else must be shown of a list, and the choices that answer it. */
  const checks: Readonly<Record<string, () => Promise<void>>> = {
    "06-salesforce-owner-email.csv": () => expect(columns).toContainText("Contact Owner: Email"),
    "11-ad-upn-and-mail.csv": () =>
      expect(columns).toContainText(/used:.*\bmail\b.*Not used:.*UserPrincipalName/),
    "15-excel-csv-macintosh.csv": () => expect(row("juergen.weiss@")).toContainText("Jürgen Weiß"),
    "18-excel-german-1252.csv": async () => {
      await dialog.getByLabel("Encoding").selectOption({ label: "Western European (Windows-1252)" });
      await expect(row("kontakt@müller-söhne.example")).toContainText("Ready");
    },
    "28-comments.csv": async () => {
      await dialog.getByLabel("Email on line 5").selectOption("Use bo.c@corp.example");
      await expect(row("#Bo")).toContainText("Ready");
    },
    "30-one-line-of-forty.csv": async () => {
      await dialog.getByLabel("Several people per line").check();
      await expect(dialog.getByRole("button", { name: "Send 40 invitations" })).toBeVisible();
      expect(await readLines(dialog)).toHaveLength(40);
    },
    "32-glued-signs.txt": async () => {
      await dialog.getByLabel("Email on line 7").selectOption("Use gil.g@corp.example");
      await expect(lines.getByRole("combobox")).toHaveCount(9);
    },
    "36-contacts.vcf": () => expect(row("ann.vc@corp.example")).toContainText("Ann Lee"),
    "38-salesforce-98-people-footer.csv": () =>
      expect(dialog.getByRole("button", { name: "Send 98 invitations" })).toBeVisible(),
    "41-with-roles.csv": async () => {
      await expect(row("ann.r@")).toContainText("Manage access for organization (Read)");
      await expect(row("ann.r@")).toContainText("Admin");
    },
  };
  for (const [file, expected] of Object.entries(NUMBERED_LISTS))
    await test.step(file, async () => {
      await dialog.getByLabel("Invitation list", { exact: true }).setInputFiles(path.join(folder, file));
      await lines.waitFor();
      expect(await readLines(dialog), file).toEqual(expected.map(expectedLine));
      await checks[file]?.();
      await dialog.getByRole("button", { name: "Choose another file" }).click();
    });
});

test("B2 B11 what people paste becomes an entry for each person, with names, and one line about other words", async ({
  page,
  org,
}) => {
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  const tags = dialog.getByRole("list", { name: "Added" }).getByRole("listitem");
  const input = dialog.getByLabel("Email");
  for (const { from, text, people, ignored } of PASTES)
    await test.step(from, async () => {
      await pasteText(page, text);
      await expect(tags, from).toHaveText(
        people.map(({ address, name, certain }) =>
          certain ? `${displayAddress(address)}${name ?? ""}` : `${text}Use ${address}?`,
        ),
      );
      await expect(tags.getByRole("button", { name: /^(?:Edit|Use)/ })).toHaveCount(
        people.filter(({ certain }) => !certain).length,
      );
      const count = ignored?.split(" ").length ?? 0;
      await expect(dialog.getByText(/\d+ words? ignored/)).toHaveText(
        ignored ? [`${count} words ignored`] : [],
      );
      if (ignored) {
        await dialog.getByText(`${count} words ignored`).click();
        await expect(dialog.getByText(ignored, { exact: true })).toBeVisible();
      }
      await input.focus();
      for (const _ of people) await page.keyboard.press("Backspace");
      await expect(tags).toHaveCount(0);
    });
});
