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
    await expect(page.getByRole("alert")).toBeVisible();
    await look(page, "a wrong token");

    await fillIn(page, token);
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page).toHaveURL(`${origin}/o/${owner.slug}/admin/users`);
    await page.context().storageState({ path: sessionOf(name) });

    const again = await page.goto(`${origin}/setup`);
    expect(again?.status()).toBe(404);
  });
}
