import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startDatabase } from "@/lib/postgres/embedded";
import { layWay, type Way } from "../cut";
import { expect, test } from "../fixtures";
import { type Foyer, startFoyer } from "../servers";

// An installation of their own, started with the demo, on a database that can be cut off: one for the file.
test.describe.configure({ mode: "default", timeout: 120_000 });

let foyer: Foyer;
let way: Way;
const ends: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-first-"));
  await chmod(folder, 0o711);
  ends.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["data", "database"]) await mkdir(path.join(folder, name));
  const database = await startDatabase(path.join(folder, "database"));
  ends.push(database.stop);
  way = await layWay(database.url);
  ends.push(way.close);
  const variables = { DATABASE_URL: way.url, FOYER_TRUSTED_PROXIES: "127.0.0.1,::1" };
  foyer = await startFoyer(path.join(folder, "data"), variables, ["--demo"]);
  ends.push(foyer.stop);
});

test.afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test.describe("with the database cut off", () => {
  // The browser's and React's own words for a page that could not be made.
  test.use({ expectedConsole: /Failed to load resource: .* 50[03]|React error #441/ });

  test("a database that does not answer is said in a sentence, and everything goes on when it is back", async ({
    page,
    look,
  }) => {
    await page.goto(`${foyer.origin}/join`);
    try {
      way.cut();
      await page.getByLabel("Invitation code").fill("7KQF9-M2XTR-V4B8C-N3HJW");
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(
        page.getByText("Something broke on our side. Nothing was changed; try again."),
      ).toBeVisible();
      await expect(page.getByLabel("Invitation code")).toHaveValue("7KQF9-M2XTR-V4B8C-N3HJW");
      await page.goto(`${foyer.origin}/setup`);
      await expect(page.getByRole("heading", { name: "Something broke on our side" })).toBeVisible();
      await expect(page.getByText("Nothing was changed. Try again in a moment.")).toBeVisible();
      expect((await page.request.get(`${foyer.origin}/api/health`)).status()).toBe(503);
      await look(page, "the database away");
    } finally {
      way.mend();
    }
    await expect(async () => {
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("heading", { name: "Set up Foyer" })).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    expect((await page.request.get(`${foyer.origin}/api/health`)).status()).toBe(200);
  });
});

test("H3 the demo's sign-in link works once, every status is on screen, and the operator removes it in one press", async ({
  page,
  visitor,
  look,
}) => {
  const link = /https?:\/\/\S+\/sign-in\/\S+/.exec(foyer.output())?.[0] ?? "";
  const late = await visitor();
  await late.goto(link);
  await page.goto(link);
  await expect(page.getByText("This link works once.")).toBeVisible();
  await look(page, "alive");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(`${foyer.origin}/o/northwind/admin/users`);

  await late.getByRole("button", { name: "Log in" }).click();
  await expect(late.getByText("This link was used already, has ended, or never existed.")).toBeVisible();
  await look(late, "pressed too late");
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();

  const words = (list: string[]) =>
    list.map((word) => page.locator(".badge", { hasText: new RegExp(`^${word}$`) }));
  for (const word of words(["Active", "Invited", "Invitation expired", "Blocked"]))
    await expect(word.first()).toBeVisible();
  await expect(page.getByText("Address not confirmed")).toBeVisible();
  await look(page, "the demo");
  await page
    .getByRole("link", { name: /^Invitations/ })
    .first()
    .click();
  for (const word of words(["Pending", "Invitation expired", "Bounced"]))
    await expect(word.first()).toBeVisible();
  await look(page, "the demo");

  await expect(page.getByText("The demo organization Northwind is loaded")).toBeVisible();
  await page.getByRole("button", { name: "Remove demo" }).click();
  // The demo's people are gone with it, whoever was signed in as one of them too.
  await expect(page).toHaveURL(`${foyer.origin}/setup`);
  expect((await page.goto(`${foyer.origin}/o/northwind/login`))?.status()).toBe(404);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("D8 without JavaScript the setup page makes the Owner, also after a mistake", async ({ page }) => {
    await page.goto(`${foyer.origin}/setup`);
    const fill = async (token: string) => {
      await page.getByLabel("Setup token").fill(token);
      await page.getByLabel("Your name").fill("Ada Keeper");
      await page.getByLabel("Your email").fill("ada@people.test");
      await page.getByLabel("Password", { exact: true }).fill("a long walk by the sea");
      await page.getByLabel("Organization").fill("Northgate");
      await page.getByLabel("Its address").fill("northgate");
      await page.getByRole("button", { name: "Set up" }).click();
    };
    await fill("00000000-00000000-00000000-00000000");
    await expect(page.getByText("This is not the setup token.")).toBeVisible();
    await expect(page.getByLabel("Your name")).toHaveValue("Ada Keeper");
    await expect(page.getByLabel("Your email")).toHaveValue("ada@people.test");
    await expect(page.getByLabel("Organization")).toHaveValue("Northgate");
    await expect(page.getByLabel("Its address")).toHaveValue("northgate");
    await fill(foyer.token() ?? "");
    await expect(page).toHaveURL(`${foyer.origin}/o/northgate/admin/users`);
    expect((await page.goto(`${foyer.origin}/setup`))?.status()).toBe(404);
  });
});
