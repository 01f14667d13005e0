import { randomBytes, randomUUID } from "node:crypto";
import { type Actor, findActor } from "@/lib/auth/actor";
import { createSession, type SignedInAccount } from "@/lib/auth/session";
import { requireKey } from "@/lib/crypto/key-ring";
import { db, transaction } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { deriveInvitationCode, deriveMailboxProof } from "@/lib/links/invitation-link";
import { insertOrganization } from "@/lib/organizations/commands/insert";
import type { Role } from "@/lib/permissions/roles";

/** Returns an email address that no other test uses. */
export function uniqueEmail(name: string): string {
  return `${name}-${randomBytes(5).toString("hex")}@people.test`;
}

/** Creates an organization with an Owner, and returns functions to add members and invitations. */
export async function createTestOrganization() {
  const slug = `t-${randomBytes(6).toString("hex")}`;
  const id = await transaction((tx) => insertOrganization(tx, { name: "Northwind", slug }));

  /** Adds an active member, with built-in policies by the last word of their names. Returns the actor. */
  async function addMember(name: string, role: Role = "member", ...policies: string[]): Promise<Actor> {
    const account = await createTestAccount(uniqueEmail(name), name);
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
    for (const policy of policies) await assignPolicy(memberId, policy);
    return actorOf(account.accountId);
  }

  async function assignPolicy(memberId: string, name: string): Promise<void> {
    await db().memberPolicy.create({
      data: { organizationId: id, memberId, policyId: await findPolicyId(name) },
    });
  }

  /** Returns the id of a built-in policy, by the last word of its name. */
  async function findPolicyId(name: string): Promise<string> {
    const where = { organizationId: id, name: { endsWith: `(${name})` } };
    return (await db().policy.findFirstOrThrow({ where, select: { id: true } })).id;
  }

  async function actorOf(accountId: string): Promise<Actor> {
    const actor = await findActor(accountId, slug);
    if (!actor) throw new Error("no actor");
    return actor;
  }

  const owner = await addMember("ana", "owner");
  return {
    id,
    slug,
    owner,
    addMember,
    actorOf,
    findPolicyId,
    /** Invites one address. Returns the invitation's id with its code and proof. */
    async invite(email = uniqueEmail("lea"), role: Role = "member", by: Actor = owner) {
      const result = await inviteMembers(by, { addresses: [email], role, policies: [] });
      const invitation = result.ok ? result.value[0]?.invitationId : undefined;
      if (!invitation) throw new Error(`not invited: ${JSON.stringify(result)}`);
      return { email, invitation, ...(await findInvitationSecrets(invitation)) };
    },
    member: (email: string) =>
      db().member.findUniqueOrThrow({ where: { organizationId_email: { organizationId: id, email } } }),
    activity: async (memberId: string) =>
      (await db().activity.findMany({ where: { organizationId: id, memberId }, orderBy: { id: "asc" } })).map(
        ({ type, data }) => ({ type, data }),
      ),
  };
}

/** Returns the code and the mailbox proof that an invitation's email contains. */
export async function findInvitationSecrets(invitation: string): Promise<{ code: string; proof: string }> {
  const { keyId } = await db().invitation.findUniqueOrThrow({
    where: { id: invitation },
    select: { keyId: true },
  });
  return {
    code: deriveInvitationCode(requireKey(keyId), invitation),
    proof: deriveMailboxProof(requireKey(keyId), invitation),
  };
}

/** Creates an account that is in no organization, signed in. */
export async function createTestAccount(
  email: string,
  name: string,
  verifiedAt: Date | null = new Date(),
): Promise<SignedInAccount> {
  const { id } = await db().account.create({ data: { email, name, verifiedAt }, select: { id: true } });
  return {
    sessionId: await createSession(id, "test"),
    accountId: id,
    email,
    name,
    confirmed: verifiedAt !== null,
  };
}

/** Moves an invitation's dates back by 7 days, so that it has just expired. */
export async function expireInvitation(invitation: string): Promise<void> {
  await db().$executeRaw`
    WITH locked AS (SELECT id FROM member WHERE invitation_id = ${invitation}::uuid FOR NO KEY UPDATE),
         i AS (UPDATE invitation SET issued_at = issued_at - interval '7 days', expires_at = clock_timestamp()
               FROM locked WHERE invitation.id = ${invitation}::uuid RETURNING invitation.id, expires_at)
    UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`;
}
