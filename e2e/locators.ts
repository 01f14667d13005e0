import type { Locator, Page } from "@playwright/test";

/** Returns the table row that contains `text`, such as a user's name or email address. */
export function findRow(page: Page, text: string): Locator {
  return page.getByRole("row").filter({ hasText: text });
}

/** Returns the status badge in the row that contains `text`. */
export function statusBadge(page: Page, text: string): Locator {
  return findRow(page, text).locator('[data-slot="badge"]');
}

/** Opens the New Invitation dialog and returns it. */
export async function openInviteDialog(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "New Invitation" }).click();
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").waitFor();
  return dialog;
}

/** Opens the Upload Invitation List dialog and returns it. */
export async function openUploadDialog(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Upload Invitation List" }).click();
  const dialog = page.getByRole("dialog", { name: "Upload Invitation List" });
  await dialog.getByRole("button", { name: "Choose file" }).waitFor();
  return dialog;
}

/** Pastes text into the focused element without the machine's clipboard, which parallel workers share. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}
