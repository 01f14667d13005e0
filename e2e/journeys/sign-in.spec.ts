import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { type TestUser, testPassword } from "../organization";

async function logIn(page: Page, person: TestUser, typedPassword = testPassword): Promise<void> {
  // The form ignores submissions while an earlier one is in progress.
  await expect(page.getByRole("button", { name: "Log in" })).not.toHaveAttribute("aria-busy");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(typedPassword);
  await page.getByRole("button", { name: "Log in" }).click();
}

test("a wrong password is reported in the form, which keeps the input", async ({
  org,
  visitor,
  snapshot,
}) => {
  const page = await visitor();
  await page.goto("/login");
  await logIn(page, org.owner, "not the password");
  const refusal = page.getByRole("alert").filter({ hasText: "Incorrect email or password." });
  await expect(refusal).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(org.owner.email);
  await expect(page.getByLabel("Password")).toHaveValue("not the password");
  await snapshot(page, "a wrong password");
  // An unknown address gets the same response.
  const response = page.waitForResponse((response) => response.request().method() === "POST");
  await logIn(page, { name: "Unknown", email: "unknown@people.test" });
  await response;
  await expect(page.getByLabel("Email")).toHaveValue("unknown@people.test");
  await expect(refusal).toBeVisible();
  await logIn(page, org.owner);
  await expect(page).toHaveURL(org.usersPath);
});

test("logging out ends the session in every tab, and a deleted session ends at its next request", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(org.usersPath);
  const tab = await page.context().newPage();
  await tab.goto(`${org.usersPath}/invitations`);
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await snapshot(page, "the account menu");
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL("/login");
  await tab.reload();
  await expect(tab).toHaveURL(new RegExp(`/o/${org.slug}/login\\?callbackUrl=`));

  await logIn(tab, org.owner);
  await expect(tab).toHaveURL(`${org.usersPath}/invitations`);
  await org.sql("DELETE FROM session s USING account a WHERE a.id = s.account_id AND a.email = $1", [
    org.owner.email,
  ]);
  await tab
    .getByRole("navigation", { name: "User lists" })
    .getByRole("link", { name: /^Users/ })
    .click();
  await expect(tab).toHaveURL(new RegExp(`/o/${org.slug}/login\\?callbackUrl=`));
});

test("a return path stays on the site, however it is disguised", async ({ org, visitor }) => {
  const disguises = [
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test",
    "/\t/evil.test",
    "https:evil.test",
    "javascript:alert(1)",
    `${org.origin}@evil.test/`,
  ];
  for (const disguise of disguises) {
    const page = await visitor();
    await page.goto(`/login?callbackUrl=${encodeURIComponent(disguise)}`);
    await logIn(page, org.owner);
    await expect(page, disguise).toHaveURL(org.usersPath);
    await page.goto(`/login?callbackUrl=${encodeURIComponent(disguise)}`);
    await expect(page, `${disguise}, signed in`).toHaveURL(org.usersPath);
  }
  const page = await visitor();
  await page.goto(`/login?callbackUrl=${encodeURIComponent(`${org.usersPath}/requests`)}`);
  await logIn(page, org.owner);
  await expect(page).toHaveURL(`${org.usersPath}/requests`);
});

test("after ten wrong passwords this client must wait, but no other client", async ({
  org,
  visitor,
  snapshot,
}) => {
  const [attackerPage, other] = [await visitor(), await visitor()];
  const colleague = await org.addMember("Cora", "admin");
  await attackerPage.goto("/login");
  const refusal = (text: string) => attackerPage.getByRole("alert").filter({ hasText: text });
  // Each attempt uses a different address, so that the client's limit applies and not an account's.
  for (let guess = 1; guess <= 10; guess++) {
    const response = attackerPage.waitForResponse((response) => response.request().method() === "POST");
    await logIn(
      attackerPage,
      { name: "Unknown", email: `unknown-${guess}@${org.slug}.test` },
      "not the password",
    );
    await response;
    await expect(refusal("Incorrect email or password.")).toBeVisible();
  }
  await logIn(attackerPage, colleague);
  await expect(refusal("Too many attempts. Try again in 1")).toBeVisible();
  await snapshot(attackerPage, "too many attempts");
  await other.goto("/login");
  await logIn(other, colleague);
  await expect(other).toHaveURL(org.usersPath);
});

test("a user of one organization finds nothing under another organization's path", async ({ page, org }) => {
  const otherOrganizations = await org.sql<{ slug: string }>(
    "SELECT slug FROM organization WHERE slug <> $1 LIMIT 1",
    [org.slug],
  );
  const response = await page.goto(`/o/${otherOrganizations[0]?.slug}/admin/users`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});
