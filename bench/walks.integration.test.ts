import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChanged } from "@/lib/admin/queries/rows";
import { env } from "@/lib/config/env";
import { closeDatabase, db, pool } from "@/lib/db/client";
import { copy } from "@/lib/invitations/commands/copy";
import { decline } from "@/lib/invitations/commands/decline";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { deliver } from "@/lib/mail/delivery";
import { block } from "@/lib/members/commands/block";
import { unblock } from "@/lib/members/commands/unblock";
import { findOwnPlace } from "@/lib/members/queries/own-place";
import { createTestOrganization, expire, makeAccount } from "@/lib/organizations/fixture";
import type { Result } from "@/lib/result/result";
import { seatCrowd } from "@/scripts/crowd";
import { ownDatabase } from "@/scripts/own-database";

const PEOPLE = 30_000;
let org: Awaited<ReturnType<typeof createTestOrganization>>;
let drop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  ({ drop } = await ownDatabase());
  await prepareQueue();
  org = await createTestOrganization();
  await seatCrowd(org.id, [org.owner.memberId], { count: PEOPLE });
  await pool().query("VACUUM (ANALYZE) invitation, member, email_message");
}, 180_000);

afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await drop?.();
});

/** Rows of the long tables that were read while `work` ran, whole tables and indexes alike. Backends tell when they end. */
async function rowsRead(work: () => Promise<void>): Promise<Record<string, number>> {
  const read = async () => {
    await closeDatabase();
    const client = new pg.Client(env().databaseUrl);
    await client.connect();
    const { rows } = await client
      .query<{ table: string; read: number }>(
        `SELECT relname AS "table", (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read
         FROM pg_stat_user_tables WHERE relname IN ('member', 'invitation')`,
      )
      .finally(() => client.end());
    return Object.fromEntries(rows.map(({ table, read }) => [table, read]));
  };
  const before = await read();
  await work();
  const after = await read();
  return Object.fromEntries(Object.keys(after).map((one) => [one, (after[one] ?? 0) - (before[one] ?? 0)]));
}

async function must<T>(outcome: Promise<Result<T, string>>): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.reason);
  return settled.value;
}

/** The letters that are owed, delivered as a worker would. */
async function deliverAll(): Promise<void> {
  const owed = await db().emailBatch.findMany({ where: { closedAt: null }, select: { id: true } });
  for (const { id } of owed) await deliver({ batch: id });
}

test("what is done to one person reads their own rows, however many the organization holds", async () => {
  const { owner } = org;
  const read = await rowsRead(async () => {
    const { invitation, email, code, proof } = await org.invite();
    await deliverAll();
    await must(copy(owner, { invitation, shape: "link" }));
    await must(resend(owner, { invitation }));
    await deliverAll();
    await must(revoke(owner, { invitation }));
    await must(undoRevoke(owner, { invitation }));
    await findChanged(owner, [{ invitationId: invitation }]);
    const { accountId } = await must(accept("10.0.0.1", await makeAccount(email, "Lea"), { code, proof }));
    const member = (await org.member(email)).id;
    await findOwnPlace(await org.actorOf(accountId));
    await must(block(owner, { member }));
    await must(unblock(owner, { member }));

    const other = await org.invite();
    await expire(other.invitation);
    const { invitationId } = await must(renew(owner, { invitation: other.invitation }));
    await deliverAll();
    await must(revoke(owner, { invitation: invitationId }));
    const third = await org.invite();
    await must(decline("10.0.0.1", null, { code: third.code }));
  });
  // Some hundred look-ups of one row each. A single walk through a table would be thirty thousand.
  expect(read.member, "rows of member").toBeLessThan(2_000);
  expect(read.invitation, "rows of invitation").toBeLessThan(2_000);
});
