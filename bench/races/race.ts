import type { CallResult, CommandCall, CommandName } from "./calls";
import type { PersonKey, PersonSnapshot } from "./db-snapshot";
import type { RaceOrganization } from "./organizations";

/** A race that runs repeatedly. */
export type RaceScenario = {
  name: string;
  /** The valid outcomes of a round. Each must occur at least once; any other outcome is a finding. */
  outcomes: readonly string[];
  /** Further valid outcomes, which may be too rare to wait for. */
  rareOutcomes?: readonly string[];
  /** Rounds of the full run; 10,000 unless each round hashes passwords with Argon2. */
  rounds?: number;
  /** Prepares rounds that start together: the calls of one person race, the other rounds keep the machine busy. */
  prepare(org: RaceOrganization): Promise<RaceRound[]>;
};

/** Number of rounds that start together: with 2, 3 and 16 calls each, about 64 calls in total. */
export const PAIR_ROUNDS = 32;
export const TRIPLE_ROUNDS = 21;
export const SIXTEEN_ROUNDS = 4;

export type RaceRound = {
  /** The people whose rows are checked. */
  people: readonly PersonKey[];
  calls: readonly CommandCall[];
  /** The activity entries of these people from before the race, by type. */
  before: Partial<Record<string, number>>;
  /** Names the outcome from the results, in the order of `calls`, and the rows, in the order of `people`. */
  classify(results: readonly CallResult[], snapshots: readonly PersonSnapshot[]): string;
};

/** The activity entry of each successful command; an invitation list has one per invited person. */
export const COMMAND_ACTIVITY: Record<Exclude<CommandName, "deliver">, string> = {
  accept: "accepted",
  decline: "declined",
  invite: "invited",
  resend: "resent",
  renew: "renewed",
  revoke: "revoked",
  undo: "revoke-undone",
  approve: "invited",
  dismiss: "request-dismissed",
  confirm: "requested",
  change: "changed",
  block: "blocked",
  remove: "removed",
  leave: "left",
};

/** Returns "ok", the reason of a refusal, or "threw". */
export function resultCode(result: CallResult | undefined): string {
  if (!result) return "nothing";
  if ("threw" in result) return "threw";
  return result.ok ? "ok" : result.reason;
}

/** Returns the results of an invitation list, one per address. */
export function inviteResults(result: CallResult | undefined): { text: string; status: string }[] {
  return result && "ok" in result && result.ok ? (result.value as { text: string; status: string }[]) : [];
}

/** Counts the addresses that were invited. */
export function countInvited(result: CallResult): number {
  return inviteResults(result).filter(({ status }) => ["invited", "invited-again"].includes(status)).length;
}
