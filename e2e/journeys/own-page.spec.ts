import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { letterInMailbox, linkIn } from "../letters";
import { type Person, password, someone, type TestOrganization } from "../organization";
import { sessionOf } from "../owner";
import { row } from "../screens";

const renewed = "a bridge of seven arches";

/** Another browser of the same person. */
async function elsewhere(org: TestOrganization, visitor: () => Promise<Page>, person: Person): Promise<Page> {
  const page = await visitor();
  await page.goto(`/o/${org.slug}/login`);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(`/o/${org.slug}`);
  return page;
}

async function typePasswords(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel("New password").fill(next);
  await page.getByRole("button", { name: "Change password" }).click();
}

test("F5 the own page is reached from the account menu, and a new name stands wherever the person does", async ({
  page,
  org,
  look,
}) => {
  await page.goto(org.users);
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await expect(page.getByText(org.owner.email)).toBeVisible();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();

  await page.getByLabel("Your name").fill(" ");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Tell us your name.")).toBeVisible();
  await look(page, "a name that is missing");
  await page.getByLabel("Your name").fill("Ana Duarte-Lima");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Saved. Every organization you are in shows this name.")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Ana Duarte-Lima");

  await page.getByRole("link", { name: org.name }).click();
  await expect(row(page, org.owner.email)).toContainText("Ana Duarte-Lima");
  await page.goto(`/o/${org.slug}/admin/activity`);
  await expect(page.getByText("Changed their name")).toBeVisible();
});

test("F5 a new password ends every other session and every mailed link by its next request, and keeps this session", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const other = await elsewhere(org, visitor, org.owner);
  // Whoever has read the mailbox holds a link of before.
  await other.goto("/login/mail");
  await other.getByLabel("Email").fill(org.owner.email);
  await other.getByRole("button", { name: "Mail me a link" }).click();
  const operator = await visitor({ storageState: sessionOf("mailbox") });
  const mailed = linkIn(await letterInMailbox(operator, org.owner.email), "/sign-in/");
  await page.goto("/account");
  await typePasswords(page, "not the password", renewed);
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue(renewed);
  await look(page, "a wrong password");
  await typePasswords(page, password, "short");
  await expect(page.getByText("Choose a password of at least 8 characters.")).toBeVisible();
  await typePasswords(page, password, renewed);
  await expect(page.getByText("Every other session has ended.")).toBeVisible();
  await expect(page.getByLabel("Current password")).toHaveValue("");
  await expect(page.getByRole("button", { name: "End all others" })).toHaveAttribute("aria-disabled", "true");
  await look(page, "a new password");

  await page.goto(org.users);
  await expect(page).toHaveURL(org.users);
  await other.goto(mailed);
  await expect(other.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();
  await other.goto(org.users);
  await expect(other).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await other.getByLabel("Email").fill(org.owner.email);
  await other.getByLabel("Password").fill(password);
  await other.getByRole("button", { name: "Log in" }).click();
  await expect(other.getByText("Address and password do not fit together.")).toBeVisible();
  await other.getByLabel("Password").fill(renewed);
  await other.getByRole("button", { name: "Log in" }).click();
  await expect(other).toHaveURL(org.users);
});

test("F5 a session is ended from another browser, one alone or all others, by its next request", async ({
  org,
  visitor,
  look,
}) => {
  const owner = org.owner;
  const [phone, tablet] = [await elsewhere(org, visitor, owner), await elsewhere(org, visitor, owner)];
  const page = await elsewhere(org, visitor, owner);
  await page.goto("/account");
  await expect(page.getByRole("listitem").filter({ hasText: "This one" })).toContainText("Chrome on Linux");
  const ends = page.getByRole("button", { name: "End: Chrome on Linux" });
  // The fourth is the test's own, whose browser does not say its name.
  await expect(page.getByRole("button", { name: "End: A browser" })).toHaveCount(1);
  await expect(ends).toHaveCount(2);
  // The one that was seen last stands first.
  await ends.first().click();
  const ended = page.getByRole("button", { name: "Ended: Chrome on Linux" });
  await expect(ended).toHaveCount(1);
  await expect(ended).toBeFocused();
  await look(page, "a session that was ended");
  await tablet.goto(org.users);
  await expect(tablet).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await phone.goto(org.users);
  await expect(phone).toHaveURL(org.users);

  await page.getByRole("button", { name: "End all others" }).click();
  await expect(page.getByText("You are signed in here alone.").first()).toBeVisible();
  await phone.goto(org.users);
  await expect(phone).toHaveURL(new RegExp(`/o/${org.slug}/login`));
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: /Chrome on Linux|A browser/ })).toHaveCount(1);
});

test("a tab of somebody who is signed out by now changes nothing of who is signed in", async ({
  page,
  org,
}) => {
  const other = await org.seat("Otto", "admin");
  await page.goto("/account");
  await page.getByLabel("Your name").fill("Not Otto");
  await org.signIn(page.context(), other);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Somebody else is signed in in this browser by now.")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Not Otto");
  const names = await org.sql<{ name: string }>("SELECT name FROM account WHERE email = ANY($1)", [
    [other.email, org.owner.email],
  ]);
  expect(names.map(({ name }) => name)).not.toContain("Not Otto");
});

test("D9 whoever has not confirmed their address sees so, and asks for the letter again", async ({
  org,
  visitor,
  look,
}) => {
  const guest = someone("guest");
  const page = await visitor();
  await page.goto(await org.copy(await org.invite(guest), "link"));
  await page.getByLabel("Your name").fill("Gil Guest");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByText("Address not confirmed")).toBeVisible();
  const again = page.getByRole("button", { name: "Send the letter again" });
  await again.click();
  await expect(page.getByText("Another letter was written.")).toBeVisible();

  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByText("Address not confirmed")).toBeVisible();
  // The invitation, the first letter, and the two since: the fifth is the last of today.
  for (const _ of [4, 5]) {
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await again.click();
    await answer;
    await expect(again).not.toHaveAttribute("aria-busy");
  }
  await again.click();
  await expect(page.getByText("This mailbox got its five letters of today.")).toBeVisible();
  await look(page, "no letter left today");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("F5 name, password and sessions are kept in order", async ({ org, visitor }) => {
    const [page, other] = [
      await elsewhere(org, visitor, org.owner),
      await elsewhere(org, visitor, org.owner),
    ];
    await page.getByRole("link", { name: "Your account" }).click();
    await page.getByLabel("Your name").fill("Ana Lima");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByLabel("Your name")).toHaveValue("Ana Lima");
    await page.getByRole("button", { name: "End: Chrome on Linux" }).click();
    await expect(page.getByRole("button", { name: "End: Chrome on Linux" })).toHaveCount(0);
    await other.goto(org.users);
    await expect(other).toHaveURL(new RegExp(`/o/${org.slug}/login`));

    await typePasswords(page, "not the password", renewed);
    await expect(page.getByText("This is not your current password.")).toBeVisible();
    await typePasswords(page, password, renewed);
    await expect(page.getByText("Your new password counts from now on.")).toBeVisible();
    await page.goto(org.users);
    await expect(page).toHaveURL(org.users);
  });
});
