import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { lockMembersOfInvitations } from "@/lib/db/locks";
import { type InvitationStatus, invitationStatusOf, type Resolution } from "@/lib/invitations/status";
import type { ItemResult } from "@/lib/lists/bulk";
import type { EmailSuppression } from "@/lib/mail/bounces";
import { remainingQuota } from "@/lib/mail/quota";
import type { GrantablePolicy } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";
import { type Refusal, type Result, refused } from "@/lib/result/result";

/**
 * The data that commands need to decide about an invitation; `status` is computed with the database's clock.
 */
export type InvitationForUpdate = {
  id: string;
  memberId: string;
  email: string;
  keyId: number;
  role: Role;
  policies: GrantablePolicy[];
  status: InvitationStatus;
  resendCount: number;
  issuedAt: Date;
  emailSuppression: EmailSuppression | null;
};

/** Invitations by id. Ids that do not exist in the organization are missing. */
export type InvitationsById = ReadonlyMap<string, InvitationForUpdate>;

/**
 * Locks the members of these invitations until the transaction ends and returns the invitations. Lock order:
 * organization, members by address, invitations. Invitations of other organizations are not found.
 */
export async function lockInvitations(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
): Promise<InvitationsById> {
  await lockMembersOfInvitations(tx, actor.organization.id, ids);
  // A separate statement, because the snapshot of the locking one is older than the changes that it waited
  // for.
  return selectInvitations(tx, actor, ids);
}

/** Locks one invitation, like `lockInvitations`; null if it is not found. */
export async function lockInvitation(
  tx: Tx,
  actor: Actor,
  invitation: string,
): Promise<InvitationForUpdate | null> {
  return (await lockInvitations(tx, actor, [invitation])).get(invitation) ?? null;
}

export type LimitRefusal = "recipient-limit" | "your-limit";

/**
 * Locks invitations, like `lockInvitations`, for a command that sends emails: first locks the daily limits of
 * the sender and the recipients, as inviting does. Reversing the order deadlocks resend and invite of the
 * same address. `consumeQuota` counts one email to an address and returns null, or returns the limit that is
 * reached.
 */
export async function lockForSending(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
): Promise<{ found: InvitationsById; consumeQuota: (email: string) => LimitRefusal | null }> {
  // Read before the lock only for the addresses, which never change.
  const candidates = await selectInvitations(tx, actor, ids);
  const { overLimit, remaining: quota } = await remainingQuota(
    tx,
    actor,
    [...candidates.values()].map(({ email }) => email),
  );
  const found = await lockInvitations(tx, actor, [...candidates.keys()]);
  let remaining = quota;
  const consumeQuota = (email: string) => {
    if (overLimit.has(email)) return "recipient-limit";
    if (remaining === 0) return "your-limit";
    remaining -= 1;
    return null;
  };
  return { found, consumeQuota };
}

/** Returns one invitation without locking it; null if it is not found. */
export async function readInvitation(
  tx: Tx,
  actor: Actor,
  invitation: string,
): Promise<InvitationForUpdate | null> {
  return (await selectInvitations(tx, actor, [invitation])).get(invitation) ?? null;
}

async function selectInvitations(tx: Tx, actor: Actor, ids: readonly string[]): Promise<InvitationsById> {
  const rows = await tx.$queryRaw<
    (Omit<InvitationForUpdate, "status"> & { settledAs: Resolution | null; expiresAt: Date; now: Date })[]
  >`
    SELECT i.id, m.id AS "memberId", i.email, i.key_id AS "keyId", m.role, i.resend_count AS "resendCount",
           i.issued_at AS "issuedAt", m.email_suppression AS "emailSuppression", i.settled_as AS "settledAs",
           i.expires_at AS "expiresAt", clock_timestamp() AS now,
           coalesce((SELECT jsonb_agg(jsonb_build_object('permissions', p.permissions, 'isDefault', p.is_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM invitation i JOIN member m ON m.id = i.member_id
    WHERE i.id = ANY(${[...ids]}::uuid[]) AND i.organization_id = ${actor.organization.id}::uuid`;
  return new Map(
    rows.map(({ settledAs, expiresAt, now, ...invitation }) => [
      invitation.id,
      { ...invitation, status: invitationStatusOf({ settledAs, expiresAt }, now) },
    ]),
  );
}

/**
 * Returns one result per distinct id: not found, the refusal of `refusalFor`, or the result of `write`.
 * `write` runs once for all allowed invitations and returns a function that gives the result of each.
 */
export async function resultForEach<T, Reason extends string>(
  ids: readonly string[],
  found: InvitationsById,
  refusalFor: (invitation: InvitationForUpdate) => Refusal<Reason> | null,
  write: (
    allowed: readonly InvitationForUpdate[],
  ) => Promise<(invitation: InvitationForUpdate) => Result<T, Reason>>,
): Promise<ItemResult<T, Reason | "not-found">[]> {
  const checked = [...new Set(ids)].map((id) => {
    const invitation = found.get(id);
    return { id, invitation, refusal: invitation ? refusalFor(invitation) : refused("not-found") };
  });
  const allowed = checked.flatMap(({ invitation, refusal }) => (invitation && !refusal ? invitation : []));
  const resultFor = allowed.length > 0 ? await write(allowed) : undefined;
  return checked.map(({ id, invitation, refusal }) => {
    const result = refusal ?? (invitation && resultFor?.(invitation));
    if (!result) throw new Error("no result for an invitation");
    return { id, member: invitation?.memberId, email: invitation?.email ?? "", result };
  });
}
