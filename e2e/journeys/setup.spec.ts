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
    await expect(page.getByText("This is not the setup token.")).toBeVisible();
    // At its field, which is where one stands now.
    await expect(page.getByLabel("Setup token")).toBeFocused();
    await expect(page.getByLabel("Setup token")).toHaveAttribute("aria-invalid", "true");
    await look(page, "a wrong token");
    // Everything that was typed is still there.
    await expect(page.getByLabel("Setup token")).toHaveValue("00000000-00000000-00000000-00000000");
    await expect(page.getByLabel("Your name")).toHaveValue(owner.name);
    await expect(page.getByLabel("Your email")).toHaveValue(owner.email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(owner.password);
    await expect(page.getByLabel("Organization")).toHaveValue(owner.organization);
    await expect(page.getByLabel("Its address")).toHaveValue(owner.slug);

    // Pasted with what a terminal leaves around it, and kept while something else is mended.
    await page.getByLabel("Setup token").fill(`  ${token.toUpperCase()} `);
    await page.getByLabel("Its address").fill("North Gate");
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page.getByText("Use 2 to 40 small letters, digits and dashes")).toBeVisible();
    await page.getByLabel("Its address").fill(owner.slug);
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page).toHaveURL(`${origin}/o/${owner.slug}/admin/users`);
    await page.context().storageState({ path: sessionOf(name) });
    // What to do next, for as long as nobody else is here.
    await expect(page.getByRole("heading", { name: "Nobody else is here yet" })).toBeVisible();
    await expect(page.getByText("No email provider is set")).toHaveCount(name === "mailbox" ? 1 : 0);

    const again = await page.goto(`${origin}/setup`);
    expect(again?.status()).toBe(404);
  });
}
