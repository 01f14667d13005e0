import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { expect, test } from "../fixtures";
import { handOn, installations } from "../installations";
import { createTestOrganization, someone, type TestOrganization } from "../organization";
import { ownDatabaseOf } from "../own-database";
import { type Foyer, startFoyer } from "../servers";

// An installation of its own, which can lose its PostgreSQL and its reader without disturbing anybody. The others are handed
// on again.
test.describe.configure({ mode: "default", timeout: 180_000 });
// The browser's own words for an answer that could not be given.
test.use({ expectedConsole: /Failed to load resource: .* 50[03]/ });

let foyer: Foyer;
let crowded: TestOrganization;
const ends: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-restart-"));
  await chmod(folder, 0o711);
  ends.push(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, "data"));
  foyer = await startFoyer(path.join(folder, "data"), { FOYER_TRUSTED_PROXIES: "127.0.0.1,::1" });
  ends.push(foyer.stop);
  const others = installations();
  const { origin, dataFolder } = foyer;
  handOn({ ...others, mailbox: { origin, token: "", databaseUrl: await ownDatabaseOf(dataFolder) } });
  ends.push(async () => handOn(others));
  crowded = await createTestOrganization("mailbox");
  ends.push(crowded.close);
});

test.afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** Ends PostgreSQL as a restart does: everybody is thrown out, what was committed stays. Foyer starts it again. */
async function endDatabase(): Promise<void> {
  const note = path.join(foyer.dataFolder, "postgres", "data", "postmaster.pid");
  const [pid = ""] = (await readFile(note, "utf8")).split("\n");
  process.kill(Number(pid), "SIGINT");
  await expect.poll(() => isRunning(Number(pid))).toBe(false);
}

/** Holds what every command takes first, so that the next one is in its middle when the database ends. */
async function holdOrganization() {
  const client = new pg.Client(await ownDatabaseOf(foyer.dataFolder));
  // It is thrown out with everybody else.
  client.on("error", () => {});
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM organization WHERE slug = $1 FOR UPDATE", [crowded.slug]);
  return {
    waitedFor: () =>
      expect
        .poll(async () => (await client.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount)
        .toBeGreaterThan(0),
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("C9 the database is restarted in the middle: what was done stands and is said, and it goes on, nobody twice", async ({
  page,
  look,
}) => {
  const addresses = Array.from({ length: 230 }, () => someone("crowd"));
  for (let at = 0; at < 230; at += 100) await crowded.inviteAll(addresses.slice(at, at + 100));
  await crowded.signIn(page.context(), crowded.owner);
  await page.goto(`${foyer.origin}${crowded.users}/invitations`);
  const bar = page.getByRole("region", { name: "Selected invitations" });
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await bar.getByRole("button", { name: "Select all that match" }).click();
  await expect(bar.getByText("All 230 invitations that match are selected")).toBeVisible();

  let posts = 0;
  await page.route("**/admin/users/**", async (route) => {
    const isSecond = route.request().method() === "POST" && ++posts === 2;
    const held = isSecond ? await holdOrganization() : null;
    await route.continue();
    if (!held) return;
    await held.waitedFor();
    await endDatabase();
  });
  await bar.getByRole("button", { name: "Resend", exact: true }).click();
  await expect(bar.getByText("100 resent", { exact: true })).toBeVisible();
  await expect(bar.getByText("Something broke on our side.")).toBeVisible();
  await look(page, "the database restarted in the middle");

  await expect(async () => {
    await bar.getByRole("button", { name: "Go on" }).click();
    await expect(bar.getByText("230 resent", { exact: true })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  const resent = await crowded.sql<{ email: string; many: number }>(
    `SELECT to_address AS email, count(*)::int AS many FROM email_message WHERE kind = 'resent' GROUP BY 1`,
  );
  expect(resent.map(({ email }) => email).sort()).toEqual([...addresses].sort());
  expect(resent.every(({ many }) => many === 1)).toBe(true);
});

test("H1 it serves on when nobody reads its output any more, and stops when it is told to", async ({
  page,
}) => {
  foyer.leave();
  expect((await page.request.get(`${foyer.origin}/api/health`)).status()).toBe(200);
  process.kill(foyer.pid, "SIGTERM");
  await expect.poll(() => isRunning(foyer.pid), { timeout: 15_000 }).toBe(false);
});
