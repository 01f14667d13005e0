import type { TestOrganization } from "./houses";
import type { Ledger, Place } from "./ledger";
import type { Answer, Kind, Move } from "./moves";

/** One race that is played again and again. */
export type Race = {
  name: string;
  /** How the rounds end. Each outcome is right, and each must occur; others are findings. */
  outcomes: readonly string[];
  /** Right too, and may be too rare to wait for. */
  mayHappen?: readonly string[];
  /** Rounds of the whole proof; 10,000 unless each costs an Argon2 or two. */
  rounds?: number;
  /** Rounds that begin together: those of one person are a race, the others keep the machine busy. */
  deal(org: TestOrganization): Promise<Round[]>;
};

/** Rounds of two players, and of sixteen, that begin together: sixty-four connections at work. */
export const PAIRS = 32;
/** And three. */
export const THREES = 21;
export const SIXTEENS = 4;

export type Round = {
  /** Whose rows are counted. */
  places: readonly Place[];
  moves: readonly Move[];
  /** What was done to these people before the race, as the timeline names it. */
  before: Partial<Record<string, number>>;
  /** Names the outcome by what the players were told, in the order of `moves`; the rows are in the ledgers, by place. */
  judge(answers: readonly Answer[], ledgers: readonly Ledger[]): string;
};

/** What a successful move leaves in the timeline; a list of invitations one for each person who was won. */
export const ENTRIES: Record<Exclude<Kind, "deliver">, string> = {
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

/** The answer in a word: "ok", or the reason of the refusal. */
export function word(answer: Answer | undefined): string {
  if (!answer) return "nothing";
  if ("threw" in answer) return "threw";
  return answer.ok ? "ok" : answer.reason;
}

/** The answers of one invitation list, by address. */
export function invited(answer: Answer | undefined): { text: string; answer: string }[] {
  return answer && "ok" in answer && answer.ok ? (answer.value as { text: string; answer: string }[]) : [];
}

/** How many invitations these answers promise. */
export function countInvited(answer: Answer): number {
  return invited(answer).filter((one) => ["invited", "invited-again"].includes(one.answer)).length;
}
