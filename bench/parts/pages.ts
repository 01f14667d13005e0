import { randomUUID } from "node:crypto";
import { invitationList } from "@/lib/invitations/list";
import { userList } from "@/lib/members/list";
import type { BenchContext } from "../context";
import { fetchPage } from "../fetch-page";
import { medianTimes, roundsOf, runInterleaved } from "../interleave";
import { formatMs, formatNumber, formatRatio, type GoalRow } from "../report";
import { prepareOrganization } from "../seeded-organizations";
import { quantile, ratios, spread } from "../statistics";

/** Measures the HTML pages of both lists with 1,000 and 1,000,000 people, then one page against the peer's full list. */
export async function measurePages(context: BenchContext): Promise<GoalRow[]> {
  const rows: GoalRow[] = [];
  for (const list of ["invitations", "users"] as const) rows.push(...(await measureGrowth(context, list)));
  for (const [people, goal] of [
    [10_000, 10],
    [100_000, 100],
  ] as const)
    rows.push(await compareWithPeer(context, Math.min(people, context.people), goal));
  return rows;
}

type ListName = "invitations" | "users";

const NAMES: Record<ListName, string> = { invitations: "Invitations", users: "Users" };

async function measureGrowth(context: BenchContext, list: ListName): Promise<GoalRow[]> {
  const { foyer, rounds, postmaster, operations, people } = context;
  const addresses: Record<string, string> = {};
  for (const [size, count] of [
    ["small", Math.min(1_000, people)],
    ["large", people],
  ] as const) {
    const { slug, id } = await prepareOrganization(context, count);
    const page = `${foyer.origin}/o/${slug}/admin/users${list === "invitations" ? "/invitations" : ""}`;
    addresses[`${size} first`] = page;
    addresses[`${size} deep`] = page + (await findDeepPage(context, list, id));
  }
  let maxBytes = 0;
  const measured = await runInterleaved(
    rounds,
    postmaster,
    Object.entries(addresses).map(([name, address]) => ({
      name,
      pid: foyer.pid,
      work: async (_, time) => {
        for (let i = 0; i < operations; i++) {
          const { bytes } = await time(() => fetchPage(address, foyer.owner));
          maxBytes = Math.max(maxBytes, bytes);
        }
      },
    })),
  );
  const rows = (["first", "deep"] as const).map((position): GoalRow => {
    const [small, large] = [roundsOf(measured, `small ${position}`), roundsOf(measured, `large ${position}`)];
    const tails = (measuredRounds: typeof small) =>
      measuredRounds.map((round) => quantile(round.times, 0.95));
    const p50 = ratios(medianTimes(large), medianTimes(small));
    const p95 = ratios(tails(large), tails(small));
    return {
      metric: `${NAMES[list]}, ${position} page of 50, at ${formatCount(people)} against ${formatCount(Math.min(1_000, people))}`,
      foyer: `p50 ${formatMs(spread(medianTimes(large)).median)}, ${formatRatio(p50)}; p95 ${formatMs(spread(tails(large)).median)}, ${formatRatio(p95)}`,
      goal: "p50 ≤ 1.2×, p95 ≤ 1.5×",
      met: p50.median <= 1.2 && p95.median <= 1.5,
    };
  });
  rows.push({
    metric: `${NAMES[list]}, HTML of 50 rows, gzip`,
    foyer: `${formatNumber(maxBytes / 1000)} kB`,
    goal: "≤ 40 kB",
    met: maxBytes <= 40_000,
  });
  return rows;
}

/** Returns the query string of the page in the middle of a list. */
async function findDeepPage({ foyer }: BenchContext, list: ListName, organization: string): Promise<string> {
  const [row] = await foyer.sql(
    list === "invitations"
      ? `WITH open AS (SELECT id, expires_at AS key FROM invitation WHERE organization_id = $1 AND settled_as IS NULL)
         SELECT * FROM open ORDER BY key DESC, id DESC OFFSET (SELECT count(*) / 2 FROM open) LIMIT 1`
      : `WITH present AS (SELECT id, sort_name AS key FROM member WHERE organization_id = $1 AND status <> 'removed')
         SELECT * FROM present ORDER BY key, id OFFSET (SELECT count(*) / 2 FROM present) LIMIT 1`,
    [organization],
  );
  const key = row.key instanceof Date ? row.key.toISOString() : row.key;
  const cursor = { side: "after" as const, keys: [key], id: row.id };
  return list === "invitations"
    ? invitationList.write({ ...invitationList.defaults, cursor })
    : userList.write({ ...userList.defaults, cursor });
}

/** Compares Foyer's page of 50 with the peer's full list, as the peer has no pages. */
async function compareWithPeer(context: BenchContext, people: number, goal: number): Promise<GoalRow> {
  const { foyer, peer, rounds, postmaster } = context;
  const { slug } = await prepareOrganization(context, people);
  const organization = await peer.createOrganization(`list-${people}-${randomUUID().slice(0, 8)}`);
  await peer.sql(
    `INSERT INTO invitation (id, "organizationId", email, role, status, "createdAt", "expiresAt", "inviterId")
     SELECT md5($1 || n), $1, 'p' || n || '@bench.example', 'member', 'pending', now(), now() + interval '7 days',
            (SELECT "userId" FROM member WHERE "organizationId" = $1 LIMIT 1) FROM generate_series(1, $2::int) n`,
    [organization, people],
  );
  await peer.sql("ANALYZE invitation");
  const measured = await runInterleaved(rounds, postmaster, [
    {
      name: "Foyer",
      pid: foyer.pid,
      work: async (_, time) => {
        const address = `${foyer.origin}/o/${slug}/admin/users/invitations`;
        for (let i = 0; i < 3; i++) await time(() => fetchPage(address, foyer.owner));
      },
    },
    {
      name: "peer",
      pid: peer.pid,
      work: async (_, time) => {
        for (let i = 0; i < 3; i++) await time(() => peer.list(organization));
      },
    },
  ]);
  const [ours, theirs] = [medianTimes(roundsOf(measured, "Foyer")), medianTimes(roundsOf(measured, "peer"))];
  const faster = ratios(theirs, ours);
  return {
    metric: `list page, 50 of ${formatCount(people)}`,
    peer: `${formatMs(spread(theirs).median)} (JSON of ${formatCount(people)} rows, ${formatNumber((await peer.list(organization)) / 1e6)} MB)`,
    foyer: `${formatMs(spread(ours).median)} (HTML): ${formatRatio(faster)} as fast`,
    goal: `≥ ${goal}× a peer's full list`,
    met: faster.median >= goal,
  };
}

function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
