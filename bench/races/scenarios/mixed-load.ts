import type { CommandCall, CommandName } from "../calls";
import {
  adminOf,
  expireIn,
  type Invitee,
  inviteAccounts,
  jitter,
  newClientIp,
  personKey,
  type RaceOrganization,
  shuffle,
} from "../organizations";
import { type RaceScenario, SIXTEEN_ROUNDS } from "../race";

const COMMANDS = [
  "accept",
  "decline",
  "invite",
  "resend",
  "renew",
  "revoke",
  "undo",
] as const satisfies CommandName[];

/** Number of different commands per round: with all of them in each, rare combinations would hardly ever occur. */
const COMMANDS_PER_ROUND = 3;

/**
 * Sixteen clients run random commands on one invitation, which may expire during the round. Every outcome is valid in which
 * rows, emails, timeline and results are consistent.
 */
export const mixedLoad: RaceScenario = {
  name: "All commands at once, for one person",
  outcomes: ["active", "invited", "removed"],
  async prepare(org) {
    const people = await inviteAccounts(org, SIXTEEN_ROUNDS);
    const expiring = people.filter(() => Math.random() < 0.5);
    await expireIn(
      expiring.map(({ invitation }) => invitation),
      expiring.map(() => Math.floor(Math.random() * 60)),
    );
    return people.map((invitee) => {
      const commands = shuffle(COMMANDS).slice(0, COMMANDS_PER_ROUND);
      return {
        people: [personKey(org, invitee)],
        calls: Array.from({ length: 16 }, (_, index) => randomCall(commands, org, invitee, index)),
        before: { invited: 1 },
        classify: (_, [snapshot]) => snapshot?.members[0]?.status ?? "none",
      };
    });
  },
};

function randomCall(
  commands: (typeof COMMANDS)[number][],
  org: RaceOrganization,
  { signedIn, email, invitation, code, proof }: Invitee,
  index: number,
): CommandCall {
  const command = commands[Math.floor(Math.random() * commands.length)] ?? "accept";
  const actor = adminOf(org, index);
  const after = jitter(20);
  switch (command) {
    case "accept":
      return { command, ip: newClientIp(), signedIn, input: { code, proof }, after };
    case "decline":
      return { command, ip: newClientIp(), code, after };
    case "invite":
      return { command, actor, addresses: [email], after };
    default:
      return { command, actor, invitation, after };
  }
}
