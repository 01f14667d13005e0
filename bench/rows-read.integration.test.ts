import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findRowsByIds } from "@/lib/admin/queries/visible-rows";
import { env } from "@/lib/config/env";
import { closeDatabase, connectionPool, db } from "@/lib/db/client";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { closeQueue, prepareQueue } from "@/lib/jobs/queue";
import { sendBatch } from "@/lib/mail/send-batch";
import { blockMember } from "@/lib/members/commands/block";
import { unblockMember } from "@/lib/members/commands/unblock";
import { findOwnMembership } from "@/lib/members/queries/own-membership";
import { createTestAccount, createTestOrganization, expireInvitation } from "@/lib/organizations/fixture";
import type { Result } from "@/lib/result/result";
import { createIsolatedDatabase } from "@/scripts/isolated-database";
import { seedPeople } from "@/scripts/seed-people";

const PEOPLE = 30_000;
let org: Awaited<ReturnType<typeof createTestOrganization>>;
let drop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  ({ drop } = await createIsolatedDatabase());
  await prepareQueue();
  org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: PEOPLE });
  await connectionPool().query("VACUUM (ANALYZE) invitation, member, email_message");
}, 180_000);

afterAll(async () => {
  await closeQueue();
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
  for (const { id } of owed) await sendBatch({ batch: id });
}

test("what is done to one person reads their own rows, however many the organization holds", async () => {
  const { owner } = org;
  const read = await rowsRead(async () => {
    const { invitation, email, code, proof } = await org.invite();
    await deliverAll();
    await must(copyInvitation(owner, { invitation, shape: "link" }));
    await must(resendInvitation(owner, { invitation }));
    await deliverAll();
    await must(revokeInvitation(owner, { invitation }));
    await must(undoRevokeInvitation(owner, { invitation }));
    await findRowsByIds(owner, [{ invitationId: invitation }]);
    const { accountId } = await must(
      acceptInvitation("10.0.0.1", await createTestAccount(email, "Lea"), { code, proof }),
    );
    const member = (await org.member(email)).id;
    await findOwnMembership(await org.actorOf(accountId));
    await must(blockMember(owner, { member }));
    await must(unblockMember(owner, { member }));

    const other = await org.invite();
    await expireInvitation(other.invitation);
    const { invitationId } = await must(renewInvitation(owner, { invitation: other.invitation }));
    await deliverAll();
    await must(revokeInvitation(owner, { invitation: invitationId }));
    const third = await org.invite();
    await must(declineInvitation("10.0.0.1", null, { code: third.code }));
  });
  // Some hundred look-ups of one row each. A single walk through a table would be thirty thousand.
  expect(read.member, "rows of member").toBeLessThan(2_000);
  expect(read.invitation, "rows of invitation").toBeLessThan(2_000);
});
