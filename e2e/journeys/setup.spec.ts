import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { getInstallations } from "../installations";
import { firstOwner, ownerSessionFile } from "../owner";

async function fillForm(page: Page, token: string) {
  await page.getByLabel("Setup token").fill(token);
  await page.getByLabel("Your name").fill(firstOwner.name);
  await page.getByLabel("Your email").fill(firstOwner.email);
  await page.getByLabel("Password", { exact: true }).fill(firstOwner.password);
  await page.getByLabel("Organization name").fill(firstOwner.organization);
  await page.getByLabel("URL", { exact: true }).fill(firstOwner.slug);
}

for (const name of ["mailbox", "provider"] as const) {
  test(`H1 the setup token from the log creates the first Owner, and afterwards the setup page is not found (${name})`, async ({
    page,
    snapshot,
  }) => {
    const { origin, token } = getInstallations()[name];
    await page.goto(origin);
    await expect(page).toHaveURL(`${origin}/setup`);
    await snapshot(page, "empty");

    await fillForm(page, "00000000-00000000-00000000-00000000");
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page.getByText("That setup token isn't right.")).toBeVisible();
    // The error is at its field, which has the focus.
    await expect(page.getByLabel("Setup token")).toBeFocused();
    await expect(page.getByLabel("Setup token")).toHaveAttribute("aria-invalid", "true");
    await snapshot(page, "a wrong token");
    // The input is kept.
    await expect(page.getByLabel("Setup token")).toHaveValue("00000000-00000000-00000000-00000000");
    await expect(page.getByLabel("Your name")).toHaveValue(firstOwner.name);
    await expect(page.getByLabel("Your email")).toHaveValue(firstOwner.email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(firstOwner.password);
    await expect(page.getByLabel("Organization name")).toHaveValue(firstOwner.organization);
    await expect(page.getByLabel("URL", { exact: true })).toHaveValue(firstOwner.slug);

    // A token may be pasted with spaces around it, and it is kept while another field is corrected.
    await page.getByLabel("Setup token").fill(`  ${token.toUpperCase()} `);
    await page.getByLabel("URL", { exact: true }).fill("North Gate");
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page.getByText("Use 2–40 lowercase letters, numbers and hyphens")).toBeVisible();
    await page.getByLabel("URL", { exact: true }).fill(firstOwner.slug);
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page).toHaveURL(`${origin}/o/${firstOwner.slug}/admin/users`);
    await page.context().storageState({ path: ownerSessionFile(name) });
    // The next step is shown while the Owner is the only user.
    await expect(page.getByRole("heading", { name: "Invite your first teammates" })).toBeVisible();
    await expect(page.getByText("Email isn't set up yet")).toHaveCount(name === "mailbox" ? 1 : 0);

    const response = await page.goto(`${origin}/setup`);
    expect(response?.status()).toBe(404);
  });
}
