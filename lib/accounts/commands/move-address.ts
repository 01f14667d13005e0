import { randomUUID } from "node:crypto";
import { endLinks } from "@/lib/accounts/links";
import type { Tx } from "@/lib/db/client";
import { UNDO_MINUTES } from "@/lib/result/undo";

/** The places of an account: every organization it is in. `areAll`: is it still in no other one? */
type Places = { areAll: () => Promise<boolean> };

/**
 * Holds every organization that the account is in, and there the members with its own or one of these addresses: nobody
 * is invited and nobody joins in them until the transaction ends. Call `areAll` once the account is held too.
 */
export async function holdPlaces(tx: Tx, accountId: string, emails: readonly string[]): Promise<Places> {
  const organizations = () => tx.$queryRaw<{ id: string }[]>`
    SELECT organization_id AS id FROM member
    WHERE account_id = ${accountId}::uuid AND status IN ('active', 'blocked')`;
  const held = (await organizations()).map(({ id }) => id);
  await tx.$queryRaw`
    SELECT FROM organization WHERE id = ANY(${held}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$queryRaw`
    SELECT FROM member
    WHERE organization_id = ANY(${held}::uuid[]) AND (account_id = ${accountId}::uuid OR email = ANY(${[...emails]}::text[]))
    ORDER BY email COLLATE "C", id FOR UPDATE`;
  return { areAll: async () => (await organizations()).every(({ id }) => held.includes(id)) };
}

/**
 * Keeps an address for this transaction, or finds that somebody has it. By an insert, which waits for whoever is making an
 * account of it at this moment and then answers, where an update would break.
 */
export async function winAddress(tx: Tx, email: string): Promise<boolean> {
  const id = randomUUID();
  const won = await tx.$executeRaw`
    INSERT INTO account (id, email, name) VALUES (${id}::uuid, ${email}, '') ON CONFLICT (email) DO NOTHING`;
  if (won === 1) await tx.$executeRaw`DELETE FROM account WHERE id = ${id}::uuid`;
  return won === 1;
}

/**
 * Gives an account its new address, and its member rows with it. Where an organization knows the new address already, from
 * an invitation or an earlier time, that row keeps its history and takes the old address in exchange: one row per
 * organization and address, and both mailboxes are the same person's. An open invitation of it is replaced by the place
 * they have. Whatever was mailed to the old address before opens nothing any more.
 */
export async function moveAddress(
  tx: Tx,
  accountId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const places = await tx.$queryRaw<{ id: string; earlier: string | null }[]>`
    SELECT m.id, e.id AS earlier
    FROM member m LEFT JOIN member e ON e.organization_id = m.organization_id AND e.email = ${to}
    WHERE m.account_id = ${accountId}::uuid AND m.status IN ('active', 'blocked')`;
  const own = places.map(({ id }) => id);
  const earlier = places.flatMap((place) => place.earlier ?? []);
  await replaceInvitations(tx, earlier);
  // Three steps, because at no moment two rows may have one address.
  await tx.$executeRaw`
    UPDATE member SET email = id || '@moving.invalid', version = version + 1 WHERE id = ANY(${earlier}::uuid[])`;
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE member SET email = ${to}, address_confirmed = true, version = version + 1
      WHERE id = ANY(${own}::uuid[]) RETURNING id, organization_id)
    INSERT INTO activity (organization_id, member_id, actor_id, type, at)
    SELECT organization_id, id, id, 'address-changed', clock_timestamp() FROM moved`;
  await tx.$executeRaw`UPDATE member SET email = ${from} WHERE id = ANY(${earlier}::uuid[])`;
  await tx.$executeRaw`UPDATE account SET email = ${to} WHERE id = ${accountId}::uuid`;
  await endLinks(tx, accountId);
}

/**
 * Whoever is invited by their new address where they are in already keeps the place they have. An invitation that was just
 * revoked can be undone no more: its code would let them in twice.
 */
async function replaceInvitations(tx: Tx, members: readonly string[]): Promise<void> {
  const ids = [...members];
  await tx.$executeRaw`
    WITH replaced AS (
      UPDATE invitation SET settled_as = 'superseded', settled_at = clock_timestamp()
      WHERE member_id = ANY(${ids}::uuid[]) AND (settled_as IS NULL OR settled_as = 'revoked' AND
        settled_at > clock_timestamp() - make_interval(mins => ${UNDO_MINUTES}::int))
      RETURNING id, organization_id, member_id)
    INSERT INTO activity (organization_id, member_id, invitation_id, type, at)
    SELECT organization_id, member_id, id, 'replaced', clock_timestamp() FROM replaced`;
  await tx.$executeRaw`
    UPDATE member SET status = 'removed', invited_until = NULL
    WHERE id = ANY(${ids}::uuid[]) AND status = 'invited'`;
  await tx.$executeRaw`DELETE FROM member_policy WHERE member_id = ANY(${ids}::uuid[])`;
}
