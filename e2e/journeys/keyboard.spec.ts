import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { testPassword, uniqueAddress } from "../organization";

test("D8 log in, invite, copy and log out using only the keyboard; focus returns to where it was", async ({
  org,
  visitor,
}) => {
  const guest = uniqueAddress("guest");
  const page = await visitor();
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.goto(org.usersPath);
  await tabTo(page, page.getByLabel("Email"));
  await page.keyboard.type(org.owner.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(testPassword);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(org.usersPath);

  const opener = page.getByRole("button", { name: "New Invitation" });
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(`wrong@ ${guest} `);
  await page.keyboard.press("Enter");
  // ArrowLeft in the empty field moves through the tags; Enter edits an invalid one, Delete removes one.
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
  await expect(dialog.getByRole("button", { name: /^Edit wrong@:/ })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await expectFocusTrap(page, dialog);
  await tabTo(page, dialog.getByRole("button", { name: "Send invitations" }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  await expect.poll(() => focusIsInside(dialog)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();

  const menu = page.getByRole("button", { name: `Actions for ${guest}` });
  await tabTo(page, menu);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Copy invitation link" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Copy invitation code" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Copy invitation link" })).toBeFocused();
  await page.keyboard.press("Enter");
  const copyDialog = page.getByRole("dialog", { name: "Copy manually" });
  await expect(copyDialog.getByLabel("Text to copy")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(copyDialog).toBeHidden();
  await expect(menu).toBeFocused();

  const account = page.getByRole("button", { name: `Account: ${org.owner.name}` });
  await tabTo(page, account, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(account).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Log out" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/login");
});

test("D8 join with a typed code, using only the keyboard", async ({ org, visitor }) => {
  const code = await org.copyInvitation(await org.invite(uniqueAddress("guest")), "code");
  const page = await visitor();
  await page.goto("/login");
  await tabTo(page, page.getByRole("link", { name: "Enter it" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/join");
  await tabTo(page, page.getByLabel("Invitation code"));
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await tabTo(page, page.getByLabel("Your name"));
  await page.keyboard.type("Gil Guest");
  await page.keyboard.press("Tab");
  await page.keyboard.type(testPassword);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `Welcome to ${org.name}` })).toBeVisible();
});

test("D8 resend, revoke and undo an invitation using only the keyboard; focus stays in its row", async ({
  page,
  org,
}) => {
  const guest = uniqueAddress("guest");
  await org.invite(guest);
  await page.goto(`${org.usersPath}/invitations`);
  const menu = page.getByRole("button", { name: `Actions for ${guest}` });
  const row = page.getByRole("row").filter({ has: page.getByRole("button", { name: guest, exact: true }) });
  await tabTo(page, menu);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Copy invitation link" })).toBeFocused();
  await page.keyboard.press("r");
  await expect(page.getByRole("menuitem", { name: "Resend invitation link" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row.getByRole("img", { name: "1 of 3 resends used" })).toBeVisible();
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Copy invitation link" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Revoke invitation" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: `Undo revoking the invitation to ${guest}` })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row.locator('[data-slot="badge"]')).toHaveText("Pending");
  await expect.poll(() => focusIsInside(row)).toBe(true);
});

test("D8 switch tabs and answer the discard confirmation using only the keyboard", async ({ page, org }) => {
  await org.invite(uniqueAddress("guest"));
  await page.goto(org.usersPath);
  await tabTo(
    page,
    page.getByRole("navigation", { name: "User lists" }).getByRole("link", { name: /^Invitations/ }),
  );
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${org.usersPath}/invitations`);

  const opener = page.getByRole("button", { name: "New Invitation" });
  await tabTo(page, opener, "Shift+Tab");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await page.keyboard.type("half");
  await page.keyboard.press("Escape");
  const confirmation = page.getByRole("alertdialog");
  await expect(confirmation.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(confirmation).toBeHidden();
  await expect.poll(() => focusIsInside(dialog)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(confirmation.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await tabTo(page, confirmation.getByRole("button", { name: "Discard" }));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test("single-key shortcuts open the search, New Invitation and the help, and can be disabled", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(`${org.usersPath}/invitations`);
  const search = page.getByRole("searchbox", { name: "Search by address" });
  const invite = page.getByRole("dialog", { name: "New Invitation" });
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press("n");
  await expect(search).toHaveValue("n");
  await expect(invite).toBeHidden();
  await search.clear();
  await search.blur();
  await page.keyboard.press("n");
  await expect(invite.getByLabel("Email")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(invite).toBeHidden();

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await snapshot(page, "the keyboard shortcuts dialog");
  await help.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.reload();
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(help.getByRole("checkbox", { name: "Single-key shortcuts" })).not.toBeChecked();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: `Account: ${org.owner.name}` })).toBeFocused();
  await page.keyboard.press("n");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("⌘K opens a page or New Invitation by its name from any page", async ({ page, org, snapshot }) => {
  await page.goto(`${org.usersPath}/requests`);
  const commands = page.getByRole("dialog", { name: "Commands" });
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(commands).toBeVisible({ timeout: 1000 });
  }).toPass();
  await snapshot(page, "the command palette");
  await page.keyboard.type("invitations");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${org.usersPath}/invitations`);
  await expect(commands).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("new");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New Invitation" }).getByLabel("Email")).toBeFocused();
});

/** Presses Tab until the target has the focus, as a keyboard user does. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} has no focus after 60 presses of ${key}`);
}

/** Expects that Tab cycles inside the dialog and never leaves it. */
async function expectFocusTrap(page: Page, dialog: Locator): Promise<void> {
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press("Tab");
    await expect.poll(() => focusIsInside(dialog)).toBe(true);
  }
}

async function focusIsInside(container: Locator): Promise<boolean> {
  return container.evaluate((element) => element.contains(document.activeElement));
}
