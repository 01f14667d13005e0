import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { findRow } from "../locators";
import { testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

/** Requests an address change on the account page. */
async function requestChange(page: Page, to: string, typedPassword = testPassword): Promise<void> {
  await page.goto("/account");
  await page.getByText(/^(Change email address|Use a different address)$/).click();
  await page.getByLabel("New address").fill(to);
  await page.getByLabel("Your password").fill(typedPassword);
  await page.getByRole("button", { name: "Send confirmation" }).click();
}

const confirmButton = (page: Page) => page.getByRole("button", { name: "Confirm change" });
const invalidLinkText = "This link has expired or was already used.";

test("F5 an address changes once both addresses have confirmed, even if a scanner opened the links before", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const { owner } = org;
  const to = uniqueAddress("ana-lima");
  await requestChange(page, to, "not the password");
  await expect(page.getByText("Incorrect current password.")).toBeVisible();
  await expect(page.getByLabel("New address")).toHaveValue(to);
  await snapshot(page, "a rejected address change");
  await page.getByLabel("Your password").fill(testPassword);
  await page.getByRole("button", { name: "Send confirmation" }).click();
  await expect(page.getByText(/Ask the operator for both links and open each one by/)).toBeVisible();
  await expect(page.getByText(`${to}: Waiting`)).toBeVisible();
  await snapshot(page, "a pending address change");

  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, owner.email);
  expect(email.text).toContain(`asked to change its address from ${owner.email} to ${to}`);
  const oldAddressLink = extractLink(email, "/change-address/");
  const newAddressLink = extractLink(await findEmailInMailbox(operator, to), "/change-address/");
  const scanner = await visitor();
  for (const link of [oldAddressLink, newAddressLink]) {
    for (let time = 0; time < 5; time++) await scanner.request.get(link);
    await scanner.goto(link);
    await expect(scanner.getByText("If not, close this page; nothing changes.")).toBeVisible();
  }
  await snapshot(scanner, "logged out");

  await page.goto(oldAddressLink);
  await expect(
    page.getByText(`Confirm that you want to change your address from ${owner.email} to ${to}.`),
  ).toBeVisible();
  await snapshot(page, "in the account's own session");
  await confirmButton(page).click();
  await expect(page).toHaveURL("/account");
  await expect(page.getByText(`${owner.email}: Confirmed`)).toBeVisible();
  await expect(page.getByText(`${to}: Waiting`)).toBeVisible();
  await page.goto(oldAddressLink);
  await expect(page.getByText(invalidLinkText)).toBeVisible();

  // The new address confirms in another browser: first logged in as another user, then logged out.
  const other = await visitor();
  await org.signIn(other.context(), await org.addMember("Otto", "member"));
  await other.goto(newAddressLink);
  await snapshot(other, "logged in as another user");
  await other.getByRole("button", { name: "Sign out and continue" }).click();
  await other.getByRole("link", { name: "Log in" }).click();
  await other.getByLabel("Email").fill(owner.email);
  await other.getByLabel("Password").fill(testPassword);
  await other.getByRole("button", { name: "Log in" }).click();
  await confirmButton(other).click();
  await expect(other).toHaveURL("/account");
  await expect(other.getByRole("main").getByText(to, { exact: true })).toBeVisible();
  await expect(other.getByText("Confirmed", { exact: true })).toBeVisible();

  await page.goto(org.usersPath);
  await expect(findRow(page, owner.name)).toContainText(to);
  await page.goto(`/o/${org.slug}/admin/activity`);
  await expect(page.getByText(/ changed their address/)).toBeVisible();
  const later = await visitor();
  await later.goto("/login");
  for (const [address, answer] of [
    [owner.email, "Incorrect email or password."],
    [to, null],
  ] as const) {
    await later.getByLabel("Email").fill(address);
    await later.getByLabel("Password").fill(testPassword);
    await later.getByRole("button", { name: "Log in" }).click();
    if (answer) await expect(later.getByText(answer)).toBeVisible();
    else await expect(later).toHaveURL(org.usersPath);
  }
});

test("a canceled change invalidates both links; an address that has an account is reported only to its mailbox", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const kim = await org.addMember("Kim", "member");
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  await requestChange(page, kim.email);
  await expect(page.getByText(`${kim.email}: Waiting`)).toBeVisible();
  const taken = extractLink(await findEmailInMailbox(operator, kim.email), "/change-address/");
  await page.goto(taken);
  await confirmButton(page).click();
  await expect(
    page.getByText("This address already has an account, so the change was canceled."),
  ).toBeVisible();
  await snapshot(page, "an address that has an account");
  await page.goto("/account");
  await expect(page.getByText(": Waiting")).toHaveCount(0);

  const to = uniqueAddress("ana-two");
  await requestChange(page, to);
  await expect(page.getByText(`${to}: Waiting`)).toBeVisible();
  const link = extractLink(await findEmailInMailbox(operator, to), "/change-address/");
  await page.getByRole("button", { name: "Cancel change" }).click();
  await expect(page.getByText(": Waiting")).toHaveCount(0);
  await expect(page.getByText("Change email address", { exact: true })).toBeFocused();
  await page.goto(link);
  await expect(page.getByText(invalidLinkText)).toBeVisible();
  await page.getByRole("link", { name: "Go to your account" }).click();
  await expect(page.getByText(org.owner.email)).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("F5 both addresses are asked and confirm", async ({ page, org, visitor }) => {
    const to = uniqueAddress("ana-plain");
    await requestChange(page, to);
    await expect(page.getByText(`${to}: Waiting`)).toBeVisible();
    const operator = await visitor({ storageState: ownerSessionFile("mailbox"), javaScriptEnabled: true });
    for (const address of [to, org.owner.email]) {
      await page.goto(extractLink(await findEmailInMailbox(operator, address), "/change-address/"));
      await confirmButton(page).click();
      await expect(page).toHaveURL("/account");
    }
    await expect(page.getByRole("main").getByText(to, { exact: true })).toBeVisible();
  });
});
