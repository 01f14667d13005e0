import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { someone } from "../organization";
import { openInvite, row } from "../screens";

const code = /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/;

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });
  // The machine has one clipboard for all browsers of a worker, and two workers would share it.
  test.beforeEach(async ({ page }) => keepOwnClipboard(page));

  test("C5 the code and the link are copied from the row, again and again, and answer Copied in place", async ({
    page,
    org,
    look,
  }) => {
    const guest = someone("guest");
    const invitation = await org.invite(guest);
    await page.goto(`${org.users}/invitations`);
    const copy = row(page, guest).getByRole("button", { name: `Copy invitation code for ${guest}` });
    await copy.click();
    await expect(row(page, guest).getByRole("status")).toHaveText("Copied");
    expect(await copied(page)).toMatch(code);
    expect(await copied(page)).toBe(await org.copy(invitation, "code"));
    await expect(row(page, guest).getByRole("status")).toHaveText("");
    await copy.click();
    await expect(row(page, guest).getByRole("status")).toHaveText("Copied");

    await chooseInMenu(page, guest, "Copy invitation link");
    await expect(page.getByText("Invitation link copied")).toBeVisible();
    expect(await copied(page)).toBe(`${org.origin}/join/${await org.copy(invitation, "code")}`);
    await look(page, "with a toast");
    await chooseInMenu(page, guest, "Copy invitation code");
    await expect(page.getByText("Invitation code copied")).toBeVisible();
    expect(await copied(page)).toBe(await org.copy(invitation, "code"));
  });

  test("C5 the menu in Users copies the same", async ({ page, org }) => {
    const guest = someone("guest");
    const invitation = await org.invite(guest);
    await page.goto(org.users);
    await chooseInMenu(page, guest, "Copy invitation link");
    await expect(page.getByText("Invitation link copied")).toBeVisible();
    expect(await copied(page)).toBe(await org.copy(invitation, "link"));
  });

  test("C5 after inviting without a provider, Copy links is the main button and copies one line for each", async ({
    page,
    org,
  }) => {
    const [ann, bob] = [someone("ann"), someone("bob")];
    await page.goto(org.users);
    const dialog = await openInvite(page);
    await dialog.getByLabel("Email").fill(`${ann}, ${bob}`);
    await dialog
      .getByRole("button", { name: "Send 2 invitations" })
      .or(dialog.getByRole("button", { name: "Send invitations" }))
      .click();
    const button = dialog.getByRole("button", { name: "Copy links" });
    await expect(button).toHaveClass(/button-primary/);
    await button.click();
    await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
    const lines = (await copied(page)).split("\n");
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^${ann} ${org.origin}/join/`)),
      expect.stringMatching(new RegExp(`^${bob} ${org.origin}/join/`)),
    ]);
  });
});

test("C5 where the clipboard is missing, a dialog holds the text selected, and focus comes back", async ({
  page,
  org,
  look,
}) => {
  // What a page on plain http finds.
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const guest = someone("guest");
  const invitation = await org.invite(guest);
  await page.goto(`${org.users}/invitations`);
  const dialog = page.getByRole("dialog", { name: "Copy it by hand" });
  const copy = row(page, guest).getByRole("button", { name: `Copy invitation code for ${guest}` });
  await copy.click();
  await expect(dialog.getByLabel("To copy")).toHaveValue(await org.copy(invitation, "code"));
  expect(await selected(page)).toBe(await org.copy(invitation, "code"));
  await look(page, "Copy it by hand");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(copy).toBeFocused();

  await chooseInMenu(page, guest, "Copy invitation link");
  await expect(dialog.getByLabel("To copy")).toHaveValue(await org.copy(invitation, "link"));
  expect(await selected(page)).toBe(await org.copy(invitation, "link"));
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: `Actions for ${guest}` })).toBeFocused();
});

test("C5 what is not pending cannot be copied, and the button says so", async ({ page, org, look }) => {
  const guest = someone("guest");
  await org.expire(await org.invite(guest));
  await page.goto(`${org.users}/invitations`);
  const copy = row(page, guest).getByRole("button", { name: `Copy invitation code for ${guest}` });
  await expect(copy).toHaveAttribute("aria-disabled", "true");
  // Until the page's scripts have arrived there is the browser's own tooltip.
  await expect(async () => {
    await copy.blur();
    await copy.focus();
    await expect(page.locator(".tooltip")).toHaveText("Only a pending invitation can be copied", {
      timeout: 1_000,
    });
  }).toPass({ timeout: 10_000 });
  await page.getByRole("button", { name: `Actions for ${guest}` }).click();
  await expect(page.getByRole("menuitem", { name: "Copy invitation link" })).toContainText(
    "Only a pending invitation can be copied",
  );
  await look(page, "the menu of an expired one");
});

async function chooseInMenu(page: Page, who: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${who}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Keeps what a page writes to the clipboard, and lets it be written. */
async function keepOwnClipboard(page: Page): Promise<void> {
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

async function copied(page: Page): Promise<string> {
  return page.evaluate(async () => (await window.foyerCopied) ?? "");
}

async function selected(page: Page): Promise<string> {
  return page
    .getByLabel("To copy")
    .evaluate((field: HTMLInputElement) =>
      field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0),
    );
}
