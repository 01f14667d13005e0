import type { Actor } from "@/lib/auth/actor";
import type { SignedInAccount } from "@/lib/auth/session";
import type { AcceptInput } from "@/lib/invitations/commands/join";
import type { Role } from "@/lib/permissions/roles";
import type { Result } from "@/lib/result/result";

type InvitationInput = { actor: Actor; invitation: string };
type RequestInput = { actor: Actor; request: string };
type MemberInput = { actor: Actor; member: string };

/** The input of each command that a client can call in a race. */
type CommandInputs = {
  accept: { ip: string; signedIn: SignedInAccount | null; input: AcceptInput };
  decline: { ip: string; code: string };
  invite: { actor: Actor; addresses: string[] };
  resend: InvitationInput;
  renew: InvitationInput;
  revoke: InvitationInput;
  undo: InvitationInput;
  /** Approves or dismisses a request, with the role Member. */
  approve: RequestInput;
  dismiss: RequestInput;
  /** Confirms a request with the code of its email. */
  confirm: { ip: string; code: string };
  /** `version`: the one that the client has seen. */
  change: MemberInput & { role: Role; version: number };
  block: MemberInput;
  remove: MemberInput;
  leave: { actor: Actor };
  /** Delivers a batch of emails, as a worker does. */
  deliver: { batch: string };
};

export type CommandName = keyof CommandInputs;

/** One call of one client. `after`: milliseconds to wait after the barrier. */
export type CommandCall = {
  [K in CommandName]: { command: K; after?: number } & CommandInputs[K];
}[CommandName];

/** The result of a call, or the error that it threw, which is always a finding. */
export type CallResult = Result<unknown, string> | { threw: string };

/** The implementations of the commands: the product's, or broken ones that the races must detect. */
export type Commands = {
  [K in CommandName]: (call: Extract<CommandCall, { command: K }>) => Promise<Result<unknown, string>>;
};
