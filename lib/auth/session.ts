import { randomUUID } from "node:crypto";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Who is signed in, by a session row that can be ended at once. */
export type SignedIn = {
  sessionId: string;
  accountId: string;
  email: string;
  name: string;
  confirmed: boolean;
};

// Security, Headers and sessions: idle 8 hours, absolute 7 days.
const ABSOLUTE = "7 days";
const isLiving = Prisma.sql`(s.ends_at > clock_timestamp() AND s.seen_at > clock_timestamp() - interval '8 hours')`;

/** Opens a session for an account and returns its id. */
export async function openSession(accountId: string, userAgent: string): Promise<string> {
  const id = randomUUID();
  await db().$executeRaw`
    INSERT INTO session (id, account_id, user_agent, seen_at, ends_at)
    VALUES (${id}::uuid, ${accountId}::uuid, ${userAgent.slice(0, 300)}, clock_timestamp(),
            clock_timestamp() + ${ABSOLUTE}::interval)`;
  return id;
}

/**
 * The same for whoever has typed the account's password, by the `stampOf` what it was compared with. Null: the password has
 * changed since. All sessions end at that moment (security: sessions), so none is opened by the old one after it: the
 * account is held, and whoever changes it holds it too.
 */
export async function openByPassword(
  accountId: string,
  userAgent: string,
  stamp: string,
): Promise<string | null> {
  const id = randomUUID();
  const opened = await db().$executeRaw`
    INSERT INTO session (id, account_id, user_agent, seen_at, ends_at)
    SELECT ${id}::uuid, a.id, ${userAgent.slice(0, 300)}, clock_timestamp(), clock_timestamp() + ${ABSOLUTE}::interval
    FROM account a
    WHERE a.id = ${accountId}::uuid AND encode(sha256(convert_to(a.password_hash, 'UTF8')), 'hex') = ${stamp}
    FOR SHARE OF a`;
  return opened === 1 ? id : null;
}

/** The living session with this id, or null. Notes that it was seen, at most once a minute. */
export async function findSession(id: string): Promise<SignedIn | null> {
  const [row] = await db().$queryRaw<(SignedIn & { stale: boolean })[]>`
    SELECT s.id AS "sessionId", a.id AS "accountId", a.email, a.name, a.verified_at IS NOT NULL AS confirmed,
           s.seen_at < clock_timestamp() - interval '1 minute' AS stale
    FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.id = ${id}::uuid AND ${isLiving}`;
  if (!row) return null;
  const { stale, ...signedIn } = row;
  if (stale) await noteSeen(signedIn);
  return signedIn;
}

/** A signed-in browser of somebody, as they see it themselves. `now`: the database's clock. */
export type OpenSession = {
  id: string;
  userAgent: string;
  createdAt: Date;
  seenAt: Date;
  isThis: boolean;
  now: Date;
};

/** The living sessions of whoever is signed in, this one first, then the one that was seen last. */
export async function listSessions({ accountId, sessionId }: SignedIn): Promise<OpenSession[]> {
  return db().$queryRaw`
    SELECT s.id, s.user_agent AS "userAgent", s.created_at AS "createdAt", s.seen_at AS "seenAt",
           s.id = ${sessionId}::uuid AS "isThis", clock_timestamp() AS now
    FROM session s WHERE s.account_id = ${accountId}::uuid AND ${isLiving}
    ORDER BY "isThis" DESC, s.seen_at DESC, s.id`;
}

/** Session and memberships learn together that the person is here (REQ-F1: last active). */
async function noteSeen({ sessionId, accountId }: SignedIn): Promise<void> {
  await db().$executeRaw`
    WITH s AS (UPDATE session SET seen_at = clock_timestamp() WHERE id = ${sessionId}::uuid)
    UPDATE member SET last_active_at = clock_timestamp() WHERE account_id = ${accountId}::uuid AND status = 'active'`;
}

/** Ends one session; the browser that holds its cookie is signed out by its next request. */
export async function endSession(id: string): Promise<void> {
  await db().session.deleteMany({ where: { id } });
}

/** Ends every session of an account, but for `keep` (security: all ended at a password change). */
export async function endSessions(tx: Tx, accountId: string, keep?: string): Promise<void> {
  await tx.session.deleteMany({ where: { accountId, ...(keep ? { id: { not: keep } } : {}) } });
}
