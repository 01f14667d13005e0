import { randomBytes, randomUUID } from "node:crypto";
import { type Actor, findActor, findOperator, type Operator } from "@/lib/auth/actor";
import { createSession, type SignedInAccount } from "@/lib/auth/session";
import { requireKey } from "@/lib/crypto/key-ring";
import { hashPassword } from "@/lib/crypto/password";
import { db, transaction } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { deriveInvitationCode, deriveMailboxProof } from "@/lib/links/invitation-link";
import { insertOrganization } from "@/lib/organizations/commands/insert";
import type { Role } from "@/lib/permissions/roles";

/** Returns an email address that no other test uses. */
export function uniqueEmail(name: string): string {
  return `${name}-${randomBytes(5).toString("hex")}@people.test`;
}

/** Returns a client IP, as commands receive it, that no other test uses, so that tests do not share rate limits. */
export function uniqueIp(): string {
  return `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`;
}

/** Creates an account that is in no organization, signed in. Its address is confirmed unless `verifiedAt` is null. */
export async function createTestAccount(
  email: string,
  name: string,
  { password, verifiedAt = new Date() }: { password?: string; verifiedAt?: Date | null } = {},
): Promise<SignedInAccount> {
  const passwordHash = password === undefined ? null : await hashOnce(password);
  const { id } = await db().account.create({ data: { email, name, passwordHash, verifiedAt } });
  return createTestSession(id);
}

const hashes = new Map<string, Promise<string>>();

/** Returns a hash of the password. Hashing is slow on purpose, so a test file does it once per password. */
function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  return hash;
}

/** Creates another session for an account. */
export async function createTestSession(accountId: string): Promise<SignedInAccount> {
  const { email, name, verifiedAt, language } = await db().account.findUniqueOrThrow({
    where: { id: accountId },
  });
  const sessionId = await createSession(accountId, "test");
  return { sessionId, accountId, email, name, confirmed: verifiedAt !== null, language };
}

/** Makes an account an operator of the installation. */
export async function makeOperator({ accountId }: { accountId: string }): Promise<Operator> {
  await db().account.update({ where: { id: accountId }, data: { operator: true } });
  const operator = await findOperator(accountId);
  if (!operator) throw new Error("no operator");
  return operator;
}

export type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

/** An invitation's delivery as its row shows it, and the state of its latest email. */
type Delivery = { delivery: string; detail: string | null; state: string };

/** Creates an organization with an Owner, and returns functions to add and read members, invitations and emails. */
export async function createTestOrganization({ name = "Northwind", ownerName = "ana" } = {}) {
  const slug = `t-${randomBytes(6).toString("hex")}`;
  const id = await transaction((tx) => insertOrganization(tx, { name, slug }));

  /** Adds an active member, with built-in policies by the last word of their names. Returns the actor. */
  async function addMember(name: string, role: Role = "member", ...policies: string[]): Promise<Actor> {
    const account = await createTestAccount(uniqueEmail(name.replace(/ .*/, "").toLowerCase()), name);
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

  /** Invites addresses in one batch. Returns the id of the first invitation. */
  async function inviteAll(by: Actor, addresses: string[], role: Role): Promise<string> {
    const result = await inviteMembers(by, { addresses, role, policies: [] });
    const invitation = result.ok ? result.value[0]?.invitationId : undefined;
    if (!invitation) throw new Error(`not invited: ${JSON.stringify(result)}`);
    return invitation;
  }

  const address = (person: string) => `${person}@${slug}.net`;
  const owner = await addMember(ownerName, "owner");
  return {
    id,
    slug,
    owner,
    addMember,
    actorOf,
    findPolicyId,
    /** Invites one address. Returns the invitation's id with its code and proof. */
    async invite(email = uniqueEmail("lea"), role: Role = "member", by: Actor = owner) {
      const invitation = await inviteAll(by, [email], role);
      return { email, invitation, ...(await findInvitationSecrets(invitation)) };
    },
    /** Returns the address of a person of this organization, of which only the name matters to the test. */
    address,
    /** Invites people, given by name or address. Returns the id of the batch that sends the emails. */
    async inviteBatch(...people: string[]): Promise<string> {
      const addresses = people.map((person) => (person.includes("@") ? person : address(person)));
      const invitationId = await inviteAll(owner, addresses, "member");
      return (await db().emailMessage.findFirstOrThrow({ where: { invitationId } })).batchId;
    },
    /** Returns the delivery of each invitation by the part of its address before the @. */
    async deliveries(): Promise<Record<string, Delivery>> {
      const messages = await db().emailMessage.findMany({
        where: { organizationId: id, invitationId: { not: null } },
        select: {
          state: true,
          invitation: { select: { email: true, delivery: true, deliveryDetail: true } },
        },
      });
      return Object.fromEntries(
        messages.flatMap(({ state, invitation }) => {
          if (!invitation) return [];
          const person = invitation.email.split("@")[0] ?? "";
          return [[person, { delivery: invitation.delivery, detail: invitation.deliveryDetail, state }]];
        }),
      );
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

/** Moves an invitation's dates back by 7 days, so that it has just expired. */
export async function expireInvitation(invitation: string): Promise<void> {
  await db().$executeRaw`
    WITH locked AS (SELECT id FROM member WHERE invitation_id = ${invitation}::uuid FOR NO KEY UPDATE),
         i AS (UPDATE invitation SET issued_at = issued_at - interval '7 days', expires_at = clock_timestamp()
               FROM locked WHERE invitation.id = ${invitation}::uuid RETURNING invitation.id, expires_at)
    UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`;
}
