import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { findRow, openInviteDialog } from "../locators";
import { uniqueAddress } from "../organization";

const code = /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/;

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });
  // All browsers of a machine share one clipboard, so each page records its own writes.
  test.beforeEach(async ({ page }) => recordClipboard(page));

  test("C5 the code and the link are copied from the row repeatedly, with Copied as confirmation in place", async ({
    page,
    org,
    snapshot,
  }) => {
    const guest = uniqueAddress("guest");
    const invitation = await org.invite(guest);
    await page.goto(`${org.usersPath}/invitations`);
    const copy = findRow(page, guest).getByRole("button", { name: `Copy invitation code for ${guest}` });
    await copy.click();
    await expect(findRow(page, guest).getByRole("status")).toHaveText("Copied");
    expect(await copiedText(page)).toMatch(code);
    expect(await copiedText(page)).toBe(await org.copyInvitation(invitation, "code"));
    await expect(findRow(page, guest).getByRole("status")).toHaveText("");
    await copy.click();
    await expect(findRow(page, guest).getByRole("status")).toHaveText("Copied");

    await chooseInMenu(page, guest, "Copy invitation link");
    await expect(page.getByText("Invitation link copied")).toBeVisible();
    expect(await copiedText(page)).toBe(`${org.origin}/join/${await org.copyInvitation(invitation, "code")}`);
    await snapshot(page, "with a toast");
    await chooseInMenu(page, guest, "Copy invitation code");
    await expect(page.getByText("Invitation code copied")).toBeVisible();
    expect(await copiedText(page)).toBe(await org.copyInvitation(invitation, "code"));
  });

  test("C5 the menu in Users copies the same", async ({ page, org }) => {
    const guest = uniqueAddress("guest");
    const invitation = await org.invite(guest);
    await page.goto(org.usersPath);
    await chooseInMenu(page, guest, "Copy invitation link");
    await expect(page.getByText("Invitation link copied")).toBeVisible();
    expect(await copiedText(page)).toBe(await org.copyInvitation(invitation, "link"));
  });

  test("C5 after inviting without a provider, Copy links is the primary button and copies one line per invitation", async ({
    page,
    org,
  }) => {
    const [ann, bob] = [uniqueAddress("ann"), uniqueAddress("bob")];
    await page.goto(org.usersPath);
    const dialog = await openInviteDialog(page);
    await dialog.getByLabel("Email").fill(`${ann}, ${bob}`);
    await dialog
      .getByRole("button", { name: "Send 2 invitations" })
      .or(dialog.getByRole("button", { name: "Send invitations" }))
      .click();
    const button = dialog.getByRole("button", { name: "Copy links" });
    await expect(button).toHaveClass(/_primary\b/);
    await button.click();
    await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
    const lines = (await copiedText(page)).split("\n");
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^${ann} ${org.origin}/join/`)),
      expect.stringMatching(new RegExp(`^${bob} ${org.origin}/join/`)),
    ]);
  });
});

test("C5 without a clipboard API a dialog shows the selected text, and focus returns", async ({
  page,
  org,
  snapshot,
}) => {
  // Pages on plain HTTP have no clipboard API.
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const guest = uniqueAddress("guest");
  const invitation = await org.invite(guest);
  await page.goto(`${org.usersPath}/invitations`);
  const dialog = page.getByRole("dialog", { name: "Copy manually" });
  const copy = findRow(page, guest).getByRole("button", { name: `Copy invitation code for ${guest}` });
  await copy.click();
  await expect(dialog.getByLabel("Text to copy")).toHaveValue(await org.copyInvitation(invitation, "code"));
  expect(await selectedText(page)).toBe(await org.copyInvitation(invitation, "code"));
  await snapshot(page, "Copy manually");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(copy).toBeFocused();

  await chooseInMenu(page, guest, "Copy invitation link");
  await expect(dialog.getByLabel("Text to copy")).toHaveValue(await org.copyInvitation(invitation, "link"));
  expect(await selectedText(page)).toBe(await org.copyInvitation(invitation, "link"));
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: `Actions for ${guest}` })).toBeFocused();
});

test("C5 an invitation that is not pending cannot be copied, and the button explains it", async ({
  page,
  org,
  snapshot,
}) => {
  const guest = uniqueAddress("guest");
  await org.expire(await org.invite(guest));
  await page.goto(`${org.usersPath}/invitations`);
  const copy = findRow(page, guest).getByRole("button", { name: `Copy invitation code for ${guest}` });
  await expect(copy).toHaveAttribute("aria-disabled", "true");
  // Before hydration there is only the browser's own tooltip.
  await expect(async () => {
    await copy.blur();
    await copy.focus();
    await expect(page.locator('[data-slot="tooltip"]')).toHaveText(
      "Only a pending invitation can be copied",
      {
        timeout: 1_000,
      },
    );
  }).toPass({ timeout: 10_000 });
  await page.getByRole("button", { name: `Actions for ${guest}` }).click();
  await expect(page.getByRole("menuitem", { name: "Copy invitation link" })).toContainText(
    "Only a pending invitation can be copied",
  );
  await snapshot(page, "the menu of an expired invitation");
});

async function chooseInMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Records what the page writes to the clipboard, in addition to writing it. */
async function recordClipboard(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const write = navigator.clipboard.write.bind(navigator.clipboard);
    navigator.clipboard.write = async (items) => {
      window.foyerCopied = items[0]?.getType("text/plain").then((blob) => blob.text());
      await window.foyerCopied;
      return write(items);
    };
  });
}

declare global {
  interface Window {
    foyerCopied?: Promise<string> | undefined;
  }
}

async function copiedText(page: Page): Promise<string> {
  return page.evaluate(async () => (await window.foyerCopied) ?? "");
}

async function selectedText(page: Page): Promise<string> {
  return page
    .getByLabel("Text to copy")
    .evaluate((field: HTMLInputElement) =>
      field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0),
    );
}
