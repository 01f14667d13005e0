import { randomBytes } from "node:crypto";
import { findInvitationSecrets } from "@/test/factories";
import type { BenchContext } from "../context";
import { cpuTimesOf, medianTimes, roundsOf, runInterleaved } from "../interleave";
import { formatMs, formatRatio, type GoalRow } from "../report";
import { ratios, spread } from "../statistics";
import { assertCounts, newAddresses } from "../test-data";

/** Invitations per round, each accepted by its own invitee, who has an account and is logged in. */
const PEOPLE = 8;
const CONCURRENT_ACCEPTS = 16;

type PreparedInvitee = { accept: () => Promise<void> };

/** Measures joining by logged-in users, one after the other, and checks that one of 16 concurrent accepts succeeds. */
export async function measureAccept(context: BenchContext): Promise<GoalRow[]> {
  const { foyer, peer, rounds, postmaster } = context;
  const organizations: { ours: string[]; theirs: string[] } = { ours: [], theirs: [] };
  const ready: { ours: PreparedInvitee[]; theirs: PreparedInvitee[] } = { ours: [], theirs: [] };
  const measured = await runInterleaved(rounds, postmaster, [
    {
      name: "Foyer",
      pid: foyer.pid,
      prepare: async () => {
        const organization = await foyer.createOrganization();
        organizations.ours.push(organization.id);
        const emails = newAddresses(PEOPLE);
        const invitations = await foyer.invite(organization, emails);
        ready.ours = await Promise.all(
          emails.map(async (email, index) => {
            const [cookie, secrets] = [
              await foyer.signUp(email),
              await findInvitationSecrets(invitations[index] ?? ""),
            ];
            return {
              accept: async () => {
                const answer = await foyer.accept(secrets, cookie);
                if (answer !== `to /o/${organization.slug}?joined`)
                  throw new Error(`not accepted: ${answer}`);
              },
            };
          }),
        );
      },
      work: async (_, time) => {
        for (const { accept } of ready.ours) await time(accept);
      },
      waitUntilIdle: foyer.waitUntilIdle,
    },
    {
      name: "peer",
      pid: peer.pid,
      prepare: async () => {
        const organization = await peer.createOrganization(`bench-${randomBytes(6).toString("hex")}`);
        organizations.theirs.push(organization);
        ready.theirs = [];
        for (const email of newAddresses(PEOPLE)) {
          const [invitation, cookie] = [await peer.invite(organization, email), await peer.signUp(email)];
          ready.theirs.push({ accept: () => peer.accept(invitation, cookie) });
        }
      },
      work: async (_, time) => {
        for (const { accept } of ready.theirs) await time(accept);
      },
    },
  ]);
  await checkCounts(context, organizations);
  const [ours, theirs] = [roundsOf(measured, "Foyer"), roundsOf(measured, "peer")];
  const faster = ratios(medianTimes(theirs), medianTimes(ours));
  const app = ratios(cpuTimesOf(ours, "app"), cpuTimesOf(theirs, "app"));
  return [
    {
      metric: "accept, logged in, including the next page",
      peer: `${formatMs(spread(medianTimes(theirs)).median)}, app ${formatMs(spread(cpuTimesOf(theirs, "app")).median)}`,
      foyer: `${formatMs(spread(medianTimes(ours)).median)}, app ${formatMs(spread(cpuTimesOf(ours, "app")).median)} (${formatRatio(app)}): ${formatRatio(faster)} as fast as the peer`,
      goal: "≥ 1.5× peer",
      met: faster.median >= 1.5,
    },
    await measureConcurrentAccepts(context),
  ];
}

async function checkCounts(
  context: BenchContext,
  { ours, theirs }: { ours: string[]; theirs: string[] },
): Promise<void> {
  const [foyerCounts] = await context.foyer.sql(
    `SELECT (SELECT count(*)::int FROM invitation WHERE organization_id = ANY($1) AND settled_as = 'accepted') AS accepted,
            (SELECT count(*)::int FROM member WHERE organization_id = ANY($1) AND status = 'active' AND role = 'member') AS members`,
    [ours],
  );
  const [peerCounts] = await context.peer.sql(
    `SELECT count(*)::int AS members FROM member WHERE "organizationId" = ANY($1) AND role = 'member'`,
    [theirs],
  );
  assertCounts(ours.length * PEOPLE, foyerCounts);
  assertCounts(theirs.length * PEOPLE, { "peer's members": peerCounts.members });
}

async function measureConcurrentAccepts({ foyer, rounds }: BenchContext): Promise<GoalRow> {
  const organization = await foyer.createOrganization();
  let winners = 0;
  for (const email of newAddresses(rounds)) {
    const [invitation = ""] = await foyer.invite(organization, [email]);
    const [cookie, secrets] = [await foyer.signUp(email), await findInvitationSecrets(invitation)];
    const all = await Promise.all(
      Array.from({ length: CONCURRENT_ACCEPTS }, () => foyer.accept(secrets, cookie)),
    );
    const won = all.filter((answer) => answer.startsWith("to ")).length;
    if (won === 1) winners++;
  }
  return {
    metric: `${CONCURRENT_ACCEPTS} accepts of one code at once`,
    foyer: `one winner in ${winners} of ${rounds} rounds`,
    goal: "one winner",
    met: winners === rounds,
  };
}
