import { randomBytes, randomUUID } from "node:crypto";
import { type Actor, findActor } from "@/lib/auth/actor";
import { openSession, type SignedIn } from "@/lib/auth/session";
import { keyOf } from "@/lib/crypto/key-ring";
import { db, transaction } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { codeOf, proofOf } from "@/lib/links/invitation-link";
import { createOrganization } from "@/lib/organizations/commands";
import type { Role } from "@/lib/permissions/roles";

/** An address nobody else in the tests has. */
export function someone(name: string): string {
  return `${name}-${randomBytes(5).toString("hex")}@people.test`;
}

/** For tests: an organization of its own, and people with a place in it. */
export async function createTestOrganization() {
  const slug = `t-${randomBytes(6).toString("hex")}`;
  const id = await transaction((tx) => createOrganization(tx, { name: "Northwind", slug }));

  /** Seats somebody as active, with policies by the last word of their names, and answers them as actor. */
  async function seat(name: string, role: Role = "member", ...policies: string[]): Promise<Actor> {
    const account = await makeAccount(someone(name), name);
    const memberId = randomUUID();
    await db().member.create({
      data: {
        id: memberId,
        organizationId: id,
        email: account.email,
        name,
        accountId: account.accountId,
        status: "active",
        role,
        addressConfirmed: true,
      },
    });
    for (const policy of policies) await givePolicy(memberId, policy);
    return actorOf(account.accountId);
  }

  async function givePolicy(memberId: string, name: string): Promise<void> {
    await db().memberPolicy.create({ data: { organizationId: id, memberId, policyId: await policy(name) } });
  }

  /** The id of a built-in policy, by the last word of its name. */
  async function policy(name: string): Promise<string> {
    const where = { organizationId: id, name: { endsWith: `(${name})` } };
    return (await db().policy.findFirstOrThrow({ where, select: { id: true } })).id;
  }

  async function actorOf(accountId: string): Promise<Actor> {
    const actor = await findActor(accountId, slug);
    if (!actor) throw new Error("no actor");
    return actor;
  }

  const owner = await seat("ana", "owner");
  return {
    id,
    slug,
    owner,
    seat,
    actorOf,
    policy,
    /** Invites one address and answers its invitation with both its secrets. */
    async invite(email = someone("lea"), role: Role = "member", by: Actor = owner) {
      const outcome = await invite(by, { addresses: [email], role, policies: [] });
      const invitation = outcome.ok ? outcome.value[0]?.invitationId : undefined;
      if (!invitation) throw new Error(`not invited: ${JSON.stringify(outcome)}`);
      return { email, invitation, ...(await secretsOf(invitation)) };
    },
    member: (email: string) =>
      db().member.findUniqueOrThrow({ where: { organizationId_email: { organizationId: id, email } } }),
    activity: async (memberId: string) =>
      (await db().activity.findMany({ where: { organizationId: id, memberId }, orderBy: { id: "asc" } })).map(
        ({ type, data }) => ({ type, data }),
      ),
  };
}

/** What the mailed letter of an invitation carries. */
export async function secretsOf(invitation: string): Promise<{ code: string; proof: string }> {
  const { keyId } = await db().invitation.findUniqueOrThrow({
    where: { id: invitation },
    select: { keyId: true },
  });
  return { code: codeOf(keyOf(keyId), invitation), proof: proofOf(keyOf(keyId), invitation) };
}

/** An account without any place, signed in. */
export async function makeAccount(
  email: string,
  name: string,
  verifiedAt: Date | null = new Date(),
): Promise<SignedIn> {
  const { id } = await db().account.create({ data: { email, name, verifiedAt }, select: { id: true } });
  return {
    sessionId: await openSession(id, "test"),
    accountId: id,
    email,
    name,
    confirmed: verifiedAt !== null,
  };
}

/** Moves the clock of one invitation in the database: its term ended a moment ago. */
export async function expire(invitation: string): Promise<void> {
  await db().$executeRaw`
    WITH held AS (SELECT id FROM member WHERE invitation_id = ${invitation}::uuid FOR NO KEY UPDATE),
         i AS (UPDATE invitation SET issued_at = issued_at - interval '7 days', expires_at = clock_timestamp()
               FROM held WHERE invitation.id = ${invitation}::uuid RETURNING invitation.id, expires_at)
    UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`;
}
