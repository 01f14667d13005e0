import { randomBytes } from "node:crypto";
import type { Stage } from "../context";
import { type Block, interleave, type Timer } from "../interleave";
import type { Place } from "../targets/foyer";
import { mustBe, strangers } from "../test-data";

type Work<Where> = (where: Where, addresses: string[], time: Timer) => Promise<void>;
export type Works = {
  foyer: Work<Place>;
  peer: Work<string>;
  bare: (addresses: string[], time: Timer) => Promise<void>;
};

/** Each round in a new organization of each target, and with people nobody has invited; afterwards their rows are counted. */
export async function playInviting(stage: Stage, people: number, works: Works, withParallel = false) {
  const { foyer, peer, bare, rounds } = stage;
  const places: Place[] = [];
  const organizations: string[] = [];
  const [lettersBefore, barBefore] = [await peer.letters(), await bare.count()];
  const found = async () => {
    organizations.push(await peer.found(`bench-${randomBytes(6).toString("hex")}`));
  };
  const blocks: Block[] = [
    {
      name: "Foyer",
      pid: foyer.pid,
      prepare: async () => {
        places.push(await foyer.found());
      },
      work: (_, time) => works.foyer(last(places), strangers(people), time),
      settle: foyer.settle,
    },
    {
      name: "peer",
      pid: peer.pid,
      prepare: found,
      work: (_, time) => works.peer(last(organizations), strangers(people), time),
    },
    { name: "INSERT", work: (_, time) => works.bare(strangers(people), time) },
  ];
  if (withParallel)
    blocks.push({
      name: "peer, 16 at once",
      pid: peer.pid,
      prepare: found,
      work: async (_, time) => {
        const waiting = strangers(people);
        const client = async () => {
          for (let next = waiting.pop(); next; next = waiting.pop())
            await peer.invite(last(organizations), next);
        };
        await time(() => Promise.all(Array.from({ length: 16 }, client)));
      },
    });
  const played = await interleave(rounds, stage.postmaster, blocks);

  const [ours] = await foyer.sql(
    `SELECT (SELECT count(*)::int FROM invitation WHERE organization_id = ANY($1)) AS invitations,
            (SELECT count(*)::int FROM member WHERE organization_id = ANY($1) AND status = 'invited') AS members,
            (SELECT count(*)::int FROM email_message WHERE organization_id = ANY($1)) AS letters`,
    [places.map(({ id }) => id)],
  );
  const [theirs] = await peer.sql(
    `SELECT count(*)::int AS invitations FROM invitation WHERE "organizationId" = ANY($1)`,
    [organizations],
  );
  mustBe((rounds + 1) * people, { ...ours, INSERT: (await bare.count()) - barBefore });
  mustBe(organizations.length * people, {
    "peer's invitations": theirs.invitations,
    "peer's letters": (await peer.letters()) - lettersBefore,
  });
  return played;
}

function last<T>(list: readonly T[]): T {
  const one = list.at(-1);
  if (one === undefined) throw new Error("nothing was prepared");
  return one;
}
