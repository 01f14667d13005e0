import { randomUUID } from "node:crypto";
import { type ClaimOptions, claimAccount } from "@/lib/accounts/commands/claim-account";
import { enqueueConfirmation } from "@/lib/accounts/commands/enqueue-confirmation";
import type { JoinMethod } from "@/lib/activity/activity-types";
import type { SignedInAccount } from "@/lib/auth/session";
import { findPasswordProblem, hashPassword } from "@/lib/crypto/password";
import { rollback, type Tx, transaction } from "@/lib/db/client";
import { lockAccountRow, lockMemberRow, lockOrganizationRow } from "@/lib/db/locks";
import { lockInviterQuota, notifyInviterOfJoin } from "@/lib/invitations/commands/notify-inviter";
import { revokeUnbackedGrants } from "@/lib/invitations/commands/revoke-unbacked-grants";
import type { AcceptRefusal } from "@/lib/invitations/messages";
import { findInvitationByCode, type InvitationByCode } from "@/lib/invitations/queries/by-code";
import type { PendingInvitation } from "@/lib/invitations/queries/pending";
import type { InvitationStatus } from "@/lib/invitations/status";
import { done, type Refusal, type Result, refused } from "@/lib/result/result";

export type AcceptInput = {
  code: string;
  proof?: string | undefined;
  name?: string | undefined;
  password?: string | undefined;
};

export type JoinedMember = { accountId: string; slug: string };

/** Join methods that prove access to the mailbox, directly or through a trusted provider (REQ-D9). */
const MAILBOX_PROOFS: ReadonlySet<JoinMethod> = new Set(["mailed-link", "sign-in-link", "openid-connect"]);

/**
 * The identity used to join: an existing account, or a new one if `accountId` is null. The claim options
 * apply if this is the first proof of the mailbox.
 */
export type JoinIdentity = ClaimOptions & { by: JoinMethod; accountId: string | null; name: string };

type Invitation = Pick<
  PendingInvitation,
  "id" | "organizationId" | "memberId" | "email" | "account" | "organization"
>;

/**
 * Accepts an invitation by its code (REQ-D3, REQ-C8): a new user with name and password, or the signed-in
 * account. One transaction closes the invitation and activates the member, so that of concurrent requests
 * only one succeeds, and the code stops working. Only the proof in the emailed link confirms the address
 * (REQ-D9).
 */
export async function acceptInvitation(
  ip: string,
  signedIn: SignedInAccount | null,
  input: AcceptInput,
): Promise<Result<JoinedMember & { isNew: boolean }, AcceptRefusal>> {
  const found = await findInvitationByCode(ip, input.code, input.proof);
  if (!found.ok) return found;
  const invitation = found.value;
  if (invitation.status !== "pending") return refused(invitation.status);
  const identity = await resolveIdentity(invitation, signedIn, input);
  if (!identity.ok) return identity;
  const joined = await transaction((tx) => joinOrganization(tx, invitation, identity.value));
  return joined.ok ? done({ ...joined.value, isNew: identity.value.passwordHash !== undefined }) : joined;
}

async function resolveIdentity(
  invitation: InvitationByCode,
  signedIn: SignedInAccount | null,
  input: AcceptInput,
): Promise<Result<JoinIdentity, AcceptRefusal>> {
  const { account, email, proven } = invitation;
  const by = proven ? "mailed-link" : "code";
  if (signedIn) {
    if (signedIn.email !== email) return refused("wrong-account");
    if (!signedIn.confirmed && !proven) return refused("address-unconfirmed");
    const { accountId, name, sessionId: keepSession } = signedIn;
    return done({ by, accountId, name, keepSession });
  }
  // An invitation sets no new password for an existing account, unless its address was never confirmed and
  // this link proves it.
  if (account && (account.confirmed || !proven)) return refused("account-exists");
  if (!input.name) return refused("name-missing");
  if (!input.password) return refused("password-missing");
  const passwordReason = findPasswordProblem(input.password, [input.name, email]);
  if (passwordReason) return refused(passwordReason);
  const passwordHash = await hashPassword(input.password);
  return done({ by, accountId: account?.id ?? null, name: input.name, passwordHash });
}

/**
 * Accepts a pending invitation and activates the member. The only way to join an organization: codes, emailed
 * links, logins and pending invitations all use it. Locks, in this order, the organization, the inviter's
 * daily limit, the member, the invitation and the account. A refusal changes nothing.
 */
export async function joinOrganization(
  tx: Tx,
  invitation: Invitation,
  identity: JoinIdentity,
): Promise<Result<JoinedMember, AcceptRefusal>> {
  const { organizationId, memberId, email } = invitation;
  const proven = MAILBOX_PROOFS.has(identity.by);
  const organization = await lockOrganizationRow(tx, organizationId, "share");
  const inviter = await lockInviterQuota(tx, invitation.id);
  await lockMemberRow(tx, organizationId, memberId);
  const settled = await settleAsAccepted(tx, invitation.id);
  if (!organization || !settled.ok) return settled.ok ? refused("unknown-code") : settled;
  const revokedGrants = await revokeUnbackedGrants(tx, organizationId, memberId, organization.defaultRole);
  const accountId = identity.accountId ?? (await createAccount(tx, invitation, identity));
  // The account was created concurrently: ask the user to log in.
  if (!accountId) throw rollback(refused("account-exists"));
  if (proven && identity.accountId && !invitation.account?.confirmed)
    await claimAccount(tx, accountId, identity);
  const name = identity.accountId ? await lockAccountName(tx, identity.accountId, email) : identity.name;
  // The account's address has changed, so the invitation is for a different one.
  if (name === null) throw rollback(refused("wrong-account"));
  const confirmed = proven || (identity.accountId !== null && invitation.account?.confirmed === true);
  await tx.$executeRaw`
    WITH activated AS (
      UPDATE member SET status = 'active', account_id = ${accountId}::uuid, name = ${name}, invited_until = NULL,
             address_confirmed = ${confirmed}, joined_at = clock_timestamp(), last_active_at = clock_timestamp(),
             version = version + 1
      WHERE id = ${memberId}::uuid)
    INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
    VALUES (${organizationId}::uuid, ${memberId}::uuid, ${invitation.id}::uuid, ${memberId}::uuid, 'accepted',
            clock_timestamp(), ${JSON.stringify({ by: identity.by, ...revokedGrants })}::jsonb)`;
  // A separate statement: a trigger of the previous one has marked the request as stale.
  await tx.$executeRaw`
    UPDATE invitation_request SET status = 'approved', settled_at = clock_timestamp()
    WHERE organization_id = ${organizationId}::uuid AND email = ${email} AND status IN ('unconfirmed', 'pending')`;
  if (!confirmed) await enqueueConfirmation(tx, { accountId, email }, organizationId);
  if (inviter)
    await notifyInviterOfJoin(tx, inviter, { organizationId, invitationId: invitation.id, memberId });
  return done({ accountId, slug: invitation.organization.slug });
}

/** Closes the invitation as accepted if it is pending by the database's clock; otherwise reads the reason. */
async function settleAsAccepted(tx: Tx, id: string): Promise<{ ok: true } | Refusal<AcceptRefusal>> {
  const updated = await tx.$executeRaw`
    UPDATE invitation SET settled_as = 'accepted', settled_at = clock_timestamp()
    WHERE id = ${id}::uuid AND settled_as IS NULL AND expires_at > clock_timestamp()`;
  if (updated === 1) return { ok: true };
  const row = await tx.invitation.findUnique({ where: { id }, select: { settledAs: true } });
  return refused(
    row ? ((row.settledAs ?? "expired") as Exclude<InvitationStatus, "pending">) : "unknown-code",
  );
}

/** Locks the account and returns its name; null if its address is no longer `email`. */
async function lockAccountName(tx: Tx, accountId: string, email: string): Promise<string | null> {
  const account = await lockAccountRow(tx, accountId, "no-key-update");
  return account?.email === email ? account.name : null;
}

/** Creates an account for the invited address, in the language of the invitation, and returns its id; null if one was created concurrently. */
async function createAccount(tx: Tx, invitation: Invitation, identity: JoinIdentity): Promise<string | null> {
  const id = randomUUID();
  const inserted = await tx.$executeRaw`
    INSERT INTO account (id, email, name, language, password_hash, verified_at)
    VALUES (${id}::uuid, ${invitation.email}, ${identity.name},
            (SELECT language FROM invitation WHERE id = ${invitation.id}::uuid), ${identity.passwordHash ?? null},
            CASE WHEN ${MAILBOX_PROOFS.has(identity.by)} THEN clock_timestamp() END)
    ON CONFLICT (email) DO NOTHING`;
  return inserted === 1 ? id : null;
}
