import type { Stage } from "../context";
import { field, middles, of, type Round } from "../interleave";
import { inFigures, type Line, ms, times } from "../report";
import { ratios, spread } from "../statistics";
import { playInviting } from "./invite-rounds";

/** One invitation, whole path, one after the other; then lists of 100. */
export async function measureInviting(stage: Stage): Promise<Line[]> {
  return [...(await one(stage)), ...(await hundred(stage))];
}

async function one(stage: Stage): Promise<Line[]> {
  const { operations } = stage;
  const played = await playInviting(stage, operations, {
    foyer: async (place, addresses, time) => {
      for (const address of addresses) await time(() => stage.foyer.invite(place, [address]));
    },
    peer: async (organization, addresses, time) => {
      for (const address of addresses) await time(() => stage.peer.invite(organization, address));
    },
    bare: async (addresses, time) => {
      for (const address of addresses) await time(() => stage.bare.insert([address]));
    },
  });
  const [foyer, peer, bare] = [of(played, "Foyer"), of(played, "peer"), of(played, "INSERT")];
  const faster = ratios(middles(peer), middles(foyer));
  const app = ratios(field(foyer, "app"), field(peer, "app"));
  const cpu = (rounds: Round[]) =>
    `app ${ms(spread(field(rounds, "app")).median)}, PostgreSQL ${ms(spread(field(rounds, "postgres")).median)}`;
  return [
    {
      what: `one invitation, whole path, one client, ${operations} a round`,
      peer: perSecond(peer),
      bare: perSecond(bare),
      foyer: `${perSecond(foyer)}: ${times(faster)} as fast as the peer`,
      goal: "≥ 1.5× peer",
      met: faster.median >= 1.5,
    },
    {
      what: "its processor time",
      peer: cpu(peer),
      bare: `PostgreSQL ${ms(spread(field(bare, "postgres")).median)}`,
      foyer: `${cpu(foyer)}: app ${times(app)} of the peer's; with its letters written afterwards ${ms(spread(field(foyer, "appSettled")).median)}`,
      goal: "app ≤ 0.7× peer",
      met: app.median <= 0.7,
    },
  ];
}

async function hundred(stage: Stage): Promise<Line[]> {
  const played = await playInviting(
    stage,
    100,
    {
      foyer: async (place, addresses, time) => {
        await time(() => stage.foyer.invite(place, addresses));
      },
      peer: async (organization, addresses, time) => {
        await time(async () => {
          for (const address of addresses) await stage.peer.invite(organization, address);
        });
      },
      bare: async (addresses, time) => {
        await time(() => stage.bare.insert(addresses));
      },
    },
    true,
  );
  const [foyer, peer, bare] = [of(played, "Foyer"), of(played, "peer"), of(played, "INSERT")];
  const parallel = of(played, "peer, 16 at once");
  const faster = ratios(middles(peer), middles(foyer));
  const overBare = ratios(middles(foyer), middles(bare));
  return [
    {
      what: "100 invitations",
      peer: `${ms(spread(middles(peer)).median)} one after the other, ${ms(spread(middles(parallel)).median)} at 16 parallel`,
      bare: `${ms(spread(middles(bare)).median)} (one INSERT of 100 rows)`,
      foyer: `${ms(spread(middles(foyer)).median)} (one request): ${times(faster)} as fast as the peer, ${times(ratios(middles(parallel), middles(foyer)))} as fast as its 16`,
      goal: "≥ 25× peer",
      met: faster.median >= 25,
    },
    {
      what: "100 invitations against the bare INSERT",
      bare: ms(spread(middles(bare)).median),
      foyer: `${times(overBare)} of the INSERT`,
      goal: "≤ 4× INSERT",
      met: overBare.median <= 4,
    },
  ];
}

function perSecond(rounds: readonly Round[]): string {
  const { median } = spread(middles(rounds));
  return `${ms(median)} (${inFigures(1000 / median)}/s)`;
}
