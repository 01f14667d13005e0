import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doBatch, type Whom } from "@/lib/admin/invitation-batch";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db, pool } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renewEach } from "@/lib/invitations/commands/renew";
import { resend, resendEach } from "@/lib/invitations/commands/resend";
import { revokeEach } from "@/lib/invitations/commands/revoke";
import { RENEW_MESSAGES, RESEND_MESSAGES, REVOKE_MESSAGES } from "@/lib/invitations/messages";
import { countMatches } from "@/lib/invitations/queries/matches";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { type BulkAnswer, count } from "@/lib/lists/bulk";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

/** So many people, invited a hundred at a time; answers their invitations. */
async function crowd(org: TestOrganization, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < many; at += 100) {
    const addresses = Array.from({ length: Math.min(100, many - at) }, () => someone("crowd"));
    const outcome = await invite(org.owner, { addresses, role: "member", policies: [] });
    if (!outcome.ok) throw new Error(outcome.reason);
    ids.push(...outcome.value.map(({ invitationId = "" }) => invitationId));
  }
  return ids;
}

const none = { shown: [] };
const resendBatch = (actor: Actor, whom: Whom, asOf: Date) =>
  doBatch(actor, { whom, asOf, ...none }, RESEND_MESSAGES, (invitations) =>
    resendEach(actor, { invitations, asOf }),
  );
const renewBatch = (actor: Actor, whom: Whom) =>
  doBatch(actor, { whom, ...none }, RENEW_MESSAGES, (invitations) => renewEach(actor, { invitations }));
const revokeBatch = (actor: Actor, whom: Whom) =>
  doBatch(actor, { whom, ...none }, REVOKE_MESSAGES, (invitations) => revokeEach(actor, { invitations }));

/** Goes on until all that match are answered, as the screen does; `between` happens after each batch. */
async function walk(
  batch: (whom: Whom) => ReturnType<typeof revokeBatch | typeof resendBatch>,
  query: string,
  between: (answers: BulkAnswer[]) => Promise<unknown> = async () => {},
): Promise<BulkAnswer[]> {
  const all: BulkAnswer[] = [];
  for (let next: string | null = query; next !== null; ) {
    const outcome = await batch({ query: next });
    if (!outcome.ok) throw new Error(outcome.reason);
    all.push(...outcome.value.answers);
    next = outcome.value.next;
    await between(outcome.value.answers);
  }
  return all;
}

const now = async () => {
  const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!row) throw new Error("no clock");
  return row.now;
};
const tally = (answers: readonly BulkAnswer[]) => count({}, answers);
const rowsOf = (org: TestOrganization) => db().invitation.findMany({ where: { organizationId: org.id } });

describe("C9 resending many", () => {
  test("C9 each gets an answer of their own, and only what was sent is sent", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [fresh, worn, expired, joined, full] = [
      await org.invite(),
      await org.invite(),
      await org.invite(),
      await org.invite(),
      await org.invite(),
    ];
    const foreign = await other.invite();
    for (let at = 0; at < 3; at++) await resend(org.owner, worn);
    await expire(expired.invitation);
    await accept("10.9.0.1", null, { ...joined, name: "Lea Stein", password: "lovely geese walk" });
    for (let at = 0; at < 4; at++) {
      const away = await createTestOrganization();
      await away.invite(full.email);
    }
    const missing = "00000000-0000-4000-8000-000000000000";
    const before = await db().emailMessage.count();
    const ids = [fresh, worn, expired, joined, full, foreign].map(({ invitation }) => invitation);
    // Somebody named twice is answered once.
    const outcome = await resendBatch(org.owner, { ids: [...ids, fresh.invitation, missing] }, await now());
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(outcome.value.next).toBeNull();
    expect(outcome.value.answers).toEqual([
      { id: fresh.invitation, email: fresh.email, answer: "done" },
      {
        id: worn.invitation,
        member: (await org.member(worn.email)).id,
        email: worn.email,
        answer: "resend-limit",
        why: "Resent 3 of 3 times. Copy the link, or revoke and invite again.",
      },
      expect.objectContaining({ id: expired.invitation, answer: "not-pending" }),
      expect.objectContaining({ id: joined.invitation, answer: "not-pending" }),
      expect.objectContaining({ id: full.invitation, answer: "recipient-limit" }),
      expect.objectContaining({ id: foreign.invitation, email: "", answer: "not-found" }),
      expect.objectContaining({ id: missing, email: "", answer: "not-found" }),
    ]);
    expect(await db().emailMessage.count()).toBe(before + 1);
    expect(await org.activity((await org.member(fresh.email)).id)).toEqual([
      { type: "invited", data: { role: "member" } },
      { type: "resent", data: { count: 1, limit: 3 } },
    ]);
  });

  test("C9 a hundred are one transaction, one call of the provider and one job", async () => {
    const org = await createTestOrganization();
    const ids = await crowd(org, 100);
    const outcome = await resendBatch(org.owner, { ids }, await now());
    expect(outcome.ok && tally(outcome.value.answers)).toEqual({ done: 100 });
    const letters = await db().emailMessage.findMany({ where: { organizationId: org.id, kind: "resent" } });
    const batches = new Set(letters.map(({ batchId }) => batchId));
    expect([letters.length, batches.size]).toEqual([100, 1]);
    const [batch = ""] = batches;
    const jobs = await db().$queryRaw`
      SELECT FROM pgboss.job WHERE name = 'letters' AND data->>'batch' = ${batch}`;
    expect(jobs).toHaveLength(1);
  });

  test("C9 the actor's own limit of a day ends in the middle of a batch, and says so to those after it", async () => {
    const org = await createTestOrganization();
    const ids = await crowd(org, 100);
    await db().$executeRaw`
      WITH b AS (INSERT INTO email_batch (id, closed_at) SELECT gen_random_uuid(), now() FROM generate_series(1, 1840) RETURNING id)
      INSERT INTO email_message (id, batch_id, position, organization_id, kind, to_address, caused_by, state)
      SELECT gen_random_uuid(), b.id, 0, ${org.id}::uuid, 'resent', b.id || '@people.test', ${org.owner.memberId}::uuid, 'sent'
      FROM b`;
    const outcome = await resendBatch(org.owner, { ids }, await now());
    expect(outcome.ok && tally(outcome.value.answers)).toEqual({ done: 60, "your-limit": 40 });
  });

  test("C9 all that match are walked exactly once while rows change, and a second walk of the same moment sends nothing", async () => {
    const org = await createTestOrganization();
    await crowd(org, 250);
    const asOf = await now();
    const late: string[] = [];
    const answers = await walk(
      (whom) => resendBatch(org.owner, whom, asOf),
      "?status=pending",
      async () => late.push((await org.invite()).invitation),
    );
    expect(tally(answers)).toEqual({ done: 250 });
    expect(new Set(answers.map(({ id }) => id)).size).toBe(250);
    const rows = await rowsOf(org);
    expect(rows.filter(({ resendCount }) => resendCount === 1)).toHaveLength(250);
    expect(rows.filter(({ id }) => late.includes(id)).every(({ resendCount }) => resendCount === 0)).toBe(
      true,
    );

    // Pressed twice, or repeated because an answer was lost.
    expect(await walk((whom) => resendBatch(org.owner, whom, asOf), "?status=pending")).toEqual([]);
    const ids = answers.slice(0, 100).map(({ id }) => id);
    const again = await resendBatch(org.owner, { ids }, asOf);
    expect(again.ok && tally(again.value.answers)).toEqual({ "sent-meanwhile": 100 });
    expect(await db().emailMessage.count({ where: { organizationId: org.id, kind: "resent" } })).toBe(250);
  });

  test("C9 also where a shorter term puts what was sent before the walk again", async () => {
    const org = await createTestOrganization();
    await crowd(org, 150);
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 1 } });
    const asOf = await now();
    const answers = await walk((whom) => resendBatch(org.owner, whom, asOf), "");
    expect(tally(answers)).toEqual({ done: 150 });
  });

  test("C9 a search and filters say who is meant, whatever the order and the page of the list", async () => {
    const org = await createTestOrganization();
    await crowd(org, 3);
    await org.invite(`anna-${org.slug}@people.test`);
    const admin = await org.invite(`annika-${org.slug}@people.test`, "admin");
    const query = "?search=anni&role=admin&sort=-email&before=bm90IGEgY3Vyc29y";
    expect(await countMatches(org.owner, query)).toBe(1);
    expect(await countMatches(org.owner, "", 3)).toBe(4);
    const answers = await walk((whom) => revokeBatch(org.owner, whom), query);
    expect(answers).toEqual([{ id: admin.invitation, email: admin.email, answer: "done" }]);
  });

  test("C9 two administrators resend the same list at once: nobody gets two letters, and nobody waits for ever", async () => {
    const org = await createTestOrganization();
    const ids = await crowd(org, 100);
    const mia = await org.seat("mia", "admin");
    const asOf = await now();
    for (const [first, second] of [
      [ids, [...ids].reverse()],
      [ids, ids],
    ] as const) {
      const [one, two] = await Promise.all([
        resendBatch(org.owner, { ids: [...first] }, asOf),
        resendBatch(mia, { ids: [...second] }, asOf),
      ]);
      if (!one.ok || !two.ok) throw new Error("refused");
      expect((await rowsOf(org)).every(({ resendCount }) => resendCount === 1)).toBe(true);
    }
    // Each as of now: the limits of an invitation and of a recipient hold, whoever presses.
    await Promise.all(
      [org.owner, mia, org.owner, mia].map(async (actor) => resendEach(actor, { invitations: ids })),
    );
    expect((await rowsOf(org)).every(({ resendCount }) => resendCount === 3)).toBe(true);
    const letters = await db().emailMessage.groupBy({
      by: ["toAddress"],
      where: { organizationId: org.id },
      _count: true,
    });
    expect(letters.every(({ _count }) => _count === 4)).toBe(true);
  });

  test("C9 resent, revoked and invited again at once in other orders: no deadlock, and each answered by what they met", async () => {
    const org = await createTestOrganization();
    const ids = await crowd(org, 60);
    const emails = (await rowsOf(org)).map(({ email }) => email).reverse();
    for (let round = 0; round < 3; round++)
      await Promise.all([
        resendEach(org.owner, { invitations: ids }),
        revokeEach(org.owner, { invitations: [...ids].reverse() }),
        invite(org.owner, { addresses: emails, role: "member", policies: [] }),
        resendEach(org.owner, { invitations: [...ids].reverse() }),
      ]);
    const open = (await rowsOf(org)).filter(({ settledAs }) => settledAs === null);
    expect(new Set(open.map(({ memberId }) => memberId)).size).toBe(open.length);
  });

  test("C9 the database ends every connection in the middle: whole batches stand, and the walk goes on where it was", async () => {
    const org = await createTestOrganization();
    await crowd(org, 250);
    const asOf = await now();
    const [last] = await db().$queryRaw<{ memberId: string }[]>`
      SELECT member_id AS "memberId" FROM invitation WHERE organization_id = ${org.id}::uuid
      ORDER BY expires_at DESC, id DESC OFFSET 199 LIMIT 1`;
    const sent = () => db().emailMessage.count({ where: { organizationId: org.id, kind: "resent" } });
    const first = await resendBatch(org.owner, { query: "" }, asOf);
    const next = first.ok ? (first.value.next ?? "") : "";
    expect(await sent()).toBe(100);

    // The second batch waits for one of its people while the database goes down.
    const held = await pool().connect();
    await held.query("BEGIN");
    await held.query("SELECT FROM member WHERE id = $1 FOR UPDATE", [last?.memberId]);
    const second = resendBatch(org.owner, { query: next }, asOf).then(
      () => "done",
      () => "broken",
    );
    await endWaiting();
    expect(await second).toBe("broken");
    await held.query("ROLLBACK");
    held.release();
    expect(await sent()).toBe(100);

    const answers = await walk((whom) => resendBatch(org.owner, whom, asOf), next);
    expect(tally(answers)).toEqual({ done: 150 });
    expect((await rowsOf(org)).every(({ resendCount }) => resendCount === 1)).toBe(true);
    expect(await sent()).toBe(250);
  });
});

/** What a shutdown does to a connection that waits for somebody; asks until there is one. */
async function endWaiting(): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    const ended = await db().$queryRaw<{ pid: number }[]>`
      WITH waiting AS MATERIALIZED (
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR NO KEY UPDATE OF m%')
      SELECT pid FROM waiting WHERE pg_terminate_backend(pid)`;
    if (ended.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("nobody waited");
}

describe("C9 revoking many, and sending new to many", () => {
  test("C9 revoking stops at what reaches above the actor, and at what is answered", async () => {
    const org = await createTestOrganization();
    const rosa = await org.seat("rosa", "member", "Delete");
    const [low, high, gone] = [await org.invite(), await org.invite(undefined, "admin"), await org.invite()];
    await revokeEach(org.owner, { invitations: [gone.invitation] });
    const ids = [low, high, gone].map(({ invitation }) => invitation);
    const outcome = await revokeBatch(rosa, { ids });
    expect(outcome.ok && outcome.value.answers.map(({ answer }) => answer)).toEqual([
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

  test("C9 all that match are revoked while the list shrinks behind the walk", async () => {
    const org = await createTestOrganization();
    await crowd(org, 220);
    const answers = await walk((whom) => revokeBatch(org.owner, whom), "");
    expect(tally(answers)).toEqual({ done: 220 });
    expect((await rowsOf(org)).every(({ settledAs }) => settledAs === "revoked")).toBe(true);
  });

  test("C9 new invitations for all that have expired: new codes, one batch of letters a hundred", async () => {
    const org = await createTestOrganization();
    const ids = await crowd(org, 130);
    const samira = await org.seat("samira", "member", "Create");
    const high = await org.invite(undefined, "admin");
    for (const id of [...ids.slice(0, 120), high.invitation]) await expire(id);
    const answers = await walk((whom) => renewBatch(samira, whom), "?status=all");
    expect(tally(answers)).toEqual({ done: 120, "not-expired": 10, "above-you": 1 });
    const fresh = await db().invitation.findMany({
      where: { organizationId: org.id, inviterId: samira.memberId },
    });
    expect(fresh).toHaveLength(120);
    expect(fresh.every(({ settledAs, latest }) => settledAs === null && latest)).toBe(true);
    const letters = await db().emailMessage.findMany({ where: { organizationId: org.id, kind: "new" } });
    expect(letters).toHaveLength(120);
    expect(await walk((whom) => renewBatch(samira, whom), "?status=expired")).toEqual([
      expect.objectContaining({ answer: "above-you" }),
    ]);
  });

  test("C9 who lost the right in the middle is refused as a whole, and nothing of that batch is done", async () => {
    const org = await createTestOrganization();
    const mia = await org.seat("mia", "admin");
    const ids = await crowd(org, 10);
    await db().member.update({ where: { id: mia.memberId }, data: { role: "member" } });
    expect(await revokeBatch(mia, { ids })).toMatchObject({ ok: false, reason: "rights-lost" });
    const nobody = await org.actorOf(mia.accountId);
    expect(await revokeBatch(nobody, { query: "" })).toMatchObject({ ok: false, reason: "rights-lost" });
    expect((await rowsOf(org)).every(({ settledAs }) => settledAs === null)).toBe(true);
  });
});
