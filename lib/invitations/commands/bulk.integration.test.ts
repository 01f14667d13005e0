import { describe, expect, test } from "vitest";
import { runInvitationBatch } from "@/lib/admin/invitation-batch";
import type { Actor } from "@/lib/auth/actor";
import { connectionPool, db } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitations } from "@/lib/invitations/commands/renew";
import { resendInvitation, resendInvitations } from "@/lib/invitations/commands/resend";
import { revokeInvitations } from "@/lib/invitations/commands/revoke";
import { RENEW_MESSAGES, RESEND_MESSAGES, REVOKE_MESSAGES } from "@/lib/invitations/messages";
import { countMatchingInvitations } from "@/lib/invitations/queries/matches";
import { addToCounts, type BulkItemResult, type BulkTarget } from "@/lib/lists/bulk";
import {
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";

/** Invites people in batches of 100 and returns the ids of their invitations. */
async function inviteMany(org: TestOrganization, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 100) {
    const addresses = Array.from({ length: Math.min(100, count - index) }, () => uniqueEmail("crowd"));
    const result = await inviteMembers(org.owner, { addresses, role: "member", policies: [] });
    if (!result.ok) throw new Error(result.reason);
    ids.push(...result.value.map(({ invitationId = "" }) => invitationId));
  }
  return ids;
}

const noRows = { shownIds: [] };
const resendBatch = (actor: Actor, target: BulkTarget, asOf: Date) =>
  runInvitationBatch(
    translationFor("en"),
    actor,
    { target, asOf, ...noRows },
    RESEND_MESSAGES,
    (invitations) => resendInvitations(actor, { invitations, asOf }),
  );
const renewBatch = (actor: Actor, target: BulkTarget) =>
  runInvitationBatch(translationFor("en"), actor, { target, ...noRows }, RENEW_MESSAGES, (invitations) =>
    renewInvitations(actor, { invitations }),
  );
const revokeBatch = (actor: Actor, target: BulkTarget) =>
  runInvitationBatch(translationFor("en"), actor, { target, ...noRows }, REVOKE_MESSAGES, (invitations) =>
    revokeInvitations(actor, { invitations }),
  );

/**
 * Runs batches until all matching invitations have a result, as the client does; `afterBatch` runs after
 * each.
 */
async function runAllBatches(
  batch: (target: BulkTarget) => ReturnType<typeof revokeBatch | typeof resendBatch>,
  query: string,
  afterBatch: (results: BulkItemResult[]) => Promise<unknown> = async () => {},
): Promise<BulkItemResult[]> {
  const all: BulkItemResult[] = [];
  for (let next: string | null = query; next !== null; ) {
    const result = await batch({ query: next });
    if (!result.ok) throw new Error(result.reason);
    all.push(...result.value.results);
    next = result.value.next;
    await afterBatch(result.value.results);
  }
  return all;
}

const databaseTime = async () => {
  const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!row) throw new Error("no clock");
  return row.now;
};
const countOutcomes = (results: readonly BulkItemResult[]) => addToCounts({}, results);
const rowsOf = (org: TestOrganization) => db().invitation.findMany({ where: { organizationId: org.id } });

describe("C9 resending many", () => {
  test("C9 each invitation gets its own result, and only allowed ones are resent", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [fresh, atLimit, expired, joined, overLimit] = [
      await org.invite(),
      await org.invite(),
      await org.invite(),
      await org.invite(),
      await org.invite(),
    ];
    const foreign = await other.invite();
    for (let index = 0; index < 3; index++) await resendInvitation(org.owner, atLimit);
    await expireInvitation(expired.invitation);
    await acceptInvitation("10.9.0.1", null, { ...joined, name: "Lea Stein", password: "lovely geese walk" });
    for (let index = 0; index < 4; index++) {
      const elsewhere = await createTestOrganization();
      await elsewhere.invite(overLimit.email);
    }
    const missing = "00000000-0000-4000-8000-000000000000";
    const before = await db().emailMessage.count();
    const ids = [fresh, atLimit, expired, joined, overLimit, foreign].map(({ invitation }) => invitation);
    // A repeated id gets one result.
    const result = await resendBatch(
      org.owner,
      { ids: [...ids, fresh.invitation, missing] },
      await databaseTime(),
    );
    if (!result.ok) throw new Error(result.reason);
    expect(result.value.next).toBeNull();
    expect(result.value.results).toEqual([
      { id: fresh.invitation, email: fresh.email, outcome: "done" },
      {
        id: atLimit.invitation,
        member: (await org.member(atLimit.email)).id,
        email: atLimit.email,
        outcome: "resend-limit",
        message: "Resent 3 of 3 times. Copy the link, or revoke and invite again.",
      },
      expect.objectContaining({ id: expired.invitation, outcome: "not-pending" }),
      expect.objectContaining({ id: joined.invitation, outcome: "not-pending" }),
      expect.objectContaining({ id: overLimit.invitation, outcome: "recipient-limit" }),
      expect.objectContaining({ id: foreign.invitation, email: "", outcome: "not-found" }),
      expect.objectContaining({ id: missing, email: "", outcome: "not-found" }),
    ]);
    expect(await db().emailMessage.count()).toBe(before + 1);
    expect(await org.activity((await org.member(fresh.email)).id)).toEqual([
      { type: "invited", data: { role: "member" } },
      { type: "resent", data: { count: 1, limit: 3 } },
    ]);
  });

  test("C9 a hundred are one transaction, one call of the provider and one job", async () => {
    const org = await createTestOrganization();
    const ids = await inviteMany(org, 100);
    const result = await resendBatch(org.owner, { ids }, await databaseTime());
    expect(result.ok && countOutcomes(result.value.results)).toEqual({ done: 100 });
    const emails = await db().emailMessage.findMany({ where: { organizationId: org.id, kind: "resent" } });
    const batches = new Set(emails.map(({ batchId }) => batchId));
    expect([emails.length, batches.size]).toEqual([100, 1]);
    const [batch = ""] = batches;
    const jobs = await db().$queryRaw`
      SELECT FROM pgboss.job WHERE name = 'emails' AND data->>'batch' = ${batch}`;
    expect(jobs).toHaveLength(1);
  });

  test("C9 when the actor reaches the daily limit within a batch, the remaining invitations are refused", async () => {
    const org = await createTestOrganization();
    const ids = await inviteMany(org, 100);
    await db().$executeRaw`
      WITH batch AS (
        INSERT INTO email_batch (id, closed_at) SELECT gen_random_uuid(), now() FROM generate_series(1, 1840)
        RETURNING id)
      INSERT INTO email_message (id, batch_id, position, organization_id, kind, to_address, caused_by, state)
      SELECT gen_random_uuid(), batch.id, 0, ${org.id}::uuid, 'resent', batch.id || '@people.test',
             ${org.owner.memberId}::uuid, 'sent'
      FROM batch`;
    const result = await resendBatch(org.owner, { ids }, await databaseTime());
    expect(result.ok && countOutcomes(result.value.results)).toEqual({ done: 60, "your-limit": 40 });
  });

  test("C9 every match is resent exactly once while rows change, and a second run with the same asOf sends nothing", async () => {
    const org = await createTestOrganization();
    await inviteMany(org, 250);
    const asOf = await databaseTime();
    const invitedLater: string[] = [];
    const results = await runAllBatches(
      (target) => resendBatch(org.owner, target, asOf),
      "?status=pending",
      async () => invitedLater.push((await org.invite()).invitation),
    );
    expect(countOutcomes(results)).toEqual({ done: 250 });
    expect(new Set(results.map(({ id }) => id)).size).toBe(250);
    const rows = await rowsOf(org);
    expect(rows.filter(({ resendCount }) => resendCount === 1)).toHaveLength(250);
    expect(
      rows.filter(({ id }) => invitedLater.includes(id)).every(({ resendCount }) => resendCount === 0),
    ).toBe(true);

    // A second click, or a repetition because a response was lost.
    expect(await runAllBatches((target) => resendBatch(org.owner, target, asOf), "?status=pending")).toEqual(
      [],
    );
    const ids = results.slice(0, 100).map(({ id }) => id);
    const again = await resendBatch(org.owner, { ids }, asOf);
    expect(again.ok && countOutcomes(again.value.results)).toEqual({ "already-resent": 100 });
    expect(await db().emailMessage.count({ where: { organizationId: org.id, kind: "resent" } })).toBe(250);
  });

  test("C9 every match is resent exactly once after the expiry setting was shortened", async () => {
    const org = await createTestOrganization();
    await inviteMany(org, 150);
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 1 } });
    const asOf = await databaseTime();
    const results = await runAllBatches((target) => resendBatch(org.owner, target, asOf), "");
    expect(countOutcomes(results)).toEqual({ done: 150 });
  });

  test("C9 the query selects by search and filters, regardless of the sort order and the page of the list", async () => {
    const org = await createTestOrganization();
    await inviteMany(org, 3);
    await org.invite(`anna-${org.slug}@people.test`);
    const admin = await org.invite(`annika-${org.slug}@people.test`, "admin");
    const query = "?search=anni&role=admin&sort=-email&before=bm90IGEgY3Vyc29y";
    expect(await countMatchingInvitations(org.owner, query)).toBe(1);
    expect(await countMatchingInvitations(org.owner, "", 3)).toBe(4);
    const results = await runAllBatches((target) => revokeBatch(org.owner, target), query);
    expect(results).toEqual([{ id: admin.invitation, email: admin.email, outcome: "done" }]);
  });

  test("C9 two admins resend the same list concurrently: without a deadlock, and no invitee gets two emails", async () => {
    const org = await createTestOrganization();
    const ids = await inviteMany(org, 100);
    const mia = await org.addMember("mia", "admin");
    const asOf = await databaseTime();
    for (const [first, second] of [
      [ids, [...ids].reverse()],
      [ids, ids],
    ] as const) {
      const [byOwner, byMia] = await Promise.all([
        resendBatch(org.owner, { ids: [...first] }, asOf),
        resendBatch(mia, { ids: [...second] }, asOf),
      ]);
      if (!byOwner.ok || !byMia.ok) throw new Error("refused");
      expect((await rowsOf(org)).every(({ resendCount }) => resendCount === 1)).toBe(true);
    }
    // Without asOf, the limits of the invitation and of the recipient still hold for all actors.
    await Promise.all(
      [org.owner, mia, org.owner, mia].map(async (actor) => resendInvitations(actor, { invitations: ids })),
    );
    expect((await rowsOf(org)).every(({ resendCount }) => resendCount === 3)).toBe(true);
    const emails = await db().emailMessage.groupBy({
      by: ["toAddress"],
      where: { organizationId: org.id },
      _count: true,
    });
    expect(emails.every(({ _count }) => _count === 4)).toBe(true);
  });

  test("C9 concurrent resends, revocations and invitations in different orders do not deadlock", async () => {
    const org = await createTestOrganization();
    const ids = await inviteMany(org, 60);
    const emails = (await rowsOf(org)).map(({ email }) => email).reverse();
    for (let round = 0; round < 3; round++)
      await Promise.all([
        resendInvitations(org.owner, { invitations: ids }),
        revokeInvitations(org.owner, { invitations: [...ids].reverse() }),
        inviteMembers(org.owner, { addresses: emails, role: "member", policies: [] }),
        resendInvitations(org.owner, { invitations: [...ids].reverse() }),
      ]);
    const open = (await rowsOf(org)).filter(({ settledAs }) => settledAs === null);
    expect(new Set(open.map(({ memberId }) => memberId)).size).toBe(open.length);
  });

  test("C9 when the database closes the connections, whole batches are kept and the run continues where it stopped", async () => {
    const org = await createTestOrganization();
    await inviteMany(org, 250);
    const asOf = await databaseTime();
    const [last] = await db().$queryRaw<{ memberId: string }[]>`
      SELECT member_id AS "memberId" FROM invitation WHERE organization_id = ${org.id}::uuid
      ORDER BY expires_at DESC, id DESC OFFSET 199 LIMIT 1`;
    const sent = () => db().emailMessage.count({ where: { organizationId: org.id, kind: "resent" } });
    const first = await resendBatch(org.owner, { query: "" }, asOf);
    const next = first.ok ? (first.value.next ?? "") : "";
    expect(await sent()).toBe(100);

    // The second batch waits for a lock while the database goes down.
    const blocker = await connectionPool().connect();
    await blocker.query("BEGIN");
    await blocker.query("SELECT FROM member WHERE id = $1 FOR UPDATE", [last?.memberId]);
    const second = resendBatch(org.owner, { query: next }, asOf).then(
      () => "done",
      () => "broken",
    );
    await terminateWaitingConnection();
    expect(await second).toBe("broken");
    await blocker.query("ROLLBACK");
    blocker.release();
    expect(await sent()).toBe(100);

    const results = await runAllBatches((target) => resendBatch(org.owner, target, asOf), next);
    expect(countOutcomes(results)).toEqual({ done: 150 });
    expect((await rowsOf(org)).every(({ resendCount }) => resendCount === 1)).toBe(true);
    expect(await sent()).toBe(250);
  });
});

/** Terminates a connection that waits for a lock, as a shutdown does; polls until there is one. */
async function terminateWaitingConnection(): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    const ended = await db().$queryRaw<{ pid: number }[]>`
      WITH waiting AS MATERIALIZED (
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR NO KEY UPDATE OF m%')
      SELECT pid FROM waiting WHERE pg_terminate_backend(pid)`;
    if (ended.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("no connection waited");
}

describe("C9 revoking and renewing many", () => {
  test("C9 invitations above the actor and closed ones are refused", async () => {
    const org = await createTestOrganization();
    const rosa = await org.addMember("rosa", "member", "Delete");
    const [low, high, revoked] = [
      await org.invite(),
      await org.invite(undefined, "admin"),
      await org.invite(),
    ];
    await revokeInvitations(org.owner, { invitations: [revoked.invitation] });
    const ids = [low, high, revoked].map(({ invitation }) => invitation);
    const result = await revokeBatch(rosa, { ids });
    expect(result.ok && result.value.results.map(({ outcome }) => outcome)).toEqual([
      "done",
      "above-you",
      "not-open",
    ]);
    expect(await org.member(low.email)).toMatchObject({ status: "removed", invitedUntil: null });
    expect(await org.member(high.email)).toMatchObject({ status: "invited" });
    expect((await org.activity((await org.member(low.email)).id)).map(({ type }) => type)).toEqual([
      "invited",
      "revoked",
    ]);
  });

  test("C9 every match is revoked while the list shrinks", async () => {
    const org = await createTestOrganization();
    await inviteMany(org, 220);
    const results = await runAllBatches((target) => revokeBatch(org.owner, target), "");
    expect(countOutcomes(results)).toEqual({ done: 220 });
    expect((await rowsOf(org)).every(({ settledAs }) => settledAs === "revoked")).toBe(true);
  });

  test("C9 all expired invitations are renewed", async () => {
    const org = await createTestOrganization();
    const ids = await inviteMany(org, 130);
    const samira = await org.addMember("samira", "member", "Create");
    const high = await org.invite(undefined, "admin");
    for (const id of [...ids.slice(0, 120), high.invitation]) await expireInvitation(id);
    const results = await runAllBatches((target) => renewBatch(samira, target), "?status=all");
    expect(countOutcomes(results)).toEqual({ done: 120, "not-expired": 10, "above-you": 1 });
    const fresh = await db().invitation.findMany({
      where: { organizationId: org.id, inviterId: samira.memberId },
    });
    expect(fresh).toHaveLength(120);
    expect(fresh.every(({ settledAs, latest }) => settledAs === null && latest)).toBe(true);
    const emails = await db().emailMessage.findMany({ where: { organizationId: org.id, kind: "new" } });
    expect(emails).toHaveLength(120);
    expect(await runAllBatches((target) => renewBatch(samira, target), "?status=expired")).toEqual([
      expect.objectContaining({ outcome: "above-you" }),
    ]);
  });

  test("C9 an actor who has lost the permission is refused, and nothing in that batch is done", async () => {
    const org = await createTestOrganization();
    const mia = await org.addMember("mia", "admin");
    const ids = await inviteMany(org, 10);
    await db().member.update({ where: { id: mia.memberId }, data: { role: "member" } });
    expect(await revokeBatch(mia, { ids })).toMatchObject({ ok: false, reason: "rights-lost" });
    const member = await org.actorOf(mia.accountId);
    expect(await revokeBatch(member, { query: "" })).toMatchObject({ ok: false, reason: "rights-lost" });
    expect((await rowsOf(org)).every(({ settledAs }) => settledAs === null)).toBe(true);
  });
});
