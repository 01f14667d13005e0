import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { password, someone } from "../organization";
import { sessionOf } from "../owner";
import { row } from "../screens";

/** Asks both mailboxes, from the own page. */
async function ask(page: Page, to: string, typed = password): Promise<void> {
  await page.goto("/account");
  await page.getByText(/^Change (address|to another address instead)$/).click();
  await page.getByLabel("New address").fill(to);
  await page.getByLabel("Your password").fill(typed);
  await page.getByRole("button", { name: "Ask both mailboxes" }).click();
}

const agree = (page: Page) => page.getByRole("button", { name: "Agree to the change" });
const dead = "This link was used already, has ended, or never existed.";

test("F5 an address changes once both mailboxes have agreed, whatever looked at the links before", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const { owner } = org;
  const to = someone("ana-lima");
  await ask(page, to, "not the password");
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await expect(page.getByLabel("New address")).toHaveValue(to);
  await look(page, "a change of address that is refused");
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Ask both mailboxes" }).click();
  await expect(page.getByText("Both mailboxes get a letter.")).toBeVisible();
  await expect(page.getByText(`${to}: has not answered yet`)).toBeVisible();
  await look(page, "a change of address that waits");

  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const letter = await letterInMailbox(operator, owner.email);
  expect(letter.text).toContain(`asked to change its address from ${owner.email} to ${to}`);
  const old = linkIn(letter, "/change-address/");
  const fresh = linkIn(await letterInMailbox(operator, to), "/change-address/");
  const scanner = await visitor();
  for (const link of [old, fresh]) {
    for (let time = 0; time < 5; time++) await scanner.request.get(link);
    await scanner.goto(link);
    await expect(scanner.getByText("If it was not, close this page: nothing happens.")).toBeVisible();
  }
  await look(scanner, "signed out");

  await page.goto(old);
  await expect(page.getByText(`Your account is to change from ${owner.email} to ${to}.`)).toBeVisible();
  await look(page, "in the own session");
  await agree(page).click();
  await expect(page).toHaveURL("/account");
  await expect(page.getByText(`${owner.email}: agreed`)).toBeVisible();
  await expect(page.getByText(`${to}: has not answered yet`)).toBeVisible();
  await page.goto(old);
  await expect(page.getByText(dead)).toBeVisible();

  // The new mailbox is read in another browser: as somebody else first, then as nobody.
  const other = await visitor();
  await org.signIn(other.context(), await org.seat("Otto", "member"));
  await other.goto(fresh);
  await look(other, "signed in as somebody else");
  await other.getByRole("button", { name: "Sign out and continue" }).click();
  await other.getByRole("link", { name: "Log in" }).click();
  await other.getByLabel("Email").fill(owner.email);
  await other.getByLabel("Password").fill(password);
  await other.getByRole("button", { name: "Log in" }).click();
  await agree(other).click();
  await expect(other).toHaveURL("/account");
  await expect(other.getByRole("main").getByText(to, { exact: true })).toBeVisible();
  await expect(other.getByText("Confirmed", { exact: true })).toBeVisible();

  await page.goto(org.users);
  await expect(row(page, owner.name)).toContainText(to);
  await page.goto(`/o/${org.slug}/admin/activity`);
  await expect(page.getByText("Changed their address; both mailboxes confirmed it")).toBeVisible();
  const late = await visitor();
  await late.goto("/login");
  for (const [address, answer] of [
    [owner.email, "Address and password do not fit together."],
    [to, null],
  ] as const) {
    await late.getByLabel("Email").fill(address);
    await late.getByLabel("Password").fill(password);
    await late.getByRole("button", { name: "Log in" }).click();
    if (answer) await expect(late.getByText(answer)).toBeVisible();
    else await expect(late).toHaveURL(org.users);
  }
});

test("a change is cancelled, and both links open nothing; one that somebody has is said in its mailbox alone", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const kim = await org.seat("Kim", "member");
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  await ask(page, kim.email);
  await expect(page.getByText(`${kim.email}: has not answered yet`)).toBeVisible();
  const taken = linkIn(await letterInMailbox(operator, kim.email), "/change-address/");
  await page.goto(taken);
  await agree(page).click();
  await expect(page.getByText("There is an account with this address already")).toBeVisible();
  await look(page, "an address that somebody has");
  await page.goto("/account");
  await expect(page.getByText("has not answered yet")).toHaveCount(0);

  const to = someone("ana-two");
  await ask(page, to);
  await expect(page.getByText(`${to}: has not answered yet`)).toBeVisible();
  const link = linkIn(await letterInMailbox(operator, to), "/change-address/");
  await page.getByRole("button", { name: "Cancel the change" }).click();
  await expect(page.getByText("has not answered yet")).toHaveCount(0);
  await expect(page.getByText("Change address", { exact: true })).toBeFocused();
  await page.goto(link);
  await expect(page.getByText(dead)).toBeVisible();
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByText(org.owner.email)).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("F5 both mailboxes are asked, and agree", async ({ page, org, visitor }) => {
    const to = someone("ana-plain");
    await ask(page, to);
    await expect(page.getByText(`${to}: has not answered yet`)).toBeVisible();
    const operator = await visitor({ storageState: sessionOf("mailbox"), javaScriptEnabled: true });
    for (const mailbox of [to, org.owner.email]) {
      await page.goto(linkIn(await letterInMailbox(operator, mailbox), "/change-address/"));
      await agree(page).click();
      await expect(page).toHaveURL("/account");
    }
    await expect(page.getByRole("main").getByText(to, { exact: true })).toBeVisible();
  });
});
