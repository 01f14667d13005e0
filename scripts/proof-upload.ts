import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";
import { setInstallations } from "../e2e/installations";
import { createE2EOrganization, type E2EOrganization, uniqueAddress } from "../e2e/organization";
import { type FoyerProcess, startFoyer, startStandIn } from "../e2e/servers";
import type { AcceptedEmail } from "../e2e/stand-in/emails";

/**
 * `npm run proof:upload [-- --kills <number>]` kills the application (kill -9) at 50 random moments while a
 * list of 100 people is uploaded over HTTP (S-PROC-1). Each time all or none are invited; after a restart and
 * a second upload, each person has one invitation and one email at the provider. Prints a line per kill and
 * exits with 1 at the first failure.
 */
const flag = process.argv.indexOf("--kills");
const kills = flag === -1 ? 50 : Number(process.argv[flag + 1]);

const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-proof-upload-"));
// For root PostgreSQL runs as a system user, which must be able to traverse the folder.
await chmod(folder, 0o711);
const database = await startEmbeddedDatabase(path.join(folder, "database"));
const standIn = await startStandIn();
let foyer: FoyerProcess | undefined;
let port: string | undefined;

/** Starts the application on the same port as before. */
async function startApplication(): Promise<void> {
  foyer = await startFoyer(path.join(folder, "data"), {
    DATABASE_URL: database.url,
    FOYER_FROM: "Foyer <foyer@mail.example.com>",
    RESEND_API_KEY: "re_stand_in",
    RESEND_BASE_URL: standIn.origin,
    ...(port ? { PORT: port } : {}),
  });
  port = new URL(foyer.origin).port;
  const shared = { origin: foyer.origin, token: "", databaseUrl: database.url };
  setInstallations({ mailbox: shared, provider: { ...shared, standIn: standIn.origin } });
}

type RowCounts = { members: number; invitations: number; emails: number; maxPerPerson: number };

/** Counts the organization's rows after locking it, which waits for a transaction that is still running. */
async function countRows(org: E2EOrganization): Promise<RowCounts> {
  await org.sql("SELECT FROM organization WHERE slug = $1 FOR UPDATE", [org.slug]);
  const [row] = await org.sql<RowCounts>(
    `WITH o AS (SELECT id FROM organization WHERE slug = $1)
     SELECT (SELECT count(*)::int FROM member m WHERE m.organization_id = o.id AND status = 'invited') AS members,
            (SELECT count(*)::int FROM invitation i WHERE i.organization_id = o.id) AS invitations,
            (SELECT count(*)::int FROM email_message e WHERE e.organization_id = o.id) AS emails,
            coalesce((SELECT max(n)::int FROM (SELECT count(*) n FROM invitation i WHERE i.organization_id = o.id
                      GROUP BY email) per_person), 0) AS "maxPerPerson"
     FROM o`,
    [org.slug],
  );
  if (!row) throw new Error("the organization does not exist");
  return row;
}

/** Returns the number of emails that the provider accepted per person, once all batches are closed. */
async function countEmailsPerPerson(org: E2EOrganization, people: readonly string[]): Promise<number[]> {
  for (let attempts = 300; ; attempts--) {
    const [open] = await org.sql<{ count: number }>(
      "SELECT count(*)::int AS count FROM email_batch WHERE closed_at IS NULL",
    );
    if (open?.count === 0) break;
    if (attempts === 0) throw new Error("email batches are still open after a minute");
    await pause(200);
  }
  const sent = (await (await fetch(`${standIn.origin}/control/emails`)).json()) as AcceptedEmail[];
  const addresses = sent.flatMap(({ to }) => to);
  return people.map((person) => addresses.filter((address) => address === person).length);
}

/**
 * Kills the application `delay` milliseconds after an upload started. Returns whether all or none were
 * invited.
 */
async function runRound(delay: number): Promise<"all" | "none"> {
  const org = await createE2EOrganization("provider");
  try {
    const people = Array.from({ length: 100 }, (_, at) => uniqueAddress(`p${at}`));
    const list = `Name,Email\n${people.map((person) => `X,${person}\n`).join("")}`;
    // Signs in first, so that the application is killed during the upload.
    await org.invite(uniqueAddress("first"));
    const upload = org.uploadList(list).catch(() => null);
    await pause(delay);
    await foyer?.kill();
    await upload;
    const { members, invitations, emails } = await countRows(org);
    const added = invitations - 1;
    if ((added !== 0 && added !== 100) || members - 1 !== added || emails - 1 !== added)
      throw new Error(`partial upload: ${JSON.stringify({ members, invitations, emails })}`);

    await startApplication();
    const lines = await org.uploadList(list);
    const expected = added === 0 ? "invited" : "already-invited";
    const unexpected = lines.filter(({ status }) => status !== expected);
    if (lines.length !== 100 || unexpected.length > 0)
      throw new Error(`the second upload returned ${unexpected[0]?.status}, not ${expected}`);
    const after = await countRows(org);
    if (after.invitations !== 101 || after.emails !== 101 || after.maxPerPerson !== 1)
      throw new Error(`after the second upload: ${JSON.stringify(after)}`);
    const emailCounts = await countEmailsPerPerson(org, people);
    if (emailCounts.some((count) => count !== 1))
      throw new Error(`emails at the provider: ${emailCounts.join(" ")}`);
    return added === 0 ? "none" : "all";
  } finally {
    await org.close();
  }
}

/** Measures an upload of 100 people right after startup, in milliseconds. */
async function measureUpload(): Promise<number> {
  const org = await createE2EOrganization("provider");
  await org.invite(uniqueAddress("first"));
  const startedAt = performance.now();
  await org.uploadList(Array.from({ length: 100 }, (_, at) => uniqueAddress(`p${at}`)).join("\n"));
  await org.close();
  return performance.now() - startedAt;
}

const results = { all: 0, none: 0 };
try {
  await startApplication();
  const uploadMs = await measureUpload();
  console.log(`An upload of 100 people takes ${uploadMs.toFixed(0)} ms on this machine.`);
  for (let kill = 1; kill <= kills; kill++) {
    const delay = Math.random() * uploadMs * 1.1;
    const result = await runRound(delay);
    results[result] += 1;
    console.log(
      `${String(kill).padStart(3)}  killed after ${delay.toFixed(0).padStart(4)} ms: ${result} invited; after the second upload one invitation each`,
    );
  }
  console.log(
    `${kills} kills: no one invited ${results.none} times, everyone ${results.all} times; never a part of them, and no one twice.`,
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await foyer?.stop();
  await standIn.stop();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
