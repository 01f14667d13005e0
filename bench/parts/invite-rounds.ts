import { randomBytes } from "node:crypto";
import type { BenchContext } from "../context";
import { type OperationTimer, runInterleaved, type WorkBlock } from "../interleave";
import type { BenchOrganization } from "../targets/foyer";
import { assertCounts, newAddresses } from "../test-data";

type Work<Organization> = (
  organization: Organization,
  addresses: string[],
  time: OperationTimer,
) => Promise<void>;
export type TargetWork = {
  foyer: Work<BenchOrganization>;
  peer: Work<string>;
  bare: (addresses: string[], time: OperationTimer) => Promise<void>;
};

/** Measures invitations of new people, each round in a new organization of each target, and checks the counts of rows. */
export async function measureInviteRounds(
  context: BenchContext,
  people: number,
  work: TargetWork,
  withParallel = false,
) {
  const { foyer, peer, bare, rounds } = context;
  const foyerOrganizations: BenchOrganization[] = [];
  const peerOrganizations: string[] = [];
  const [emailsBefore, bareRowsBefore] = [await peer.countEmails(), await bare.count()];
  const createPeerOrganization = async () => {
    peerOrganizations.push(await peer.createOrganization(`bench-${randomBytes(6).toString("hex")}`));
  };
  const blocks: WorkBlock[] = [
    {
      name: "Foyer",
      pid: foyer.pid,
      prepare: async () => {
        foyerOrganizations.push(await foyer.createOrganization());
      },
      work: (_, time) => work.foyer(last(foyerOrganizations), newAddresses(people), time),
      waitUntilIdle: foyer.waitUntilIdle,
    },
    {
      name: "peer",
      pid: peer.pid,
      prepare: createPeerOrganization,
      work: (_, time) => work.peer(last(peerOrganizations), newAddresses(people), time),
    },
    { name: "INSERT", work: (_, time) => work.bare(newAddresses(people), time) },
  ];
  if (withParallel)
    blocks.push({
      name: "peer, 16 at once",
      pid: peer.pid,
      prepare: createPeerOrganization,
      work: async (_, time) => {
        const remaining = newAddresses(people);
        const client = async () => {
          for (let next = remaining.pop(); next; next = remaining.pop())
            await peer.invite(last(peerOrganizations), next);
        };
        await time(() => Promise.all(Array.from({ length: 16 }, client)));
      },
    });
  const measured = await runInterleaved(rounds, context.postmaster, blocks);

  const [foyerCounts] = await foyer.sql(
    `SELECT (SELECT count(*)::int FROM invitation WHERE organization_id = ANY($1)) AS invitations,
            (SELECT count(*)::int FROM member WHERE organization_id = ANY($1) AND status = 'invited') AS members,
            (SELECT count(*)::int FROM email_message WHERE organization_id = ANY($1)) AS emails`,
    [foyerOrganizations.map(({ id }) => id)],
  );
  const [peerCounts] = await peer.sql(
    `SELECT count(*)::int AS invitations FROM invitation WHERE "organizationId" = ANY($1)`,
    [peerOrganizations],
  );
  assertCounts((rounds + 1) * people, { ...foyerCounts, INSERT: (await bare.count()) - bareRowsBefore });
  assertCounts(peerOrganizations.length * people, {
    "peer's invitations": peerCounts.invitations,
    "peer's emails": (await peer.countEmails()) - emailsBefore,
  });
  return measured;
}

function last<T>(list: readonly T[]): T {
  const item = list.at(-1);
  if (item === undefined) throw new Error("nothing was prepared");
  return item;
}
