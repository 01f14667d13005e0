import { audit } from "./audit";
import { orgs } from "./houses";
import { type Ledger, readLedgers, strays } from "./ledger";
import type { Answer } from "./moves";
import type { Players } from "./players";
import { countInvited, ENTRIES, type Race, type Round } from "./race";

/** How a race ended: how often each outcome occurred, and how long it took. */
export type Result = { name: string; rounds: number; seconds: number; outcomes: Map<string, number> };

/** When to stop: after so many rounds or seconds, whichever is first; but not before every outcome has occurred. */
export type Until = { rounds?: number; seconds?: number };

/** Rounds in which one of the outcomes never came, by chance, are enough to say that it never does. */
const PATIENCE = 60_000;

/**
 * Plays a race round after round, and counts rows, letters, jobs and timeline in the database after each. Throws at the
 * first round in which anything is wrong, with all that was found and all that lies there, and when an outcome that
 * is possible never occurred.
 */
export async function hold(race: Race, players: Players, until: Until): Promise<Result> {
  const began = performance.now();
  const outcomes = new Map<string, number>(race.outcomes.map((name) => [name, 0]));
  const nextHouse = orgs();
  let rounds = 0;
  const spent = () => performance.now() - began;
  const isComplete = () => [...outcomes.values()].every((times) => times > 0);
  const isOver = () => rounds >= (until.rounds ?? Infinity) || spent() >= (until.seconds ?? Infinity) * 1000;
  const goesOn = () => !isOver() || (!isComplete() && spent() < PATIENCE);
  while (goesOn()) {
    const dealt = await race.deal(await nextHouse());
    const answers = await players.play(dealt.flatMap(({ moves }) => moves));
    const ledgers = await readLedgers(dealt.flatMap(({ places }) => places));
    for (const round of dealt) {
      const outcome = judge(
        race,
        round,
        answers.splice(0, round.moves.length),
        ledgers.splice(0, round.places.length),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      rounds += 1;
    }
  }
  const unpaired = await strays();
  if (unpaired > 0) throw new Error(`${race.name}: ${unpaired} batches, letters or jobs without each other`);
  if (!isComplete())
    throw new Error(`${race.name}: in ${rounds} rounds not every outcome: ${words(outcomes)}`);
  return { name: race.name, rounds, seconds: spent() / 1000, outcomes };
}

function judge(race: Race, round: Round, answers: readonly Answer[], ledgers: readonly Ledger[]): string {
  const outcome = round.judge(answers, ledgers);
  const findings = answers.flatMap((answer) => ("threw" in answer ? answer.threw : []));
  if (![...race.outcomes, ...(race.mayHappen ?? [])].includes(outcome)) findings.push(`outcome: ${outcome}`);
  findings.push(...ledgers.flatMap(audit), ...compare(round, answers, ledgers));
  if (findings.length === 0) return outcome;
  const evidence = round.moves.map((move, index) => ({
    move: move.do,
    after: move.after,
    told: answers[index],
  }));
  throw new Error(
    `${race.name}:\n- ${findings.join("\n- ")}\n${JSON.stringify({ evidence, ledgers }, undefined, 1)}`,
  );
}

/** What the players were told against what the timeline says: nobody was told of a success that is not there, or the reverse. */
function compare(round: Round, answers: readonly Answer[], ledgers: readonly Ledger[]): string[] {
  return [...new Set(Object.values(ENTRIES))].flatMap((type) => {
    const told = answers.reduce((sum, answer, index) => {
      const kind = round.moves[index]?.do;
      if (!kind || kind === "deliver" || ENTRIES[kind] !== type || "threw" in answer || !answer.ok)
        return sum;
      return sum + (kind === "invite" ? countInvited(answer) : 1);
    }, round.before[type] ?? 0);
    const noted = ledgers.flatMap(({ timeline }) => timeline).filter((entry) => entry.type === type).length;
    return told === noted ? [] : [`${told} × ${type} by the answers, ${noted} by the timeline`];
  });
}

/** "accepted 5,120 · revoked 4,880". */
export function words(outcomes: ReadonlyMap<string, number>): string {
  return [...outcomes].map(([name, times]) => `${name} ${times.toLocaleString("en")}`).join(" · ");
}
