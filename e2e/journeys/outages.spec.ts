import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { embeddedDatabaseUrl } from "../embedded-database";
import { expect, test } from "../fixtures";
import { getInstallations, setInstallations } from "../installations";
import { createE2EOrganization, type E2EOrganization, uniqueAddress } from "../organization";
import { type FoyerProcess, startFoyer } from "../servers";

// A separate installation, whose PostgreSQL and output can be stopped without affecting other tests. The shared
// installations are restored at the end.
test.describe.configure({ mode: "default", timeout: 180_000 });
// The browser's messages for requests that got no response.
test.use({ expectedConsole: /Failed to load resource: .* 50[03]/ });

let foyer: FoyerProcess;
let crowded: E2EOrganization;
const cleanups: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-restart-"));
  await chmod(folder, 0o711);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, "data"));
  foyer = await startFoyer(path.join(folder, "data"), { FOYER_TRUSTED_PROXIES: "127.0.0.1,::1" });
  cleanups.push(foyer.stop);
  const others = getInstallations();
  const { origin, dataFolder } = foyer;
  setInstallations({
    ...others,
    mailbox: { origin, token: "", databaseUrl: await embeddedDatabaseUrl(dataFolder) },
  });
  cleanups.push(async () => setInstallations(others));
  crowded = await createE2EOrganization("mailbox");
  cleanups.push(crowded.close);
});

test.afterAll(async () => {
  for (const cleanUp of cleanups.reverse()) await cleanUp();
});

/** Stops PostgreSQL as a restart does: connections are closed, committed data is kept. Foyer starts it again. */
async function stopDatabase(): Promise<void> {
  const pidFile = path.join(foyer.dataFolder, "postgres", "data", "postmaster.pid");
  const [pid = ""] = (await readFile(pidFile, "utf8")).split("\n");
  process.kill(Number(pid), "SIGINT");
  await expect.poll(() => isRunning(Number(pid))).toBe(false);
}

/** Locks the organization row, which every command locks first, so that the next one waits when the database stops. */
async function lockOrganizationRow() {
  const client = new pg.Client(await embeddedDatabaseUrl(foyer.dataFolder));
  // The database closes this connection too.
  client.on("error", () => {});
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM organization WHERE slug = $1 FOR UPDATE", [crowded.slug]);
  return {
    waitForBlockedQuery: () =>
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

test("C9 the database restarts midway: completed work is kept and reported, and Continue sends the rest, no email twice", async ({
  page,
  snapshot,
}) => {
  const addresses = Array.from({ length: 230 }, () => uniqueAddress("crowd"));
  for (let at = 0; at < 230; at += 100) await crowded.inviteMany(addresses.slice(at, at + 100));
  await crowded.signIn(page.context(), crowded.owner);
  await page.goto(`${foyer.origin}${crowded.usersPath}/invitations`);
  const bar = page.getByRole("region", { name: "Selected invitations" });
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await bar.getByRole("button", { name: "Select all matching" }).click();
  await expect(bar.getByText("All 230 matching invitations selected")).toBeVisible();

  let posts = 0;
  await page.route("**/admin/users/**", async (route) => {
    const isSecond = route.request().method() === "POST" && ++posts === 2;
    const lock = isSecond ? await lockOrganizationRow() : null;
    await route.continue();
    if (!lock) return;
    await lock.waitForBlockedQuery();
    await stopDatabase();
  });
  await bar.getByRole("button", { name: "Resend", exact: true }).click();
  await expect(bar.getByText("100 resent", { exact: true })).toBeVisible();
  await expect(bar.getByText("Something went wrong.")).toBeVisible();
  await snapshot(page, "the database restarted in the middle");

  await expect(async () => {
    await bar.getByRole("button", { name: "Continue" }).click();
    await expect(bar.getByText("230 resent", { exact: true })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  const resent = await crowded.sql<{ email: string; count: number }>(
    `SELECT to_address AS email, count(*)::int AS count FROM email_message WHERE kind = 'resent' GROUP BY 1`,
  );
  expect(resent.map(({ email }) => email).sort()).toEqual([...addresses].sort());
  expect(resent.every(({ count }) => count === 1)).toBe(true);
});

test("H1 Foyer keeps serving when its output is closed, and stops on SIGTERM", async ({ page }) => {
  foyer.closeOutput();
  expect((await page.request.get(`${foyer.origin}/api/health`)).status()).toBe(200);
  process.kill(foyer.pid, "SIGTERM");
  await expect.poll(() => isRunning(foyer.pid), { timeout: 15_000 }).toBe(false);
});
