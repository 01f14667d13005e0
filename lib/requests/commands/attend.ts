import { randomUUID } from "node:crypto";
import { type Tx, transaction } from "@/lib/db/client";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import { type Jobs, send } from "@/lib/jobs/queue";
import { LAPSE_HOURS } from "@/lib/links/request-link";
import { owe } from "@/lib/mail/outbox";
import { FOR_NEWS, findFull, takeTurn } from "@/lib/mail/quota";
import { FORGET_DAYS } from "@/lib/requests/status";

/** A request as the queue sees it; `seconds`: how long it is still kept, if nobody confirms or after it was dismissed. */
type Row = { id: string; organizationId: string; email: string; status: string; seconds: number | null };

/**
 * What the queue does about a request, once it is received and once its time is over: asks the address to confirm, where
 * there is something to ask for; forgets what nobody confirmed within 48 hours (REQ-E2), and what was dismissed a month ago.
 */
export async function attend({ request }: Jobs["requests"]): Promise<void> {
  await transaction(async (tx) => {
    const row = await read(tx, request);
    if (!row) return;
    if (row.seconds !== null && row.seconds <= 0) return forget(tx, row.id);
    if (row.status === "received") await receive(tx, row);
    if (row.seconds !== null) await send(tx, "requests", [{ request }], row.seconds);
  });
}

async function read(tx: Tx, request: string): Promise<Row | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT id, organization_id AS "organizationId", email, status,
           ceil(extract(epoch FROM CASE
             WHEN status IN ('received', 'unconfirmed') THEN created_at + make_interval(hours => ${LAPSE_HOURS}::int)
             WHEN status = 'dismissed' THEN settled_at + make_interval(days => ${FORGET_DAYS}::int)
           END - clock_timestamp()))::int AS seconds
    FROM invitation_request WHERE id = ${request}::uuid`;
  return row;
}

/** Its status again: somebody may be confirming at this moment. */
async function forget(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM invitation_request
    WHERE id = ${id}::uuid AND status IN ('received', 'unconfirmed', 'dismissed')`;
}

/**
 * Owes the letter that asks to confirm, unless the person is in, invited or blocked, has a request that is open, had their
 * letters of today but for those they may ask for themselves, or the organization would not invite them. Such a request stays as it was received, without what was
 * written in it, and lapses like one that nobody confirms: how many may wait tells nobody who is a user (decision 0029).
 */
async function receive(tx: Tx, { id, organizationId, email }: Row): Promise<void> {
  const [settings] = await tx.$queryRaw<
    { on: boolean; allowedDomains: string[]; refusedDomains: string[] }[]
  >`
    SELECT new_user_invitations AS on, allowed_domains AS "allowedDomains", refused_domains AS "refusedDomains"
    FROM organization WHERE id = ${organizationId}::uuid FOR SHARE`;
  await takeTurn(tx, [email]);
  const isWelcome =
    settings?.on && isDomainAllowed(email, settings) && !(await findFull(tx, [email], FOR_NEWS)).has(email);
  if (isWelcome && (await isPromoted(tx, id))) {
    await owe(tx, [
      { id: randomUUID(), kind: "request-confirmation", to: email, organizationId, requestId: id },
    ]);
  } else {
    await tx.$executeRaw`
      UPDATE invitation_request SET name = '', message = '' WHERE id = ${id}::uuid AND status = 'received'`;
  }
}

/** Whoever joins at this moment marks the row as stale, and it is not promoted. */
async function isPromoted(tx: Tx, id: string): Promise<boolean> {
  const promoted = await tx.$executeRaw`
    UPDATE invitation_request r SET status = 'unconfirmed'
    WHERE r.id = ${id}::uuid AND r.status = 'received' AND NOT r.stale
      AND NOT EXISTS (
        SELECT FROM member m WHERE m.organization_id = r.organization_id AND m.email = r.email
          AND (m.status IN ('active', 'blocked') OR (m.status = 'invited' AND m.invited_until > clock_timestamp())))
      AND NOT EXISTS (
        SELECT FROM invitation_request open WHERE open.organization_id = r.organization_id AND open.email = r.email
          AND open.status IN ('unconfirmed', 'pending'))`;
  return promoted === 1;
}
