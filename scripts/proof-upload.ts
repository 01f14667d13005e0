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
 * `npm run proof:upload [-- --kills <number>]`: kill -9 of the application at 50 random moments of an upload of 100 people
 * over HTTP (security, Process). Each time all are invited or none is, and once it runs again and the list was sent again each
 * person has one invitation, and one letter at the provider. A line for each kill; ends with 1 at the first that went wrong.
 */
const at = process.argv.indexOf("--kills");
const kills = at === -1 ? 50 : Number(process.argv[at + 1]);

const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-proof-upload-"));
// When we are root PostgreSQL runs as a user of its own, who must be able to pass.
await chmod(folder, 0o711);
const database = await startEmbeddedDatabase(path.join(folder, "database"));
const standIn = await startStandIn();
let foyer: FoyerProcess | undefined;
let port: string | undefined;

/** Starts the application on the port it had before. */
async function start(): Promise<void> {
  foyer = await startFoyer(path.join(folder, "data"), {
    DATABASE_URL: database.url,
    FOYER_FROM: "Foyer <foyer@mail.example.com>",
    RESEND_API_KEY: "re_stand_in",
    RESEND_BASE_URL: standIn.origin,
    ...(port ? { PORT: port } : {}),
  });
  port = new URL(foyer.origin).port;
  const one = { origin: foyer.origin, token: "", databaseUrl: database.url };
  setInstallations({ mailbox: one, provider: { ...one, standIn: standIn.origin } });
}

type Counts = { members: number; invitations: number; letters: number; most: number };

/** What the house has, once whoever was writing there has ended: they hold the organization. */
async function counted(org: E2EOrganization): Promise<Counts> {
  await org.sql("SELECT FROM organization WHERE slug = $1 FOR UPDATE", [org.slug]);
  const [row] = await org.sql<Counts>(
    `WITH o AS (SELECT id FROM organization WHERE slug = $1)
     SELECT (SELECT count(*)::int FROM member m WHERE m.organization_id = o.id AND status = 'invited') AS members,
            (SELECT count(*)::int FROM invitation i WHERE i.organization_id = o.id) AS invitations,
            (SELECT count(*)::int FROM email_message l WHERE l.organization_id = o.id) AS letters,
            coalesce((SELECT max(n)::int FROM (SELECT count(*) n FROM invitation i WHERE i.organization_id = o.id
                      GROUP BY email) x), 0) AS most
     FROM o`,
    [org.slug],
  );
  if (!row) throw new Error("the organization is gone");
  return row;
}

/** How many letters each of these people got, once nothing is owed any more. */
async function lettersTo(org: E2EOrganization, people: readonly string[]): Promise<number[]> {
  for (let patience = 300; ; patience--) {
    const [owed] = await org.sql<{ count: number }>(
      "SELECT count(*)::int AS count FROM email_batch WHERE closed_at IS NULL",
    );
    if (owed?.count === 0) break;
    if (patience === 0) throw new Error("letters are still owed after a minute");
    await pause(200);
  }
  const sent = (await (await fetch(`${standIn.origin}/control/emails`)).json()) as AcceptedEmail[];
  const addresses = sent.flatMap(({ to }) => to);
  return people.map((person) => addresses.filter((address) => address === person).length);
}

/** One kill, `delay` milliseconds after the list began to leave; answers which it was. */
async function round(delay: number): Promise<"all" | "none"> {
  const org = await createE2EOrganization("provider");
  try {
    const people = Array.from({ length: 100 }, (_, at) => uniqueAddress(`p${at}`));
    const list = `Name,Email\n${people.map((person) => `X,${person}\n`).join("")}`;
    // Signed in before, so that the kill falls into the upload.
    await org.invite(uniqueAddress("first"));
    const sending = org.uploadList(list).catch(() => null);
    await pause(delay);
    await foyer?.kill();
    await sending;
    const { members, invitations, letters } = await counted(org);
    const added = invitations - 1;
    if ((added !== 0 && added !== 100) || members - 1 !== added || letters - 1 !== added)
      throw new Error(`neither all nor none: ${JSON.stringify({ members, invitations, letters })}`);

    await start();
    const lines = await org.uploadList(list);
    const expected = added === 0 ? "invited" : "already-invited";
    const odd = lines.filter(({ status: answer }) => answer !== expected);
    if (lines.length !== 100 || odd.length > 0)
      throw new Error(`the retry says ${odd[0]?.status}, not ${expected}`);
    const after = await counted(org);
    if (after.invitations !== 101 || after.letters !== 101 || after.most !== 1)
      throw new Error(`after the retry: ${JSON.stringify(after)}`);
    const letters1 = await lettersTo(org, people);
    if (letters1.some((count) => count !== 1))
      throw new Error(`letters at the provider: ${letters1.join(" ")}`);
    return added === 0 ? "none" : "all";
  } finally {
    await org.close();
  }
}

/** How long an upload of 100 takes right after a start, in milliseconds. */
async function measured(): Promise<number> {
  const org = await createE2EOrganization("provider");
  await org.invite(uniqueAddress("first"));
  const began = performance.now();
  await org.uploadList(Array.from({ length: 100 }, (_, at) => uniqueAddress(`p${at}`)).join("\n"));
  await org.close();
  return performance.now() - began;
}

const seen = { all: 0, none: 0 };
try {
  await start();
  const whole = await measured();
  console.log(`An upload of 100 takes ${whole.toFixed(0)} ms here.`);
  for (let kill = 1; kill <= kills; kill++) {
    const delay = Math.random() * whole * 1.1;
    const which = await round(delay);
    seen[which] += 1;
    console.log(
      `${String(kill).padStart(3)}  killed after ${delay.toFixed(0).padStart(4)} ms: ${which}; then one each`,
    );
  }
  console.log(`${kills} kills: ${seen.none} times none, ${seen.all} times all; nobody lost, nobody doubled.`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await foyer?.stop();
  await standIn.stop();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
