import { randomUUID } from "node:crypto";
import { invitationList } from "@/lib/invitations/list";
import { userList } from "@/lib/members/list";
import type { Stage } from "../context";
import { ask } from "../fetch-page";
import { interleave, middles, of } from "../interleave";
import { inFigures, type Line, ms, times } from "../report";
import { crowd } from "../seeded-organizations";
import { quantile, ratios, spread } from "../statistics";

/** The HTML pages of both lists at a thousand and at a million people; then against a peer's full list. */
export async function measurePages(stage: Stage): Promise<Line[]> {
  const lines: Line[] = [];
  for (const list of ["invitations", "users"] as const) lines.push(...(await growth(stage, list)));
  for (const [people, goal] of [
    [10_000, 10],
    [100_000, 100],
  ] as const)
    lines.push(await beside(stage, Math.min(people, stage.people), goal));
  return lines;
}

type ListName = "invitations" | "users";

const NAMES: Record<ListName, string> = { invitations: "Invitations", users: "Users" };

async function growth(stage: Stage, list: ListName): Promise<Line[]> {
  const { foyer, rounds, postmaster, operations, people } = stage;
  const addresses: Record<string, string> = {};
  for (const [size, count] of [
    ["small", Math.min(1_000, people)],
    ["large", people],
  ] as const) {
    const { slug, id } = await crowd(stage, count);
    const page = `${foyer.origin}/o/${slug}/admin/users${list === "invitations" ? "/invitations" : ""}`;
    addresses[`${size} first`] = page;
    addresses[`${size} deep`] = page + (await deepIn(stage, list, id));
  }
  let heaviest = 0;
  const played = await interleave(
    rounds,
    postmaster,
    Object.entries(addresses).map(([name, address]) => ({
      name,
      pid: foyer.pid,
      work: async (_, time) => {
        for (let at = 0; at < operations; at++) {
          const { bytes } = await time(() => ask(address, foyer.owner));
          heaviest = Math.max(heaviest, bytes);
        }
      },
    })),
  );
  const lines = (["first", "deep"] as const).map((place): Line => {
    const [small, large] = [of(played, `small ${place}`), of(played, `large ${place}`)];
    const tails = (rounds_: typeof small) => rounds_.map((round) => quantile(round.times, 0.95));
    const p50 = ratios(middles(large), middles(small));
    const p95 = ratios(tails(large), tails(small));
    return {
      what: `${NAMES[list]}, ${place} page of 50, at ${inCount(people)} against ${inCount(Math.min(1_000, people))}`,
      foyer: `p50 ${ms(spread(middles(large)).median)}, ${times(p50)}; p95 ${ms(spread(tails(large)).median)}, ${times(p95)}`,
      goal: "p50 ≤ 1.2×, p95 ≤ 1.5×",
      met: p50.median <= 1.2 && p95.median <= 1.5,
    };
  });
  lines.push({
    what: `${NAMES[list]}, HTML of 50 rows, gzip`,
    foyer: `${inFigures(heaviest / 1000)} kB`,
    goal: "≤ 40 kB",
    met: heaviest <= 40_000,
  });
  return lines;
}

/** The query of a page in the middle of the list. */
async function deepIn({ foyer }: Stage, list: ListName, organization: string): Promise<string> {
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

/** Our page of 50 beside the full list that the peer answers, which has no other. */
async function beside(stage: Stage, people: number, goal: number): Promise<Line> {
  const { foyer, peer, rounds, postmaster } = stage;
  const { slug } = await crowd(stage, people);
  const organization = await peer.found(`list-${people}-${randomUUID().slice(0, 8)}`);
  await peer.sql(
    `INSERT INTO invitation (id, "organizationId", email, role, status, "createdAt", "expiresAt", "inviterId")
     SELECT md5($1 || n), $1, 'p' || n || '@bench.example', 'member', 'pending', now(), now() + interval '7 days',
            (SELECT "userId" FROM member WHERE "organizationId" = $1 LIMIT 1) FROM generate_series(1, $2::int) n`,
    [organization, people],
  );
  await peer.sql("ANALYZE invitation");
  const played = await interleave(rounds, postmaster, [
    {
      name: "Foyer",
      pid: foyer.pid,
      work: async (_, time) => {
        const address = `${foyer.origin}/o/${slug}/admin/users/invitations`;
        for (let at = 0; at < 3; at++) await time(() => ask(address, foyer.owner));
      },
    },
    {
      name: "peer",
      pid: peer.pid,
      work: async (_, time) => {
        for (let at = 0; at < 3; at++) await time(() => peer.list(organization));
      },
    },
  ]);
  const [ours, theirs] = [middles(of(played, "Foyer")), middles(of(played, "peer"))];
  const faster = ratios(theirs, ours);
  return {
    what: `list page, 50 of ${inCount(people)}`,
    peer: `${ms(spread(theirs).median)} (JSON of ${inCount(people)} rows, ${inFigures((await peer.list(organization)) / 1e6)} MB)`,
    foyer: `${ms(spread(ours).median)} (HTML): ${times(faster)} as fast`,
    goal: `≥ ${goal}× a peer's full list`,
    met: faster.median >= goal,
  };
}

function inCount(count: number): string {
  return count.toLocaleString("en-US");
}
