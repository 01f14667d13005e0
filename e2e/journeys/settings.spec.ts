import type { Page } from "@playwright/test";
import { findEmailAtProvider, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { openInviteDialog } from "../locators";
import { uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

const saveButton = (page: Page) => page.getByRole("button", { name: "Save settings" });

async function saveSettings(page: Page): Promise<void> {
  await saveButton(page).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();
}

test("G1 the settings are the defaults of new invitations and appear in emails and pages", async ({
  page,
  org,
  browser,
  visitor,
  snapshot,
}) => {
  await page.goto(`/o/${org.slug}/admin/settings`);
  await expect(page.getByLabel("Invitations expire after (days)")).toHaveValue("7");
  await expect(page.getByLabel("Resend limit")).toHaveValue("3");
  await expect(saveButton(page)).toHaveAttribute("aria-disabled", "true");
  await snapshot(page, "with default values");

  await page.getByLabel("Invitations expire after (days)").fill("14");
  await page.getByLabel("Resend limit").fill("5");
  await page.getByLabel("Default role").selectOption("Admin");
  await page.getByLabel("Manage access for organization (Read)").check();
  await page.getByLabel("Blocked domains").fill("@Gmail.com nonsense");
  await page.getByLabel("Support address").fill("help@");
  await saveButton(page).click();
  await expect(page.getByText("“nonsense” isn't a valid domain.").first()).toBeVisible();
  await snapshot(page, "with invalid values");
  await page.getByRole("button", { name: "Remove nonsense" }).click();
  await page.getByLabel("Support address").fill("help@contoso.test");
  await saveSettings(page);
  await page.reload();
  await expect(page.getByLabel("Invitations expire after (days)")).toHaveValue("14");
  await expect(page.getByText("gmail.com", { exact: true })).toBeVisible();

  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await expect(dialog.getByLabel("Role")).toHaveValue("admin");
  await expect(dialog.getByLabel("Manage access for organization (Read)")).toBeChecked();
  const guest = uniqueAddress("lea");
  await dialog.getByLabel("Email").fill(`${guest} guest@gmail.com`);
  await dialog.getByRole("button", { name: /Send/ }).click();
  await expect(dialog.getByText("Invitations to this domain aren't allowed.")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove guest@gmail.com" }).click();
  const [invitation] = await org.sql<{ id: string; days: number }>(
    `SELECT id, round(extract(epoch FROM expires_at - issued_at) / 86400)::int AS days FROM invitation WHERE email = $1`,
    [guest],
  );
  expect(invitation?.days).toBe(14);
  const joinPage = await visitor();
  await joinPage.goto(await org.copyInvitation(invitation?.id ?? "", "link"));
  await expect(joinPage.getByText("write to help@contoso.test")).toBeVisible();
  const operator = await browser.newPage({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, guest);
  expect(email.text).toContain("write to help@contoso.test");
  await operator.close();
});

test("G1 the second admin to save sees that someone else changed the settings, and their input is kept", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  const bo = await org.addMember("Bo", "admin");
  const otherPage = await visitor();
  await org.signIn(otherPage.context(), bo);
  for (const tab of [page, otherPage]) await tab.goto(`/o/${org.slug}/admin/settings`);
  await otherPage.getByLabel("Invitations expire after (days)").fill("3");
  await saveSettings(otherPage);
  await page.getByLabel("Resend limit").fill("1");
  await saveButton(page).click();
  await expect(page.locator("form [role=alert]")).toContainText("Someone else just changed this");
  await expect(page.getByLabel("Resend limit")).toHaveValue("1");
  await snapshot(page, "changed by someone else");
  expect(
    await org.sql("SELECT expiry_days AS days, resend_limit AS resends FROM organization WHERE slug = $1", [
      org.slug,
    ]),
  ).toEqual([{ days: 3, resends: 3 }]);
  await page.goto(`/o/${org.slug}/admin/activity`);
  await expect(page.getByText(`${bo.name} changed these settings: invitation expiry`)).toBeVisible();
});

test("G1 an error is brought into view when Save is far below it", async ({ page, org, snapshot }) => {
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(viewport);
    await page.goto(`/o/${org.slug}/admin/settings`);
    await page.getByLabel("Support address").fill("help@contoso.test");
    await page.getByLabel("Invitations expire after (days)").fill("99");
    await saveButton(page).click();
    await expect(page.getByLabel("Invitations expire after (days)")).toBeFocused();
    const fieldError = page.locator('[id$="-error"]', { hasText: "Enter a whole number from 1 to 30." });
    await expect(fieldError).toBeInViewport();
    await snapshot(page, "an expiry that is too long");

    await page.getByLabel("Invitations expire after (days)").fill("8");
    await expect(page.getByText("Enter a whole number from 1 to 30.")).toHaveCount(0);
    await page.context().clearCookies();
    await saveButton(page).click();
    await expect(page.getByText("Your session has ended.")).toBeInViewport();
    await expect(saveButton(page)).toBeFocused();
    for (const [label, typed] of [
      ["Invitations expire after (days)", "8"],
      ["Support address", "help@contoso.test"],
    ] as const)
      await expect(page.getByLabel(label)).toHaveValue(typed);
    // After logging in elsewhere, the same click saves.
    await org.signIn(page.context(), org.owner);
    await saveSettings(page);
    await org.sql("UPDATE organization SET expiry_days = 7, support_address = NULL WHERE slug = $1", [
      org.slug,
    ]);
  }
});

test("G3 without a provider the settings say so, and the test email stays in the mailbox", async ({
  page,
  org,
  snapshot,
}) => {
  await page.goto(`/o/${org.slug}/admin/settings`);
  await expect(page.getByText("Not set up. Emails stay in the mailbox")).toBeVisible();
  await page.getByRole("button", { name: "Send test email" }).click();
  await expect(page.getByText("Not delivered: no email provider")).toBeVisible();
  await snapshot(page, "a test email in the mailbox");
});

test.describe("with a provider", () => {
  test.use({ installation: "provider" });

  test("G3 a test email arrives from the sender that the settings show", async ({ page, org, snapshot }) => {
    await page.goto(`/o/${org.slug}/admin/settings`);
    await expect(page.getByText("Resend", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Send test email" }).click();
    await expect(page.getByText("Sent", { exact: true })).toBeVisible({ timeout: 15_000 });
    await snapshot(page, "a sent test email");
    const email = await findEmailAtProvider(org.owner.email);
    expect(email.subject).toBe(`Test email from ${org.name}`);
    expect(email.text).toContain("You sent this test from the settings");
  });
});
