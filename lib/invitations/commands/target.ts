import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { type InvitationStatus, type Settled, statusOf } from "@/lib/invitations/status";
import type { Answered } from "@/lib/lists/bulk";
import type { Stop } from "@/lib/mail/bounces";
import { room } from "@/lib/mail/quota";
import type { GivenPolicy } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";
import { type Refusal, type Result, refused } from "@/lib/result/result";

/** An invitation as its commands decide about it: what it promises, and how it stands by the database's clock. */
export type Target = {
  id: string;
  memberId: string;
  email: string;
  keyId: number;
  role: Role;
  policies: GivenPolicy[];
  status: InvitationStatus;
  resendCount: number;
  issuedAt: Date;
  emailSuppression: Stop | null;
};

/** What was found of the invitations asked for, by their ids. What is not in it is not found. */
export type Targets = ReadonlyMap<string, Target>;

/**
 * The invitations with these ids in the actor's organization, their members held until the transaction ends (lock order:
 * organization, members by address, invitations). Another organization's are not found.
 */
export async function holdTargets(tx: Tx, actor: Actor, invitations: readonly string[]): Promise<Targets> {
  await tx.$queryRaw`
    SELECT FROM member m JOIN invitation i ON i.member_id = m.id
    WHERE i.id = ANY(${[...invitations]}::uuid[]) AND i.organization_id = ${actor.organization.id}::uuid
    ORDER BY m.email COLLATE "C" FOR NO KEY UPDATE OF m`;
  // Read by a statement of its own: the one that waited for the lock began before it was free.
  return readTargets(tx, actor, invitations);
}

/** As `holdTargets`, for one. */
export async function holdTarget(tx: Tx, actor: Actor, invitation: string): Promise<Target | null> {
  return (await holdTargets(tx, actor, [invitation])).get(invitation) ?? null;
}

export type LimitRefusal = "recipient-limit" | "your-limit";

/**
 * As `holdTargets`, for a command that sends letters: with the daily limits of sender and recipients, whose locks come
 * before the members' as they do when inviting. The other way round a resend and an invite of the same address
 * waited for each other for ever. `spend` takes one letter out of today's for an address, or says why there is none left.
 */
export async function holdToSend(
  tx: Tx,
  actor: Actor,
  invitations: readonly string[],
): Promise<{ targets: Targets; spend: (email: string) => LimitRefusal | null }> {
  // Only the addresses are taken from them, which never change.
  const seen = await readTargets(tx, actor, invitations);
  const { full, mine } = await room(
    tx,
    actor,
    [...seen.values()].map(({ email }) => email),
  );
  const targets = await holdTargets(tx, actor, [...seen.keys()]);
  let left = mine;
  const spend = (email: string) => {
    if (full.has(email)) return "recipient-limit";
    if (left === 0) return "your-limit";
    left -= 1;
    return null;
  };
  return { targets, spend };
}

/** One invitation, without holding anything: for reading alone. */
export async function readTarget(tx: Tx, actor: Actor, invitation: string): Promise<Target | null> {
  return (await readTargets(tx, actor, [invitation])).get(invitation) ?? null;
}

async function readTargets(tx: Tx, actor: Actor, invitations: readonly string[]): Promise<Targets> {
  const rows = await tx.$queryRaw<
    (Omit<Target, "status"> & { settledAs: Settled | null; expiresAt: Date; now: Date })[]
  >`
    SELECT i.id, m.id AS "memberId", i.email, i.key_id AS "keyId", m.role, i.resend_count AS "resendCount",
           i.issued_at AS "issuedAt", m.email_suppression AS "emailSuppression", i.settled_as AS "settledAs", i.expires_at AS "expiresAt", clock_timestamp() AS now,
           coalesce((SELECT jsonb_agg(jsonb_build_object('permissions', p.permissions, 'isDefault', p.is_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM invitation i JOIN member m ON m.id = i.member_id
    WHERE i.id = ANY(${[...invitations]}::uuid[]) AND i.organization_id = ${actor.organization.id}::uuid`;
  return new Map(
    rows.map(({ settledAs, expiresAt, now, ...target }) => [
      target.id,
      { ...target, status: statusOf({ settledAs, expiresAt }, now) },
    ]),
  );
}

/**
 * Answers for each invitation that was asked for, once: not found, or what hinders it, or what `write` made of those that
 * nothing hinders. `write` does them together and answers how to tell what became of each.
 */
export async function answerEach<T, Reason extends string>(
  invitations: readonly string[],
  targets: Targets,
  hindrance: (target: Target) => Refusal<Reason> | null,
  write: (free: readonly Target[]) => Promise<(target: Target) => Result<T, Reason>>,
): Promise<Answered<T, Reason | "not-found">[]> {
  const found = [...new Set(invitations)].map((id) => {
    const target = targets.get(id);
    return { id, target, refusal: target ? hindrance(target) : refused("not-found") };
  });
  const free = found.flatMap(({ target, refusal }) => (target && !refusal ? target : []));
  const outcomeOf = free.length > 0 ? await write(free) : undefined;
  return found.map(({ id, target, refusal }) => {
    const outcome = refusal ?? (target && outcomeOf?.(target));
    if (!outcome) throw new Error("an invitation was left without an answer");
    return { id, member: target?.memberId, email: target?.email ?? "", outcome };
  });
}
