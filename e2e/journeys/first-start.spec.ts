import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";
import { type DatabaseProxy, startDatabaseProxy } from "../db-proxy";
import { expect, test } from "../fixtures";
import { type FoyerProcess, startFoyer } from "../servers";

// One installation for the file, started with the demo, on a database that the test can disconnect.
test.describe.configure({ mode: "default", timeout: 120_000 });

let foyer: FoyerProcess;
let proxy: DatabaseProxy;
const cleanups: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-first-"));
  await chmod(folder, 0o711);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["data", "database"]) await mkdir(path.join(folder, name));
  const database = await startEmbeddedDatabase(path.join(folder, "database"));
  cleanups.push(database.stop);
  proxy = await startDatabaseProxy(database.url);
  cleanups.push(proxy.close);
  const variables = { DATABASE_URL: proxy.url, FOYER_TRUSTED_PROXIES: "127.0.0.1,::1" };
  foyer = await startFoyer(path.join(folder, "data"), variables, ["--demo"]);
  cleanups.push(foyer.stop);
});

test.afterAll(async () => {
  for (const cleanUp of cleanups.reverse()) await cleanUp();
});

test.describe("with the database cut off", () => {
  // Messages of the browser and React for a page that could not be rendered.
  test.use({ expectedConsole: /Failed to load resource: .* 50[03]|React error #441/ });

  test("an unavailable database is reported in one sentence, and everything works again when it is back", async ({
    page,
    snapshot,
  }) => {
    await page.goto(`${foyer.origin}/join`);
    try {
      proxy.disconnect();
      await page.getByLabel("Invitation code").fill("7KQF9-M2XTR-V4B8C-N3HJW");
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page.getByText("Something went wrong. Nothing was changed. Try again.")).toBeVisible();
      await expect(page.getByLabel("Invitation code")).toHaveValue("7KQF9-M2XTR-V4B8C-N3HJW");
      await page.goto(`${foyer.origin}/setup`);
      await expect(page.getByRole("heading", { name: "Something went wrong" })).toBeVisible();
      await expect(page.getByText("This page couldn't be loaded. Try again.")).toBeVisible();
      expect((await page.request.get(`${foyer.origin}/api/health`)).status()).toBe(503);
      await snapshot(page, "without a database");
    } finally {
      proxy.reconnect();
    }
    await expect(async () => {
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("heading", { name: "Set up Foyer" })).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    expect((await page.request.get(`${foyer.origin}/api/health`)).status()).toBe(200);
  });
});

test("H3 the demo's login link works once, every status is on screen, and the operator removes the demo in one click", async ({
  page,
  visitor,
  snapshot,
}) => {
  const link = /https?:\/\/\S+\/sign-in\/\S+/.exec(foyer.output())?.[0] ?? "";
  const second = await visitor();
  await second.goto(link);
  await page.goto(link);
  await expect(page.getByText("This link works once.")).toBeVisible();
  await snapshot(page, "a valid login link");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(`${foyer.origin}/o/northwind/admin/users`);

  await second.getByRole("button", { name: "Log in" }).click();
  await expect(second.getByText("This link has expired or was already used.")).toBeVisible();
  await snapshot(second, "a used login link");
  await second.goto(link);
  await expect(second.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();

  const badges = (labels: string[]) =>
    labels.map((label) => page.locator('[data-slot="badge"]', { hasText: new RegExp(`^${label}$`) }));
  for (const badge of badges(["Active", "Invited", "Invitation expired", "Blocked"]))
    await expect(badge.first()).toBeVisible();
  await expect(page.getByText("Address not confirmed")).toBeVisible();
  await snapshot(page, "the demo");
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  for (const badge of badges(["Pending", "Invitation expired", "Bounced"]))
    await expect(badge.first()).toBeVisible();
  await snapshot(page, "the demo");

  await expect(page.getByText("The demo organization Northwind is loaded")).toBeVisible();
  await page.getByRole("button", { name: "Remove demo" }).click();
  // Removing the demo deletes its users, and with them the session of this page.
  await expect(page).toHaveURL(`${foyer.origin}/setup`);
  expect((await page.goto(`${foyer.origin}/o/northwind/login`))?.status()).toBe(404);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("D8 without JavaScript the setup page creates the Owner, even after an error", async ({ page }) => {
    await page.goto(`${foyer.origin}/setup`);
    const fill = async (token: string) => {
      await page.getByLabel("Setup token").fill(token);
      await page.getByLabel("Your name").fill("Ada Keeper");
      await page.getByLabel("Your email").fill("ada@people.test");
      await page.getByLabel("Password", { exact: true }).fill("a long walk by the sea");
      await page.getByLabel("Organization name").fill("Northgate");
      await page.getByLabel("URL", { exact: true }).fill("northgate");
      await page.getByRole("button", { name: "Set up" }).click();
    };
    await fill("00000000-00000000-00000000-00000000");
    await expect(page.getByText("That setup token isn't right.")).toBeVisible();
    await expect(page.getByLabel("Your name")).toHaveValue("Ada Keeper");
    await expect(page.getByLabel("Your email")).toHaveValue("ada@people.test");
    await expect(page.getByLabel("Organization name")).toHaveValue("Northgate");
    await expect(page.getByLabel("URL", { exact: true })).toHaveValue("northgate");
    await fill(foyer.setupToken() ?? "");
    await expect(page).toHaveURL(`${foyer.origin}/o/northgate/admin/users`);
    expect((await page.goto(`${foyer.origin}/setup`))?.status()).toBe(404);
  });
});
