import type { Page } from "@playwright/test";
import { extractLink, findEmailInMailbox } from "../emails";
import { expect, test } from "../fixtures";
import { openInviteDialog, statusBadge } from "../locators";
import { type E2EOrganization, testPassword, uniqueAddress } from "../organization";
import { ownerSessionFile } from "../owner";

type Texts = {
  language: string;
  subject: (org: E2EOrganization) => string;
  title: (org: E2EOrganization) => string;
  name: string;
  password: string;
  join: string;
  badPassword: string;
  welcome: (org: E2EOrganization) => string;
};

const LANGUAGES: Record<string, Texts> = {
  de: {
    language: "Deutsch",
    subject: (org) => `${org.owner.name} lädt Sie zu ${org.name} ein`,
    title: (org) => `${org.name} beitreten`,
    name: "Ihr Name",
    password: "Passwort",
    join: "Ihrer Organisation beitreten",
    badPassword: "Dieses Passwort ist zu leicht zu erraten. Wählen Sie ein anderes.",
    welcome: (org) => `Willkommen bei ${org.name}`,
  },
  ja: {
    language: "日本語",
    subject: (org) => `${org.owner.name} さんから ${org.name} への招待が届いています`,
    title: (org) => `${org.name} に参加`,
    name: "名前",
    password: "パスワード",
    join: "組織に参加",
    badPassword: "推測されやすいパスワードです。別のパスワードを入力してください。",
    welcome: (org) => `${org.name} へようこそ`,
  },
};

async function inviteInLanguage(page: Page, org: E2EOrganization, guest: string, language: string) {
  await page.goto(org.usersPath);
  const dialog = await openInviteDialog(page);
  await dialog.getByLabel("Email").fill(guest);
  await dialog.getByRole("combobox", { name: "Language" }).selectOption(language);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText(`${guest} invited`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
}

for (const [locale, texts] of Object.entries(LANGUAGES))
  for (const javaScriptEnabled of [true, false])
    test(`B15 D11 an invitation in ${locale} is read and accepted in that language, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
      page,
      org,
      visitor,
    }) => {
      const guest = uniqueAddress("guest");
      await inviteInLanguage(page, org, guest, texts.language);
      const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
      const email = await findEmailInMailbox(operator, guest);
      expect(email.subject).toBe(texts.subject(org));
      expect(email.html).toContain(`lang="${locale}"`);

      // The language of the invitation comes before that of the browser.
      const invitee = await visitor({ javaScriptEnabled, locale: "fr-FR" });
      await invitee.goto(extractLink(email));
      await expect(invitee.locator("html")).toHaveAttribute("lang", locale);
      await expect(invitee.getByRole("heading", { name: texts.title(org) })).toBeVisible();
      await invitee.getByLabel(texts.name).fill("Gil Guest");
      await invitee.getByLabel(texts.password).fill("12345678");
      await invitee.getByRole("button", { name: texts.join }).click();
      await expect(invitee.getByText(texts.badPassword)).toBeVisible();
      await invitee.getByLabel(texts.password).fill(testPassword);
      await invitee.getByRole("button", { name: texts.join }).click();
      await expect(invitee.getByRole("heading", { name: texts.welcome(org) })).toBeVisible();
      await expect(invitee.locator("html")).toHaveAttribute("lang", locale);

      await page.reload();
      await expect(statusBadge(page, guest)).toHaveText("Active");
    });

for (const javaScriptEnabled of [true, false])
  test(`D11 a visitor reads pages in the browser's language and chooses another one, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    org,
    visitor,
  }) => {
    const guest = await visitor({ javaScriptEnabled, locale: "es-MX" });
    await guest.goto(`/o/${org.slug}/login`);
    await expect(guest.locator("html")).toHaveAttribute("lang", "es");
    await guest.getByRole("button", { name: "Deutsch" }).click();
    await expect(guest.getByRole("heading", { name: `Bei ${org.name} anmelden` })).toBeVisible();
    await expect(guest.locator("html")).toHaveAttribute("lang", "de");
    await guest.goto("/join");
    await expect(guest.locator("html")).toHaveAttribute("lang", "de");

    // The page of an invitation is in its language, until the reader chooses another one there.
    const link = await org.copyInvitation(await org.invite(uniqueAddress("guest")), "link");
    await guest.goto(link);
    await expect(guest.getByRole("heading", { name: `Join ${org.name}` })).toBeVisible();
    await guest.getByRole("button", { name: "日本語" }).click();
    await expect(guest.getByRole("heading", { name: `${org.name} に参加` })).toBeVisible();
    await guest.getByLabel("名前").fill("Gil Guest");
    await guest.getByLabel("パスワード").fill("short");
    await guest.getByRole("button", { name: "組織に参加" }).click();
    await expect(guest.locator("html")).toHaveAttribute("lang", "ja");
    await expect(guest.getByLabel("名前")).toHaveValue("Gil Guest");
  });

test("D11 the account's language counts in every browser, and the admin stays in English", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await page.goto("/account");
  await page.getByRole("combobox", { name: "Language" }).selectOption("日本語");
  await page.getByRole("button", { name: "Save language" }).click();
  await expect(page.getByText("言語を保存しました。")).toBeVisible();
  await snapshot(page, "in Japanese");

  const other = await visitor({ locale: "fr-FR" });
  await org.signIn(other.context(), org.owner);
  await other.goto(`/o/${org.slug}`);
  await expect(other.getByRole("heading", { name: `${org.name} へようこそ` })).toBeVisible();
  await other.goto(org.usersPath);
  await expect(other.locator("html")).toHaveAttribute("lang", "en");
  await expect(other.getByRole("heading", { name: "Users" })).toBeVisible();

  await other.goto("/account");
  await other.getByRole("combobox", { name: "言語" }).selectOption("");
  await other.getByRole("button", { name: "言語を保存" }).click();
  await expect(other.getByRole("button", { name: "Enregistrer la langue" })).toBeVisible();
  await expect(other.locator("html")).toHaveAttribute("lang", "fr");
});

test("D11 an organization's language and time zone apply to its invitations, pages and exports", async ({
  page,
  org,
  visitor,
  snapshot,
}) => {
  await page.goto(`/o/${org.slug}/admin/settings`);
  await page.getByRole("combobox", { name: "Language" }).selectOption("Deutsch");
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("America/New_York");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await snapshot(page, "saved");

  const guest = uniqueAddress("guest");
  await org.invite(guest);
  const operator = await visitor({ storageState: ownerSessionFile("mailbox") });
  const email = await findEmailInMailbox(operator, guest);
  expect(email.subject).toBe(`${org.owner.name} lädt Sie zu ${org.name} ein`);
  expect(email.text).toMatch(/\d{4} um \d{2}:\d{2} GMT-[45]/);

  // A browser without a supported language gets the organization's.
  const visiting = await visitor({ locale: "it-IT" });
  await visiting.goto(`/o/${org.slug}/login`);
  await expect(visiting.locator("html")).toHaveAttribute("lang", "de");
  const exported = await (await page.request.get(`${org.usersPath}/invitations/export`)).text();
  expect(exported).toContain("Sent (America/New_York)");
  expect(exported).toMatch(/T\d{2}:\d{2}:\d{2}-0[45]:00/);
});

test("D11 a stored language that this version does not have counts as none", async ({ org, visitor }) => {
  await org.sql("UPDATE organization SET language = 'it' WHERE slug = $1", [org.slug]);
  await org.sql("UPDATE account SET language = 'nl' WHERE email = $1", [org.owner.email]);
  const address = uniqueAddress("guest");
  const link = await org.copyInvitation(await org.invite(address), "link");
  const guest = await visitor({ locale: "ja-JP" });
  await guest.context().addCookies([{ name: "locale", value: "../../en", url: org.origin }]);
  await guest.goto(link);
  await expect(guest.locator("html")).toHaveAttribute("lang", "ja");
  const unsupported = await visitor({ locale: "it-IT" });
  await unsupported.goto(link);
  await expect(unsupported.locator("html")).toHaveAttribute("lang", "en");
  const owner = await visitor({ locale: "de-DE" });
  await org.signIn(owner.context(), org.owner);
  await owner.goto("/account");
  await expect(owner.locator("html")).toHaveAttribute("lang", "de");
});

test("D11 names in another script are isolated, so that they do not reorder the sentence", async ({
  org,
  visitor,
  snapshot,
}) => {
  const name = "ארגון (ABC) 123";
  await org.sql("UPDATE organization SET name = $1 WHERE slug = $2", [name, org.slug]);
  await org.sql("UPDATE member SET name = 'عمر حداد' WHERE email = $1", [org.owner.email]);
  const link = await org.copyInvitation(await org.invite(uniqueAddress("guest")), "link");
  const guest = await visitor();
  await guest.goto(link);
  await expect(guest.locator("bdi", { hasText: name })).toHaveCount(1);
  await expect(guest.locator("bdi", { hasText: "عمر حداد" }).first()).toBeVisible();
  await snapshot(guest, "with a name from right to left");
});

test.describe(() => {
  // A time zone in which it is another day than in UTC.
  const timezoneId = new Date().getUTCHours() >= 11 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago";
  test.use({ timezoneId });

  test("U2 times on screen and the days of Activity are those of the browser's time zone", async ({
    page,
    org,
  }) => {
    const guest = uniqueAddress("guest");
    await org.invite(guest);
    // The first page tells the server the time zone of the browser.
    await page.goto(org.usersPath);
    await expect
      .poll(async () => (await page.context().cookies()).find(({ name }) => name === "time-zone")?.value)
      .toBe(timezoneId);
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: timezoneId }).format();
    await page.goto(`/o/${org.slug}/admin/activity?from=${today}&to=${today}`);
    await expect(page.getByText(`invited ${guest}`)).toBeVisible();
    await expect(page.getByLabel(/^From \(GMT[+-]1[14]\)$/)).toHaveValue(today);
    await expect(page.locator("time").first().locator("xpath=..")).toHaveAttribute("title", /GMT[+-]1[14]$/);
    const utcDay = new Date().toISOString().slice(0, 10);
    await page.goto(`/o/${org.slug}/admin/activity?from=${utcDay}&to=${utcDay}`);
    await expect(page.getByText("No matching activity")).toBeVisible();
  });
});
