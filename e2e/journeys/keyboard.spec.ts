import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { password, someone } from "../organization";

test("D8 by keyboard alone one signs in, invites, copies and signs out; focus returns to where it was", async ({
  org,
  visitor,
}) => {
  const guest = someone("guest");
  const page = await visitor();
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.goto(org.users);
  await tabTo(page, page.getByLabel("Email"));
  await page.keyboard.type(org.owner.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(org.users);

  const opener = page.getByRole("button", { name: "New Invitation" });
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(`wrong@ ${guest} `);
  await page.keyboard.press("Enter");
  // Left from the empty field walks the tokens; Enter takes a bad one back, Delete throws one away.
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
  await expect(dialog.getByRole("button", { name: /^Edit wrong@:/ })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await holdsFocus(page, dialog);
  await tabTo(page, dialog.getByRole("button", { name: "Send invitations" }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(`${guest} is invited`)).toBeVisible();
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
  const byHand = page.getByRole("dialog", { name: "Copy it by hand" });
  await expect(byHand.getByLabel("To copy")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(byHand).toBeHidden();
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

test("D8 by keyboard alone one joins with a typed code", async ({ org, visitor }) => {
  const code = await org.copy(await org.invite(someone("guest")), "code");
  const page = await visitor();
  await page.goto("/login");
  await tabTo(page, page.getByRole("link", { name: "Type its code" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/join");
  await tabTo(page, page.getByLabel("Invitation code"));
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
  await tabTo(page, page.getByLabel("Your name"));
  await page.keyboard.type("Gil Guest");
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `You are in ${org.name}` })).toBeVisible();
});

test("D8 by keyboard alone an invitation is resent, revoked and brought back; focus stays in its row", async ({
  page,
  org,
}) => {
  const guest = someone("guest");
  await org.invite(guest);
  await page.goto(`${org.users}/invitations`);
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
  await expect(page.getByRole("button", { name: `Undo revoking the invitation of ${guest}` })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row.locator(".badge")).toHaveText("Pending");
  await expect.poll(() => focusIsInside(row)).toBe(true);
});

test("D8 by keyboard alone the tabs are walked and the question before closing is answered", async ({
  page,
  org,
}) => {
  await org.invite(someone("guest"));
  await page.goto(org.users);
  await tabTo(
    page,
    page.getByRole("navigation", { name: "Users sections" }).getByRole("link", { name: /^Invitations/ }),
  );
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${org.users}/invitations`);

  const opener = page.getByRole("button", { name: "New Invitation" });
  await tabTo(page, opener, "Shift+Tab");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New Invitation" });
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await page.keyboard.type("half");
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog");
  await expect(question.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect.poll(() => focusIsInside(dialog)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(question.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await tabTo(page, question.getByRole("button", { name: "Discard" }));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test("single keys lead to the search, to New Invitation and to the help, and can be switched off", async ({
  page,
  org,
  look,
}) => {
  await page.goto(`${org.users}/invitations`);
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
  await look(page, "the help on shortcuts");
  await help.getByRole("checkbox", { name: "Single keys" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.reload();
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(help.getByRole("checkbox", { name: "Single keys" })).not.toBeChecked();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: `Account: ${org.owner.name}` })).toBeFocused();
  await page.keyboard.press("n");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("⌘K finds a page or New Invitation by its name, from everywhere", async ({ page, org, look }) => {
  await page.goto(`${org.users}/requests`);
  const commands = page.getByRole("dialog", { name: "Commands" });
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(commands).toBeVisible({ timeout: 1000 });
  }).toPass();
  await look(page, "the list of commands");
  await page.keyboard.type("invitations");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${org.users}/invitations`);
  await expect(commands).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("new");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New Invitation" }).getByLabel("Email")).toBeFocused();
});

/** Presses Tab until the target has the focus, as somebody without a pointer would. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`60 presses of ${key} do not lead to ${target}`);
}

/** Tab goes round inside the dialog and never leaves it. */
async function holdsFocus(page: Page, dialog: Locator): Promise<void> {
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press("Tab");
    await expect.poll(() => focusIsInside(dialog)).toBe(true);
  }
}

async function focusIsInside(dialog: Locator): Promise<boolean> {
  return dialog.evaluate((element) => element.contains(document.activeElement));
}
