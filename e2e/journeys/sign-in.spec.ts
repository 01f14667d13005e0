import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { type Person, password } from "../organization";

async function logIn(page: Page, person: Person, typed = password): Promise<void> {
  // While an earlier try is on its way the form takes no other.
  await expect(page.getByRole("button", { name: "Log in" })).not.toHaveAttribute("aria-busy");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(typed);
  await page.getByRole("button", { name: "Log in" }).click();
}

test("a wrong password is answered where the person looks, and nothing typed is lost", async ({
  org,
  visitor,
  look,
}) => {
  const page = await visitor();
  await page.goto("/login");
  await logIn(page, org.owner, "not the password");
  const refusal = page.getByRole("alert").filter({ hasText: "Address and password do not fit together." });
  await expect(refusal).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(org.owner.email);
  await expect(page.getByLabel("Password")).toHaveValue("not the password");
  await look(page, "a wrong password");
  // An unknown address gets the same answer.
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await logIn(page, { name: "Nobody", email: "nobody@people.test" });
  await answered;
  await expect(page.getByLabel("Email")).toHaveValue("nobody@people.test");
  await expect(refusal).toBeVisible();
  await logIn(page, org.owner);
  await expect(page).toHaveURL(org.users);
});

test("signing out ends the session for every tab, and a session whose row is gone ends with the next request", async ({
  page,
  org,
  look,
}) => {
  await page.goto(org.users);
  const tab = await page.context().newPage();
  await tab.goto(`${org.users}/invitations`);
  await page.getByRole("button", { name: `Account: ${org.owner.name}` }).click();
  await look(page, "the account menu");
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL("/login");
  await tab.reload();
  await expect(tab).toHaveURL(new RegExp(`/o/${org.slug}/login\\?callbackUrl=`));

  await logIn(tab, org.owner);
  await expect(tab).toHaveURL(`${org.users}/invitations`);
  await org.sql("DELETE FROM session s USING account a WHERE a.id = s.account_id AND a.email = $1", [
    org.owner.email,
  ]);
  await tab
    .getByRole("navigation", { name: "Users sections" })
    .getByRole("link", { name: /^Users/ })
    .click();
  await expect(tab).toHaveURL(new RegExp(`/o/${org.slug}/login\\?callbackUrl=`));
});

test("a return address stays on the site, whatever its disguise", async ({ org, visitor }) => {
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
    await expect(page, disguise).toHaveURL(org.users);
    await page.goto(`/login?callbackUrl=${encodeURIComponent(disguise)}`);
    await expect(page, `${disguise}, signed in`).toHaveURL(org.users);
  }
  const page = await visitor();
  await page.goto(`/login?callbackUrl=${encodeURIComponent(`${org.users}/requests`)}`);
  await logIn(page, org.owner);
  await expect(page).toHaveURL(`${org.users}/requests`);
});

test("ten wrong passwords are followed by a pause for this client, and for nobody else", async ({
  org,
  visitor,
  look,
}) => {
  const [guesser, other] = [await visitor(), await visitor()];
  const colleague = await org.seat("Cora", "admin");
  await guesser.goto("/login");
  const refusal = (words: string) => guesser.getByRole("alert").filter({ hasText: words });
  // Each guess another address, so that the pause is the client's and no account is shut.
  for (let guess = 1; guess <= 10; guess++) {
    const answer = guesser.waitForResponse((response) => response.request().method() === "POST");
    await logIn(guesser, { name: "Nobody", email: `nobody-${guess}@${org.slug}.test` }, "not the password");
    await answer;
    await expect(refusal("Address and password do not fit together.")).toBeVisible();
  }
  await logIn(guesser, colleague);
  await expect(refusal("Too many tries. Come back in 1")).toBeVisible();
  await look(guesser, "too many tries");
  await other.goto("/login");
  await logIn(other, colleague);
  await expect(other).toHaveURL(org.users);
});

test("a person of one organization finds nothing at another one's address", async ({ page, org }) => {
  const elsewhere = await org.sql<{ slug: string }>(
    "SELECT slug FROM organization WHERE slug <> $1 LIMIT 1",
    [org.slug],
  );
  const answer = await page.goto(`/o/${elsewhere[0]?.slug}/admin/users`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
});
