import { randomUUID } from "node:crypto";
import { askToConfirm } from "@/lib/accounts/commands/ask-to-confirm";
import { type Taking, takeAccount } from "@/lib/accounts/commands/take-account";
import type { JoinedBy } from "@/lib/activity/activity-types";
import type { SignedIn } from "@/lib/auth/session";
import { badPassword, hashPassword } from "@/lib/crypto/password";
import { type Tx, transaction, undo } from "@/lib/db/client";
import { holdInviter, tellOfJoin } from "@/lib/invitations/commands/tell-inviter";
import { withdrawUngiven } from "@/lib/invitations/commands/withdraw";
import type { AcceptRefusal } from "@/lib/invitations/messages";
import { type Found, findByCode } from "@/lib/invitations/queries/by-code";
import type { Offer } from "@/lib/invitations/queries/offers";
import type { Role } from "@/lib/permissions/roles";
import { done, type Refusal, type Result, refused } from "@/lib/result/result";

export type Accept = {
  code: string;
  proof?: string | undefined;
  name?: string | undefined;
  password?: string | undefined;
};

export type Joined = { accountId: string; slug: string };

/** What has opened the mailbox, or somebody whose word for that is taken (REQ-D9). */
const PROOFS: ReadonlySet<JoinedBy> = new Set(["mailed-link", "sign-in-link", "openid-connect"]);

/** As whom somebody joins: an account, or a new one; and how its person takes it, should this be the first proof. */
export type WayIn = Taking & { by: JoinedBy; accountId: string | null; name: string };

type Invitation = Pick<Offer, "id" | "organizationId" | "memberId" | "email" | "account" | "organization">;

/**
 * Accepts an invitation (REQ-D3, REQ-C8): a new person with name and password, a signed-in one with a press. One transaction
 * settles the invitation and makes the member active, so of many at once one wins; the code is dead afterwards. Only
 * the mailed link's proof confirms the address (REQ-D9).
 */
export async function accept(
  ip: string,
  signedIn: SignedIn | null,
  input: Accept,
): Promise<Result<Joined & { isNew: boolean }, AcceptRefusal>> {
  const found = await findByCode(ip, input.code, input.proof);
  if (!found.ok) return found;
  const invitation = found.value;
  if (invitation.status !== "pending") return refused(invitation.status);
  const way = await wayIn(invitation, signedIn, input);
  if (!way.ok) return way;
  const joined = await transaction((tx) => join(tx, invitation, way.value));
  return joined.ok ? done({ ...joined.value, isNew: way.value.passwordHash !== undefined }) : joined;
}

async function wayIn(
  invitation: Found,
  signedIn: SignedIn | null,
  input: Accept,
): Promise<Result<WayIn, AcceptRefusal>> {
  const { account, email, proven } = invitation;
  const by = proven ? "mailed-link" : "code";
  if (signedIn) {
    if (signedIn.email !== email) return refused("somebody-else");
    if (!signedIn.confirmed && !proven) return refused("address-unconfirmed");
    const { accountId, name, sessionId: keepSession } = signedIn;
    return done({ by, accountId, name, keepSession });
  }
  // An existing account is never given a new password by an invitation, unless nobody ever proved its mailbox and this does.
  if (account && (account.confirmed || !proven)) return refused("account-exists");
  if (!input.name) return refused("name-missing");
  if (!input.password) return refused("password-missing");
  const bad = badPassword(input.password, [input.name, email]);
  if (bad) return refused(bad);
  const passwordHash = await hashPassword(input.password);
  return done({ by, accountId: account?.id ?? null, name: input.name, passwordHash });
}

/**
 * The one way into an organization, whoever opens it: a code, a mailed link, a sign-in, an offer. Locks organization, the
 * inviter's daily limit, member, invitation, in this order, before the account. Refused, it has changed nothing.
 */
export async function join(
  tx: Tx,
  invitation: Invitation,
  way: WayIn,
): Promise<Result<Joined, AcceptRefusal>> {
  const { organizationId, memberId, email } = invitation;
  const proven = PROOFS.has(way.by);
  const [organization] = await tx.$queryRaw<{ defaultRole: Role }[]>`
    SELECT default_role AS "defaultRole" FROM organization WHERE id = ${organizationId}::uuid FOR SHARE`;
  const inviter = await holdInviter(tx, invitation.id);
  await tx.$queryRaw`SELECT FROM member WHERE id = ${memberId}::uuid FOR NO KEY UPDATE`;
  const settled = await settle(tx, invitation.id);
  if (!organization || !settled.ok) return settled.ok ? refused("unknown-code") : settled;
  const withdrawn = await withdrawUngiven(tx, organizationId, memberId, organization.defaultRole);
  const accountId = way.accountId ?? (await newAccount(tx, invitation, way));
  // Somebody made an account for the address a moment ago: they log in with it.
  if (!accountId) throw undo(refused("account-exists"));
  if (proven && way.accountId && !invitation.account?.confirmed) await takeAccount(tx, accountId, way);
  const name = way.accountId ? await nameOf(tx, way.accountId, email) : way.name;
  // Or the account took another address: the invitation is not theirs any more.
  if (name === null) throw undo(refused("somebody-else"));
  const confirmed = proven || (way.accountId !== null && invitation.account?.confirmed === true);
  await tx.$executeRaw`
    WITH seated AS (
      UPDATE member SET status = 'active', account_id = ${accountId}::uuid, name = ${name}, invited_until = NULL,
             address_confirmed = ${confirmed}, joined_at = clock_timestamp(), last_active_at = clock_timestamp(),
             version = version + 1
      WHERE id = ${memberId}::uuid)
    INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
    VALUES (${organizationId}::uuid, ${memberId}::uuid, ${invitation.id}::uuid, ${memberId}::uuid, 'accepted',
            clock_timestamp(), ${JSON.stringify({ by: way.by, ...withdrawn })}::jsonb)`;
  // A statement of its own: the one before has marked the request as stale.
  await tx.$executeRaw`
    UPDATE invitation_request SET status = 'approved', settled_at = clock_timestamp()
    WHERE organization_id = ${organizationId}::uuid AND email = ${email} AND status IN ('unconfirmed', 'pending')`;
  if (!confirmed) await askToConfirm(tx, { accountId, email }, organizationId);
  if (inviter)
    await tellOfJoin(tx, inviter, { organizationId, invitationId: invitation.id, member: memberId });
  return done({ accountId, slug: invitation.organization.slug });
}

/** One statement decides by the database's clock; where it changed nothing, a read says why. */
async function settle(tx: Tx, id: string): Promise<{ ok: true } | Refusal<AcceptRefusal>> {
  const won = await tx.$executeRaw`
    UPDATE invitation SET settled_as = 'accepted', settled_at = clock_timestamp()
    WHERE id = ${id}::uuid AND settled_as IS NULL AND expires_at > clock_timestamp()`;
  if (won === 1) return { ok: true };
  const [row] = await tx.$queryRaw<
    { status: "accepted" | "declined" | "revoked" | "superseded" | "expired" }[]
  >`
    SELECT coalesce(settled_as, 'expired') AS status FROM invitation WHERE id = ${id}::uuid`;
  return refused(row?.status ?? "unknown-code");
}

/** The account's name, held so that it stays the member's; null: the account has another address since. */
async function nameOf(tx: Tx, accountId: string, email: string): Promise<string | null> {
  const [account] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM account WHERE id = ${accountId}::uuid AND email = ${email} FOR NO KEY UPDATE`;
  return account?.name ?? null;
}

/** A new account for the invited address; null when one came to be a moment ago. */
async function newAccount(tx: Tx, invitation: Invitation, way: WayIn): Promise<string | null> {
  const id = randomUUID();
  const made = await tx.$executeRaw`
    INSERT INTO account (id, email, name, password_hash, verified_at)
    VALUES (${id}::uuid, ${invitation.email}, ${way.name}, ${way.passwordHash ?? null},
            CASE WHEN ${PROOFS.has(way.by)} THEN clock_timestamp() END)
    ON CONFLICT (email) DO NOTHING`;
  return made === 1 ? id : null;
}
