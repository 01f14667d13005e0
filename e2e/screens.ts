import type { Locator, Page } from "@playwright/test";

/** The row of a list that is about somebody. */
export function row(page: Page, who: string): Locator {
  return page.getByRole("row").filter({ hasText: who });
}

/** The status word in somebody's row. */
export function badge(page: Page, who: string): Locator {
  return row(page, who).locator(".badge");
}

/** Opens New Invitation and answers its dialog. */
export async function openInvite(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "New Invitation" }).click();
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await dialog.getByLabel("Email").waitFor();
  return dialog;
}

/** Pastes text where the focus is, as a person would, without touching the machine's one clipboard. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}
