import pg from "pg";
import { beforeAll, expect, test } from "vitest";
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
import { sendBatch } from "@/lib/mail/send-batch";
import { blockMember } from "@/lib/members/commands/block";
import { unblockMember } from "@/lib/members/commands/unblock";
import { findOwnMembership } from "@/lib/members/queries/own-membership";
import type { Result } from "@/lib/result/result";
import { seedPeople } from "@/scripts/seed-people";
import {
  createTestAccount,
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
} from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

const PEOPLE = 30_000;
let org: TestOrganization;

beforeAll(async () => {
  await createIsolatedDatabase();
  org = await createTestOrganization();
  await seedPeople(org.id, [org.owner.memberId], { count: PEOPLE });
  await connectionPool().query("VACUUM (ANALYZE) invitation, member, email_message");
}, 180_000);

/** Counts the rows that `work` reads from the long tables, sequentially and by index. Backends report at their end. */
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
  return Object.fromEntries(
    Object.keys(after).map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)]),
  );
}

async function unwrap<T>(result: Promise<Result<T, string>>): Promise<T> {
  const awaited = await result;
  if (!awaited.ok) throw new Error(awaited.reason);
  return awaited.value;
}

/** Delivers all queued emails, as a worker does. */
async function deliverAll(): Promise<void> {
  const open = await db().emailBatch.findMany({ where: { closedAt: null }, select: { id: true } });
  for (const { id } of open) await sendBatch({ batch: id });
}

test("actions on one person read only that person's rows, regardless of the size of the organization", async () => {
  const { owner } = org;
  const read = await rowsRead(async () => {
    const { invitation, email, code, proof } = await org.invite();
    await deliverAll();
    await unwrap(copyInvitation(owner, { invitation, shape: "link" }));
    await unwrap(resendInvitation(owner, { invitation }));
    await deliverAll();
    await unwrap(revokeInvitation(owner, { invitation }));
    await unwrap(undoRevokeInvitation(owner, { invitation }));
    await findRowsByIds(owner, [{ invitationId: invitation }]);
    const { accountId } = await unwrap(
      acceptInvitation("10.0.0.1", await createTestAccount(email, "Lea"), { code, proof }),
    );
    const member = (await org.member(email)).id;
    await findOwnMembership(await org.actorOf(accountId));
    await unwrap(blockMember(owner, { member }));
    await unwrap(unblockMember(owner, { member }));

    const other = await org.invite();
    await expireInvitation(other.invitation);
    const { invitationId } = await unwrap(renewInvitation(owner, { invitation: other.invitation }));
    await deliverAll();
    await unwrap(revokeInvitation(owner, { invitation: invitationId }));
    const third = await org.invite();
    await unwrap(declineInvitation("10.0.0.1", null, { code: third.code }));
  });
  // A few hundred lookups of one row each. A single scan of a table would read 30,000.
  expect(read.member, "rows of member").toBeLessThan(2_000);
  expect(read.invitation, "rows of invitation").toBeLessThan(2_000);
});
