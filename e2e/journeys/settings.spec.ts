import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { letterAtProvider, letterInMailbox } from "../letters";
import { someone } from "../organization";
import { sessionOf } from "../owner";
import { openInvite } from "../screens";

const save = (page: Page) => page.getByRole("button", { name: "Save settings" });

async function saved(page: Page): Promise<void> {
  await save(page).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();
}

test("G1 what is set is what inviting begins with, and what letters and pages say", async ({
  page,
  org,
  browser,
  visitor,
  look,
}) => {
  await page.goto(`/o/${org.slug}/admin/settings`);
  await expect(page.getByLabel("Expiry in days")).toHaveValue("7");
  await expect(page.getByLabel("Resend limit")).toHaveValue("3");
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");
  await look(page, "as they are at first");

  await page.getByLabel("Expiry in days").fill("14");
  await page.getByLabel("Resend limit").fill("5");
  await page.getByLabel("Default role").selectOption("Admin");
  await page.getByLabel("Manage access for organization (Read)").check();
  await page.getByLabel("Refused domains").fill("@Gmail.com nonsense");
  await page.getByLabel("Support address").fill("help@");
  await save(page).click();
  await expect(page.getByText("“nonsense” is no mail domain.").first()).toBeVisible();
  await look(page, "with what cannot be saved");
  await page.getByRole("button", { name: "Remove nonsense" }).click();
  await page.getByLabel("Support address").fill("help@contoso.test");
  await saved(page);
  await page.reload();
  await expect(page.getByLabel("Expiry in days")).toHaveValue("14");
  await expect(page.getByText("gmail.com", { exact: true })).toBeVisible();

  await page.goto(org.users);
  const dialog = await openInvite(page);
  await expect(dialog.getByLabel("Role")).toHaveValue("admin");
  await expect(dialog.getByLabel("Manage access for organization (Read)")).toBeChecked();
  const guest = someone("lea");
  await dialog.getByLabel("Email").fill(`${guest} somebody@gmail.com`);
  await dialog.getByRole("button", { name: /Send/ }).click();
  await expect(dialog.getByText("does not invite addresses of this domain")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove somebody@gmail.com" }).click();
  const [invitation] = await org.sql<{ id: string; days: number }>(
    `SELECT id, round(extract(epoch FROM expires_at - issued_at) / 86400)::int AS days FROM invitation WHERE email = $1`,
    [guest],
  );
  expect(invitation?.days).toBe(14);
  const joining = await visitor();
  await joining.goto(await org.copy(invitation?.id ?? "", "link"));
  await expect(joining.getByText("write to help@contoso.test")).toBeVisible();
  const operator = await browser.newPage({ storageState: sessionOf("mailbox") });
  const letter = await letterInMailbox(operator, guest);
  expect(letter.text).toContain("Write to help@contoso.test");
  await operator.close();
});

test("G1 whoever saves second is told that somebody else changed the settings, and nothing of theirs is lost", async ({
  page,
  org,
  visitor,
  look,
}) => {
  const bo = await org.seat("Bo", "admin");
  const theirs = await visitor();
  await org.signIn(theirs.context(), bo);
  for (const one of [page, theirs]) await one.goto(`/o/${org.slug}/admin/settings`);
  await theirs.getByLabel("Expiry in days").fill("3");
  await saved(theirs);
  await page.getByLabel("Resend limit").fill("1");
  await save(page).click();
  await expect(page.locator("form [role=alert]")).toContainText("Somebody else changed these settings");
  await expect(page.getByLabel("Resend limit")).toHaveValue("1");
  await look(page, "changed by somebody else");
  expect(
    await org.sql("SELECT expiry_days AS days, resend_limit AS resends FROM organization WHERE slug = $1", [
      org.slug,
    ]),
  ).toEqual([{ days: 3, resends: 3 }]);
  await page.goto(`/o/${org.slug}/admin/activity`);
  await expect(page.getByText("Settings changed: expiry")).toBeVisible();
});

test("G1 whatever is refused is brought to whoever pressed Save far below it", async ({
  page,
  org,
  look,
}) => {
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(viewport);
    await page.goto(`/o/${org.slug}/admin/settings`);
    await page.getByLabel("Support address").fill("help@contoso.test");
    await page.getByLabel("Expiry in days").fill("99");
    await save(page).click();
    await expect(page.getByLabel("Expiry in days")).toBeFocused();
    await expect(
      page.locator(".field-error", { hasText: "Give a whole number from 1 to 30." }),
    ).toBeInViewport();
    await look(page, "a term that is too long");

    await page.getByLabel("Expiry in days").fill("8");
    await page.context().clearCookies();
    await save(page).click();
    await expect(page.getByText("Your session has ended.")).toBeInViewport();
    await expect(save(page)).toBeFocused();
    for (const [label, typed] of [
      ["Expiry in days", "8"],
      ["Support address", "help@contoso.test"],
    ] as const)
      await expect(page.getByLabel(label)).toHaveValue(typed);
    // Logged in again elsewhere, the same press saves.
    await org.signIn(page.context(), org.owner);
    await saved(page);
    await org.sql("UPDATE organization SET expiry_days = 7, support_address = NULL WHERE slug = $1", [
      org.slug,
    ]);
  }
});

test("G3 without a provider the settings say so, and where the test email lies", async ({
  page,
  org,
  look,
}) => {
  await page.goto(`/o/${org.slug}/admin/settings`);
  await expect(page.getByText("None. Letters stay in the mailbox")).toBeVisible();
  await page.getByRole("button", { name: "Send test email" }).click();
  await expect(page.getByText("Not delivered: no email provider")).toBeVisible();
  await look(page, "a test email that stayed");
});

test.describe("with a provider", () => {
  test.use({ installation: "provider" });

  test("G3 a test email arrives, from the sender that the settings name", async ({ page, org }) => {
    await page.goto(`/o/${org.slug}/admin/settings`);
    await expect(page.getByText("Resend", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Send test email" }).click();
    await expect(page.getByText("Sent", { exact: true })).toBeVisible({ timeout: 15_000 });
    const letter = await letterAtProvider(org.owner.email);
    expect(letter.subject).toBe(`Test email from ${org.name}`);
    expect(letter.text).toContain("You pressed Send test email");
  });
});
