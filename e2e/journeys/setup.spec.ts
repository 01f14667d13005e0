import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { installations } from "../installations";
import { owner, sessionOf } from "../owner";

async function fillIn(page: Page, token: string) {
  await page.getByLabel("Setup token").fill(token);
  await page.getByLabel("Your name").fill(owner.name);
  await page.getByLabel("Your email").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByLabel("Organization").fill(owner.organization);
  await page.getByLabel("Its address").fill(owner.slug);
}

for (const name of ["mailbox", "provider"] as const) {
  test(`H1 the token of the log makes the first Owner, and afterwards setup is not found (${name})`, async ({
    page,
    look,
  }) => {
    const { origin, token } = installations()[name];
    await page.goto(origin);
    await expect(page).toHaveURL(`${origin}/setup`);
    await look(page, "empty");

    await fillIn(page, "00000000-00000000-00000000-00000000");
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "This is not the setup token." })).toBeVisible();
    await look(page, "a wrong token");
    // Everything else that was typed is still there.
    await expect(page.getByLabel("Your name")).toHaveValue(owner.name);
    await expect(page.getByLabel("Your email")).toHaveValue(owner.email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(owner.password);
    await expect(page.getByLabel("Organization")).toHaveValue(owner.organization);
    await expect(page.getByLabel("Its address")).toHaveValue(owner.slug);

    // Pasted with what a terminal leaves around it.
    await page.getByLabel("Setup token").fill(`  ${token.toUpperCase()} `);
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page).toHaveURL(`${origin}/o/${owner.slug}/admin/users`);
    await page.context().storageState({ path: sessionOf(name) });

    const again = await page.goto(`${origin}/setup`);
    expect(again?.status()).toBe(404);
  });
}
