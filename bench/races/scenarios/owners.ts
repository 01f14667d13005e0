import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { createTestAccount, createTestOrganization, uniqueEmail } from "@/test/factories";
import type { CommandCall } from "../calls";
import type { PersonKey, PersonSnapshot } from "../db-snapshot";
import { inviteAll, jitter, newClientIp, personKey } from "../organizations";
import { PAIR_ROUNDS, type RaceRound, type RaceScenario, resultCode } from "../race";

/** An organization with exactly two Owners. */
type Pair = { owners: [Actor, Actor]; people: [PersonKey, PersonKey] };

/** Creates an organization per round, because the last-Owner rule concerns all of its members. */
async function createPair(): Promise<Pair> {
  const { id, owner, actorOf } = await createTestOrganization();
  const org = { id, owner, admins: [] };
  const addOwner = async () => {
    const signedIn = await createTestAccount(uniqueEmail("owner"), "Olga Owner");
    const [invited] = await inviteAll(org, [signedIn.email], "owner");
    if (!invited) throw new Error("not invited");
    const result = await acceptInvitation(newClientIp(), signedIn, {
      code: invited.code,
      proof: invited.proof,
    });
    if (!result.ok) throw new Error(`not joined: ${result.reason}`);
    return actorOf(signedIn.accountId);
  };
  const owners: [Actor, Actor] = [await addOwner(), await addOwner()];
  // The first Owner becomes a Member, so that exactly two Owners are left.
  await db().member.update({ where: { id: owner.memberId }, data: { role: "member" } });
  return { owners, people: [personKey(org, owners[0]), personKey(org, owners[1])] };
}

/** Prepares rounds in which each Owner makes a call at the same moment. The loser is refused for one of the reasons. */
async function prepareMutualCalls(
  createCall: (by: Actor, other: Actor) => CommandCall,
  reasons: readonly string[],
): Promise<RaceRound[]> {
  const pairs: Pair[] = [];
  // Eight at a time: the runner's process has 20 connections.
  while (pairs.length < PAIR_ROUNDS)
    pairs.push(...(await Promise.all(Array.from({ length: 8 }, createPair))));
  return pairs.map(({ owners: [one, other], people }) => ({
    people,
    calls: [
      { ...createCall(one, other), after: jitter(2) },
      { ...createCall(other, one), after: jitter(2) },
    ],
    before: { invited: 2, accepted: 2 },
    classify: ([first, second], snapshots) => {
      const codes = [resultCode(first), resultCode(second)];
      const ownersLeft = snapshots.filter(isOwner).length;
      if (ownersLeft === 1 && codes[0] === "ok" && reasons.includes(codes[1] ?? ""))
        return "the first succeeded";
      if (ownersLeft === 1 && codes[1] === "ok" && reasons.includes(codes[0] ?? ""))
        return "the second succeeded";
      return `${codes.join(", ")}; ${ownersLeft} Owners left`;
    },
  }));
}

function isOwner({ members: [member] }: PersonSnapshot): boolean {
  return member?.role === "owner" && member.status === "active";
}

const outcomes = ["the first succeeded", "the second succeeded"];

/** Makes the other Owner a Member. */
function demote(by: Actor, other: Actor): CommandCall {
  // Two changes, invited and joined, since the member was created.
  return { command: "change", actor: by, member: other.memberId, role: "member", version: 2 };
}

/** REQ-A4: the second call is refused because its caller is no longer an Owner. */
export const mutualDemotion: RaceScenario = {
  name: "Two Owners demote each other",
  outcomes,
  rounds: 1_000,
  prepare: () => prepareMutualCalls(demote, ["rights-lost"]),
};

/** REQ-A4: the same with removing and blocking. */
export const mutualRemoval: RaceScenario = {
  name: "Two Owners remove or block each other",
  outcomes,
  rounds: 1_000,
  prepare: () =>
    prepareMutualCalls(
      (by, other) => ({
        command: Math.random() < 0.5 ? "remove" : "block",
        actor: by,
        member: other.memberId,
      }),
      ["rights-lost"],
    ),
};

/** REQ-A4: both give up their own role; the second one is refused as the last Owner. */
export const bothStepDown: RaceScenario = {
  name: "Two Owners leave or step down",
  outcomes,
  rounds: 1_000,
  prepare: () =>
    prepareMutualCalls(
      (by) => (Math.random() < 0.5 ? { command: "leave", actor: by } : demote(by, by)),
      ["last-owner"],
    ),
};
