import { findInconsistencies } from "./audit";
import type { CallResult } from "./calls";
import type { Clients } from "./clients";
import { countOrphans, type PersonSnapshot, readSnapshots } from "./db-snapshot";
import { createOrganizationPool } from "./organizations";
import { COMMAND_ACTIVITY, countInvited, type RaceRound, type RaceScenario } from "./race";

/** The summary of a race: how often each outcome occurred, and the duration. */
export type RaceSummary = {
  name: string;
  rounds: number;
  seconds: number;
  outcomes: Map<string, number>;
};

/** Limits of a race: the first one that is reached ends it, but not before every outcome has occurred. */
export type RaceLimits = { rounds?: number; seconds?: number };

/** Milliseconds to wait for an outcome that has not occurred yet. */
const MAX_WAIT = 60_000;

/**
 * Runs a race round after round and checks rows, emails, jobs and timeline in the database after each. Throws at the first
 * inconsistent round, with all findings and rows, and if an outcome never occurred.
 */
export async function runRace(
  race: RaceScenario,
  clients: Clients,
  limits: RaceLimits,
): Promise<RaceSummary> {
  const startedAt = performance.now();
  const outcomes = new Map<string, number>(race.outcomes.map((name) => [name, 0]));
  const nextOrganization = createOrganizationPool();
  let rounds = 0;
  const elapsed = () => performance.now() - startedAt;
  const isComplete = () => [...outcomes.values()].every((count) => count > 0);
  const isOver = () =>
    rounds >= (limits.rounds ?? Infinity) || elapsed() >= (limits.seconds ?? Infinity) * 1000;
  const mustContinue = () => !isOver() || (!isComplete() && elapsed() < MAX_WAIT);
  while (mustContinue()) {
    const prepared = await race.prepare(await nextOrganization());
    const results = await clients.run(prepared.flatMap(({ calls }) => calls));
    const snapshots = await readSnapshots(prepared.flatMap(({ people }) => people));
    for (const round of prepared) {
      const outcome = checkRound(
        race,
        round,
        results.splice(0, round.calls.length),
        snapshots.splice(0, round.people.length),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      rounds += 1;
    }
  }
  const orphans = await countOrphans();
  if (orphans > 0) throw new Error(`${race.name}: ${orphans} batches, emails or jobs without a counterpart`);
  if (!isComplete())
    throw new Error(
      `${race.name}: not every outcome occurred in ${rounds} rounds: ${formatOutcomes(outcomes)}`,
    );
  return { name: race.name, rounds, seconds: elapsed() / 1000, outcomes };
}

function checkRound(
  race: RaceScenario,
  round: RaceRound,
  results: readonly CallResult[],
  snapshots: readonly PersonSnapshot[],
): string {
  const outcome = round.classify(results, snapshots);
  const findings = results.flatMap((result) => ("threw" in result ? result.threw : []));
  if (![...race.outcomes, ...(race.rareOutcomes ?? [])].includes(outcome))
    findings.push(`outcome: ${outcome}`);
  findings.push(...snapshots.flatMap(findInconsistencies), ...compareWithTimeline(round, results, snapshots));
  if (findings.length === 0) return outcome;
  const evidence = round.calls.map((call, index) => ({
    command: call.command,
    after: call.after,
    result: results[index],
  }));
  throw new Error(
    `${race.name}:\n- ${findings.join("\n- ")}\n${JSON.stringify({ evidence, snapshots }, undefined, 1)}`,
  );
}

/** Compares the results with the timeline: every success has an entry, and every entry a success. */
function compareWithTimeline(
  round: RaceRound,
  results: readonly CallResult[],
  snapshots: readonly PersonSnapshot[],
): string[] {
  return [...new Set(Object.values(COMMAND_ACTIVITY))].flatMap((type) => {
    const reported = results.reduce((sum, result, index) => {
      const command = round.calls[index]?.command;
      if (
        !command ||
        command === "deliver" ||
        COMMAND_ACTIVITY[command] !== type ||
        "threw" in result ||
        !result.ok
      )
        return sum;
      return sum + (command === "invite" ? countInvited(result) : 1);
    }, round.before[type] ?? 0);
    const logged = snapshots
      .flatMap(({ timeline }) => timeline)
      .filter((entry) => entry.type === type).length;
    return reported === logged ? [] : [`${reported} × ${type} in the results, ${logged} in the timeline`];
  });
}

/** Formats "accepted 5,120 · revoked 4,880". */
export function formatOutcomes(outcomes: ReadonlyMap<string, number>): string {
  return [...outcomes].map(([name, count]) => `${name} ${count.toLocaleString("en")}`).join(" · ");
}
