import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { deliver } from "@/lib/mail/delivery";
import { block } from "@/lib/members/commands/block";
import { createTestOrganization, expire, secretsOf, someone } from "@/lib/organizations/fixture";
import { ask } from "@/lib/requests/commands/ask";
import { askAgain } from "@/lib/requests/commands/ask-again";
import { attend } from "@/lib/requests/commands/attend";
import { confirm } from "@/lib/requests/commands/confirm";
import { asked, newIp, secretOf, switchOn } from "@/lib/requests/fixture";
import { requestList } from "@/lib/requests/list";
import { listRequests } from "@/lib/requests/queries/list";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

async function open(): Promise<TestOrganization> {
  const org = await createTestOrganization();
  await switchOn(org);
  return org;
}

const askAs = (org: TestOrganization, email: string, ip = newIp()) =>
  ask(ip, { organization: org.slug, email, name: "Rosa Lind", message: "I start on Monday." });
const rowsOf = (org: TestOrganization) =>
  db().invitationRequest.findMany({ where: { organizationId: org.id }, orderBy: { createdAt: "asc" } });
const find = (id: string) => db().invitationRequest.findUnique({ where: { id } });
const lettersTo = (email: string) =>
  db().emailMessage.findMany({ where: { toAddress: email, kind: "request-confirmation" } });
const jobsOf = (org: TestOrganization) =>
  db().$queryRaw<{ data: { request: string } }[]>`
    SELECT j.data FROM pgboss.job j JOIN invitation_request r ON r.id::text = j.data->>'request'
    WHERE j.name = 'requests' AND r.organization_id = ${org.id}::uuid`;
const listed = async (org: TestOrganization) => {
  const list = await listRequests(org.owner, requestList.read({}));
  return list.ok ? list.value.rows.map(({ email }) => email) : [];
};
const age = (id: string, hours: number) => db().$executeRaw`
  UPDATE invitation_request SET created_at = created_at - make_interval(hours => ${hours}::int) WHERE id = ${id}::uuid`;

describe("E1 asking on the login page", () => {
  test("E1 while requests are off a direct post does nothing: no row, no job, no count", async () => {
    const org = await createTestOrganization();
    const ip = newIp();
    for (let i = 0; i < 5; i++)
      expect(await askAs(org, someone("rosa"), ip)).toMatchObject({ reason: "requests-off" });
    expect(await rowsOf(org)).toEqual([]);
    await switchOn(org);
    expect(await askAs(org, someone("rosa"), ip)).toMatchObject({ ok: true });
    expect(
      await ask(newIp(), { organization: "no-such-place", email: someone("x"), name: "X", message: "" }),
    ).toMatchObject({
      reason: "requests-off",
    });
  });

  test("E2 stranger, member, invited, blocked, and refused domain get one answer; what differs is done afterwards", async () => {
    const org = await open();
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["refused.test"] } });
    const blocked = await org.seat("bo");
    await block(org.owner, { member: blocked.memberId });
    const { email: invited } = await org.invite();
    const stranger = someone("rosa");
    const others = [org.owner.email, invited, blocked.email, "rosa@refused.test"];
    for (const email of [stranger, ...others])
      expect(await askAs(org, email), email).toEqual({ ok: true, value: null });
    const received = await rowsOf(org);
    expect(received.map(({ status, name }) => `${status} ${name}`)).toEqual(
      Array(5).fill("received Rosa Lind"),
    );
    // The job says which row, and nothing of who it is about.
    expect((await jobsOf(org)).map(({ data }) => Object.keys(data))).toEqual(Array(5).fill(["request"]));
    for (const { id } of received) await attend({ request: id });
    const looked = await rowsOf(org);
    expect(looked.map(({ status, message }) => `${status} ${message}`)).toEqual([
      "unconfirmed I start on Monday.",
      ...Array(4).fill("received "),
    ]);
    expect(await lettersTo(stranger)).toHaveLength(1);
    for (const email of others) expect(await lettersTo(email), email).toEqual([]);
    expect(await listed(org)).toEqual([]);
  });

  test("E2 how many may wait is the same for known and unknown addresses: 500, then it says when to come back", async () => {
    const org = await open();
    await db().$executeRaw`
      INSERT INTO invitation_request (id, organization_id, email, name, key_id, digest, created_at, status)
      SELECT gen_random_uuid(), ${org.id}::uuid, 'p' || n || '@crowd.test', 'P', 1, sha256((${org.id}::text || n)::bytea),
             clock_timestamp() - interval '3 hours', CASE WHEN n % 2 = 0 THEN 'received' ELSE 'unconfirmed' END
      FROM generate_series(1, 499) n`;
    // A member's counts like a stranger's, and goes on counting once it was looked at.
    expect(await askAs(org, org.owner.email)).toMatchObject({ ok: true });
    for (const { id } of (await rowsOf(org)).filter(({ email }) => email === org.owner.email))
      await attend({ request: id });
    const answer = await askAs(org, someone("rosa"));
    expect(answer).toMatchObject({ reason: "too-many-open", facts: { wait: "45 hours" } });
    await db().$executeRaw`
      UPDATE invitation_request SET created_at = created_at - interval '45 hours'
      WHERE organization_id = ${org.id}::uuid AND email = 'p1@crowd.test'`;
    const many = await Promise.all(Array.from({ length: 10 }, () => askAs(org, someone("rosa"))));
    expect(many.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("E2 three an hour from one client, one a day for one address, each with when to come back", async () => {
    const org = await open();
    const ip = newIp();
    for (let i = 0; i < 3; i++) expect(await askAs(org, someone("rosa"), ip)).toMatchObject({ ok: true });
    expect(await askAs(org, someone("rosa"), ip)).toMatchObject({
      reason: "too-many",
      facts: { wait: "60 minutes" },
    });
    const email = someone("rosa");
    expect(await askAs(org, email)).toMatchObject({ ok: true });
    expect(await askAs(org, email)).toMatchObject({ reason: "too-many", facts: { wait: "24 hours" } });
    expect(await askAs(await open(), email)).toMatchObject({ ok: true });
    const rests = await db().rateLimit.findMany({ where: { key: { startsWith: "request-email" } } });
    expect(rests.some(({ key }) => key.includes("@"))).toBe(false);
  });

  test("E5 a hundred equal requests at once are one row and one letter", async () => {
    const org = await open();
    const email = someone("rosa");
    const answers = await Promise.all(Array.from({ length: 100 }, () => askAs(org, email)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    // And were they all let through, by a counter that was lost:
    await db().$executeRaw`
      INSERT INTO invitation_request (id, organization_id, email, name, key_id, digest, created_at)
      SELECT gen_random_uuid(), ${org.id}::uuid, ${email}, 'P', 1, sha256((${org.id}::text || n)::bytea), clock_timestamp()
      FROM generate_series(1, 99) n`;
    await Promise.all((await rowsOf(org)).map(({ id }) => attend({ request: id })));
    expect((await rowsOf(org)).filter(({ status }) => status === "unconfirmed")).toHaveLength(1);
    expect(await lettersTo(email)).toHaveLength(1);
    // A job that is done twice does nothing twice.
    await Promise.all((await rowsOf(org)).map(({ id }) => attend({ request: id })));
    expect(await lettersTo(email)).toHaveLength(1);
  }, 60_000);

  test("E2 somebody who is asked for in fifty organizations gets three letters of it a day, and two are left for what they ask for themselves", async () => {
    const email = someone("victim");
    const orgs = await Promise.all(Array.from({ length: 50 }, open));
    const answers = await Promise.all(orgs.map((org) => askAs(org, email)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const rows = await db().invitationRequest.findMany({ where: { email } });
    await Promise.all(rows.map(({ id }) => attend({ request: id })));
    expect(await lettersTo(email)).toHaveLength(3);
    expect(await db().invitationRequest.count({ where: { email, status: "unconfirmed" } })).toBe(3);
  }, 60_000);
});

describe("E2 confirming", () => {
  test("E2 the letter's link confirms, once; only then does anybody see the request", async () => {
    const org = await open();
    const email = someone("rosa");
    const id = await asked(org, email);
    const [letter] = await lettersTo(email);
    await deliver({ batch: letter?.batchId ?? "" });
    const { payload } = await db().emailMessage.findUniqueOrThrow({ where: { id: letter?.id ?? "" } });
    expect(payload).toMatchObject({ subject: "Confirm your request to join Northwind" });
    const secret = await secretOf(id);
    expect(JSON.stringify(payload)).not.toContain(secret.slice(0, 5));
    expect(await listed(org)).toEqual([]);
    const presses = await Promise.all([1, 2, 3, 4].map(() => confirm(newIp(), secret)));
    expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
    expect(presses.find(({ ok }) => !ok)).toMatchObject({ reason: "confirmed" });
    expect(await listed(org)).toEqual([email]);
  });

  test("E2 a forged link opens nothing and counts; so does one that lapsed after 48 hours, whose request is forgotten", async () => {
    const org = await open();
    const id = await asked(org);
    const secret = await secretOf(id);
    const ip = newIp();
    for (let i = 0; i < 10; i++)
      expect(await confirm(ip, "00000-00000-00000-00000")).toMatchObject({ reason: "dead-link" });
    expect(await confirm(ip, secret)).toMatchObject({ reason: "too-many" });
    await age(id, 48);
    expect(await confirm(newIp(), secret)).toMatchObject({ reason: "dead-link" });
    await attend({ request: id });
    expect(await find(id)).toBeNull();
    expect(await askAgainTomorrow(org)).toMatchObject({ ok: true });
  });

  /** Another address: the counter of the first one runs by its own clock. */
  const askAgainTomorrow = (org: TestOrganization) => askAs(org, someone("rosa"));

  test("E2 the queue comes back when a request lapses, and forgets what was dismissed after a month", async () => {
    const org = await open();
    const id = await asked(org);
    const [job] = await db().$queryRaw<{ hours: number }[]>`
      SELECT round(extract(epoch FROM max(start_after - created_on)) / 3600)::int AS hours FROM pgboss.job
      WHERE name = 'requests' AND data->>'request' = ${id}`;
    expect(job?.hours).toBe(48);
    await confirm(newIp(), await secretOf(id));
    await age(id, 49);
    await attend({ request: id });
    expect(await find(id)).toMatchObject({ status: "pending" });
    await db().$executeRaw`
      UPDATE invitation_request SET status = 'dismissed', settled_at = clock_timestamp() - interval '30 days'
      WHERE id = ${id}::uuid`;
    await attend({ request: id });
    expect(await find(id)).toBeNull();
  });

  test("E1 what was asked before requests were switched off cannot be confirmed afterwards, and its letter does not go", async () => {
    const org = await open();
    const email = someone("rosa");
    const id = await asked(org, email);
    await switchOn(org, false);
    const [letter] = await lettersTo(email);
    await deliver({ batch: letter?.batchId ?? "" });
    expect((await lettersTo(email))[0]?.state).toBe("cancelled");
    expect(await confirm(newIp(), await secretOf(id))).toMatchObject({ reason: "off" });
    const late = await createTestOrganization();
    await switchOn(late);
    await askAs(late, email);
    await switchOn(late, false);
    for (const { id: received } of await rowsOf(late)) await attend({ request: received });
    expect((await rowsOf(late))[0]?.status).toBe("received");
  });
});

describe("D6 asking from the expired page", () => {
  const expired = async (org: TestOrganization, role: "owner" | "admin" | "member" = "admin") => {
    const policy = await org.policy("Read");
    const email = someone("lea");
    const outcome = await invite(org.owner, { addresses: [email], role, policies: [policy] });
    const invitation = (outcome.ok && outcome.value[0]?.invitationId) || "";
    const { code } = await secretsOf(invitation);
    await expire(invitation);
    return { email, invitation, code, policy };
  };

  test("D6 a dead but genuine code brings a request, also while requests are off, with what was promised proposed", async () => {
    const org = await createTestOrganization();
    const { email, code, policy } = await expired(org);
    expect(await askAgain(newIp(), code)).toMatchObject({ ok: true });
    const list = await listRequests(org.owner, requestList.read({}));
    expect(list.ok && list.value.rows).toMatchObject([
      { email, name: "", status: "pending", proposed: { role: "admin", policies: [policy] } },
    ]);
    expect(await org.activity((await org.member(email)).id)).toMatchObject([
      { type: "invited" },
      { type: "requested" },
    ]);
  });

  test("D6 twenty presses at once are one request; a day later is soon enough for whoever was dismissed", async () => {
    const org = await createTestOrganization();
    const { code, email } = await expired(org);
    const presses = await Promise.all(Array.from({ length: 20 }, () => askAgain(newIp(), code)));
    expect(presses.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(presses.filter((one) => !one.ok && one.reason !== "asked-today")).toEqual([]);
    expect(await rowsOf(org)).toHaveLength(1);
    expect(await askAgain(newIp(), code)).toMatchObject({ ok: true });
    await db().$executeRaw`
      UPDATE invitation_request SET status = 'dismissed', settled_at = clock_timestamp() WHERE email = ${email}`;
    expect(await askAgain(newIp(), code)).toMatchObject({
      reason: "asked-today",
      facts: { wait: "24 hours" },
    });
  });

  test("D6 a living, forged or replaced code asks for nothing", async () => {
    const org = await createTestOrganization();
    const living = await org.invite();
    expect(await askAgain(newIp(), living.code)).toMatchObject({ reason: "not-expired" });
    expect(await askAgain(newIp(), "00000-00000-00000-00000")).toMatchObject({ reason: "unknown-code" });
    const { code, email } = await expired(org);
    await invite(org.owner, { addresses: [email], role: "member", policies: [] });
    expect(await askAgain(newIp(), code)).toMatchObject({ reason: "not-expired" });
    expect(await rowsOf(org)).toEqual([]);
  });

  test("D6 what somebody wrote in this name on the login page and nobody confirmed is not shown as theirs", async () => {
    const org = await open();
    const { code, email } = await expired(org);
    const id = await asked(org, email);
    expect(await find(id)).toMatchObject({ status: "unconfirmed", name: "Rosa Lind" });
    // That somebody asked for this address today takes nothing from whoever holds the code.
    expect(await askAgain(newIp(), code)).toMatchObject({ ok: true });
    expect(await rowsOf(org)).toMatchObject([
      { id, status: "pending", name: "", message: "", proposedRole: "admin" },
    ]);
  });
});
