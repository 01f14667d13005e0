import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { accept } from "@/lib/invitations/commands/join";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";
import { freshIp, inviteAll, late, placeOf } from "../houses";
import type { Ledger, Place } from "../ledger";
import type { Move } from "../moves";
import { PAIRS, type Race, type Round, word } from "../race";

/** An organization with two Owners and nobody else who could act as one. */
type Pair = { owners: [Actor, Actor]; places: [Place, Place] };

/** Each round has an organization of its own: who is the last Owner is a question about all of it. */
async function pair(): Promise<Pair> {
  const { id, owner, actorOf } = await createTestOrganization();
  const org = { id, owner, admins: [] };
  const seat = async () => {
    const signedIn = await makeAccount(someone("owner"), "Olga Owner");
    const [invited] = await inviteAll(org, [signedIn.email], "owner");
    if (!invited) throw new Error("not invited");
    const outcome = await accept(freshIp(), signedIn, { code: invited.code, proof: invited.proof });
    if (!outcome.ok) throw new Error(`not joined: ${outcome.reason}`);
    return actorOf(signedIn.accountId);
  };
  const owners: [Actor, Actor] = [await seat(), await seat()];
  // Whoever founded it steps back, so that the two are all there are.
  await db().member.update({ where: { id: owner.memberId }, data: { role: "member" } });
  return { owners, places: [placeOf(org, owners[0]), placeOf(org, owners[1])] };
}

/** Rounds in which each of the two makes a move at the same moment. */
async function duels(move: (by: Actor, other: Actor) => Move, beaten: readonly string[]): Promise<Round[]> {
  const pairs: Pair[] = [];
  // A few at a time: the referee's process has twenty connections.
  while (pairs.length < PAIRS) pairs.push(...(await Promise.all(Array.from({ length: 8 }, pair))));
  return pairs.map(({ owners: [one, other], places }) => ({
    places,
    moves: [
      { ...move(one, other), after: late(2) },
      { ...move(other, one), after: late(2) },
    ],
    before: { invited: 2, accepted: 2 },
    judge: ([first, second], ledgers) => {
      const told = [word(first), word(second)];
      const left = ledgers.filter(isOwner).length;
      if (left === 1 && told[0] === "ok" && beaten.includes(told[1] ?? "")) return "the first was heard";
      if (left === 1 && told[1] === "ok" && beaten.includes(told[0] ?? "")) return "the second was heard";
      return `${told.join(", ")}; ${left} Owners left`;
    },
  }));
}

function isOwner({ members: [member] }: Ledger): boolean {
  return member?.role === "owner" && member.status === "active";
}

const outcomes = ["the first was heard", "the second was heard"];

/** What both Owners' screens show, and each wants the other to be. */
function demote(by: Actor, other: Actor): Move {
  // Invited and joined: two changes since the member came to be, which counts as the first version.
  return { do: "change", actor: by, member: other.memberId, role: "member", version: 2 };
}

/** REQ-A4: whoever is heard second is no Owner any more. */
export const mutualDemotion: Race = {
  name: "Two Owners demote each other",
  outcomes,
  rounds: 1_000,
  deal: () => duels(demote, ["rights-lost"]),
};

/** REQ-A4: the same with what ends a place. */
export const mutualRemoval: Race = {
  name: "Two Owners remove or block each other",
  outcomes,
  rounds: 1_000,
  deal: () =>
    duels(
      (by, other) => ({ do: Math.random() < 0.5 ? "remove" : "block", actor: by, member: other.memberId }),
      ["rights-lost"],
    ),
};

/** REQ-A4: each gives up their own; the second one is the last Owner by then. */
export const bothStepDown: Race = {
  name: "Two Owners leave or step down",
  outcomes,
  rounds: 1_000,
  deal: () =>
    duels((by) => (Math.random() < 0.5 ? { do: "leave", actor: by } : demote(by, by)), ["last-owner"]),
};
