import type { BenchContext } from "../context";
import { cpuTimesOf, type MeasuredRound, medianTimes, roundsOf } from "../interleave";
import { formatMs, formatNumber, formatRatio, type GoalRow } from "../report";
import { ratios, spread } from "../statistics";
import { measureInviteRounds } from "./invite-rounds";

/** Measures single invitations one after the other, then lists of 100. */
export async function measureInvite(context: BenchContext): Promise<GoalRow[]> {
  return [...(await measureSingle(context)), ...(await measureHundred(context))];
}

async function measureSingle(context: BenchContext): Promise<GoalRow[]> {
  const { operations } = context;
  const measured = await measureInviteRounds(context, operations, {
    foyer: async (organization, addresses, time) => {
      for (const address of addresses) await time(() => context.foyer.invite(organization, [address]));
    },
    peer: async (organization, addresses, time) => {
      for (const address of addresses) await time(() => context.peer.invite(organization, address));
    },
    bare: async (addresses, time) => {
      for (const address of addresses) await time(() => context.bare.insert([address]));
    },
  });
  const [foyer, peer, bare] = [
    roundsOf(measured, "Foyer"),
    roundsOf(measured, "peer"),
    roundsOf(measured, "INSERT"),
  ];
  const faster = ratios(medianTimes(peer), medianTimes(foyer));
  const app = ratios(cpuTimesOf(foyer, "app"), cpuTimesOf(peer, "app"));
  const formatCpu = (rounds: MeasuredRound[]) =>
    `app ${formatMs(spread(cpuTimesOf(rounds, "app")).median)}, PostgreSQL ${formatMs(spread(cpuTimesOf(rounds, "postgres")).median)}`;
  return [
    {
      metric: `one invitation, whole path, one client, ${operations} per round`,
      peer: formatRate(peer),
      bare: formatRate(bare),
      foyer: `${formatRate(foyer)}: ${formatRatio(faster)} as fast as the peer`,
      goal: "≥ 1.5× peer",
      met: faster.median >= 1.5,
    },
    {
      metric: "its processor time",
      peer: formatCpu(peer),
      bare: `PostgreSQL ${formatMs(spread(cpuTimesOf(bare, "postgres")).median)}`,
      foyer: `${formatCpu(foyer)}: app ${formatRatio(app)} of the peer's; with its emails prepared afterwards ${formatMs(spread(cpuTimesOf(foyer, "appSettled")).median)}`,
      goal: "app ≤ 0.7× peer",
      met: app.median <= 0.7,
    },
  ];
}

async function measureHundred(context: BenchContext): Promise<GoalRow[]> {
  const measured = await measureInviteRounds(
    context,
    100,
    {
      foyer: async (organization, addresses, time) => {
        await time(() => context.foyer.invite(organization, addresses));
      },
      peer: async (organization, addresses, time) => {
        await time(async () => {
          for (const address of addresses) await context.peer.invite(organization, address);
        });
      },
      bare: async (addresses, time) => {
        await time(() => context.bare.insert(addresses));
      },
    },
    true,
  );
  const [foyer, peer, bare] = [
    roundsOf(measured, "Foyer"),
    roundsOf(measured, "peer"),
    roundsOf(measured, "INSERT"),
  ];
  const parallel = roundsOf(measured, "peer, 16 at once");
  const faster = ratios(medianTimes(peer), medianTimes(foyer));
  const overBare = ratios(medianTimes(foyer), medianTimes(bare));
  return [
    {
      metric: "100 invitations",
      peer: `${formatMs(spread(medianTimes(peer)).median)} one after the other, ${formatMs(spread(medianTimes(parallel)).median)} at 16 parallel`,
      bare: `${formatMs(spread(medianTimes(bare)).median)} (one INSERT of 100 rows)`,
      foyer: `${formatMs(spread(medianTimes(foyer)).median)} (one request): ${formatRatio(faster)} as fast as the peer, ${formatRatio(ratios(medianTimes(parallel), medianTimes(foyer)))} as fast as its 16`,
      goal: "≥ 25× peer",
      met: faster.median >= 25,
    },
    {
      metric: "100 invitations against the bare INSERT",
      bare: formatMs(spread(medianTimes(bare)).median),
      foyer: `${formatRatio(overBare)} of the INSERT`,
      goal: "≤ 4× INSERT",
      met: overBare.median <= 4,
    },
  ];
}

function formatRate(rounds: readonly MeasuredRound[]): string {
  const { median } = spread(medianTimes(rounds));
  return `${formatMs(median)} (${formatNumber(1000 / median)}/s)`;
}
