import { randomUUID } from "node:crypto";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SHARE_ACCOUNT } from "@/lib/db/locks";

/** The account that is signed in, and its session. */
export type SignedInAccount = {
  sessionId: string;
  accountId: string;
  email: string;
  name: string;
  confirmed: boolean;
  /** The language of the account; null until one is chosen. */
  language: string | null;
};

// S-SESS-2: 8 hours idle, 7 days absolute.
const MAX_AGE = "7 days";
const isActive = Prisma.sql`(s.ends_at > clock_timestamp() AND s.seen_at > clock_timestamp() - interval '8 hours')`;

/** Creates a session for an account and returns its id. */
export async function createSession(accountId: string, userAgent: string): Promise<string> {
  const id = randomUUID();
  await db().$executeRaw`
    INSERT INTO session (id, account_id, user_agent, seen_at, ends_at)
    VALUES (${id}::uuid, ${accountId}::uuid, ${userAgent.slice(0, 300)}, clock_timestamp(),
            clock_timestamp() + ${MAX_AGE}::interval)`;
  return id;
}

/**
 * Creates a session for an account whose password was verified, and returns its id. `stamp` is the `stampOf` that
 * password's hash. Returns null if the password has changed since: a change ends all sessions (S-SESS-2), so the old
 * password must not open a new one. The account lock serializes this with the change.
 */
export async function createPasswordSession(
  accountId: string,
  userAgent: string,
  stamp: string,
): Promise<string | null> {
  const id = randomUUID();
  const inserted = await db().$executeRaw`
    INSERT INTO session (id, account_id, user_agent, seen_at, ends_at)
    SELECT ${id}::uuid, a.id, ${userAgent.slice(0, 300)}, clock_timestamp(), clock_timestamp() + ${MAX_AGE}::interval
    FROM account a
    WHERE a.id = ${accountId}::uuid AND encode(sha256(convert_to(a.password_hash, 'UTF8')), 'hex') = ${stamp}
    ${SHARE_ACCOUNT}`;
  return inserted === 1 ? id : null;
}

/** Returns the active session with this id, or null. Updates when it was last seen, at most once a minute. */
export async function findSession(id: string): Promise<SignedInAccount | null> {
  const [row] = await db().$queryRaw<(SignedInAccount & { stale: boolean })[]>`
    SELECT s.id AS "sessionId", a.id AS "accountId", a.email, a.name, a.language, a.verified_at IS NOT NULL AS confirmed,
           s.seen_at < clock_timestamp() - interval '1 minute' AS stale
    FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.id = ${id}::uuid AND ${isActive}`;
  if (!row) return null;
  const { stale, ...signedIn } = row;
  if (stale) await updateLastSeen(signedIn);
  return signedIn;
}

/** A session on the user's account page. `now` is the database's clock. */
export type ActiveSession = {
  id: string;
  userAgent: string;
  createdAt: Date;
  seenAt: Date;
  isCurrent: boolean;
  now: Date;
};

/** Returns the user's active sessions: the current one first, then by last seen, newest first. */
export async function listSessions({ accountId, sessionId }: SignedInAccount): Promise<ActiveSession[]> {
  return db().$queryRaw`
    SELECT s.id, s.user_agent AS "userAgent", s.created_at AS "createdAt", s.seen_at AS "seenAt",
           s.id = ${sessionId}::uuid AS "isCurrent", clock_timestamp() AS now
    FROM session s WHERE s.account_id = ${accountId}::uuid AND ${isActive}
    ORDER BY "isCurrent" DESC, s.seen_at DESC, s.id`;
}

/** Updates the session and the "last active" time of the user's memberships (REQ-F1) in one statement. */
async function updateLastSeen({ sessionId, accountId }: SignedInAccount): Promise<void> {
  await db().$executeRaw`
    WITH s AS (UPDATE session SET seen_at = clock_timestamp() WHERE id = ${sessionId}::uuid)
    UPDATE member SET last_active_at = clock_timestamp() WHERE account_id = ${accountId}::uuid AND status = 'active'`;
}

/** Ends one session. Its browser is signed out at its next request. */
export async function endSession(id: string): Promise<void> {
  await db().session.deleteMany({ where: { id } });
}

/** Ends every session of an account except `exceptId` (S-SESS-2). */
export async function endSessions(tx: Tx, accountId: string, exceptId?: string): Promise<void> {
  await tx.session.deleteMany({ where: { accountId, ...(exceptId ? { id: { not: exceptId } } : {}) } });
}
