import type { Actor } from "@/lib/auth/actor";
import type { SignedIn } from "@/lib/auth/session";
import type { Accept } from "@/lib/invitations/commands/join";
import type { Role } from "@/lib/permissions/roles";
import type { Result } from "@/lib/result/result";

type OfInvitation = { actor: Actor; invitation: string };
type OfRequest = { actor: Actor; request: string };
type OfMember = { actor: Actor; member: string };

/** What each kind of player may do in a race, with everything their command is given. */
type Kinds = {
  accept: { ip: string; signedIn: SignedIn | null; input: Accept };
  decline: { ip: string; code: string };
  invite: { actor: Actor; addresses: string[] };
  resend: OfInvitation;
  renew: OfInvitation;
  revoke: OfInvitation;
  undo: OfInvitation;
  /** Answers to a request, as Member. */
  approve: OfRequest;
  dismiss: OfRequest;
  /** A press on the link of the letter that a request was answered with. */
  confirm: { ip: string; code: string };
  /** With the version that the screen showed. */
  change: OfMember & { role: Role; version: number };
  block: OfMember;
  remove: OfMember;
  leave: { actor: Actor };
  /** A worker of the queue, with the job of a batch of letters. */
  deliver: { batch: string };
};

export type Kind = keyof Kinds;

/** One call of one player. `after`: milliseconds that they are late for the barrier. */
export type Move = { [K in Kind]: { do: K; after?: number } & Kinds[K] }[Kind];

/** What a player was told: the command's outcome, or what it threw, which no race may bring about. */
export type Answer = Result<unknown, string> | { threw: string };

/** How moves are made: by the commands, or by careless ones (`careless.ts`) that the harness must catch. */
export type Commands = {
  [K in Kind]: (move: Extract<Move, { do: K }>) => Promise<Result<unknown, string>>;
};
