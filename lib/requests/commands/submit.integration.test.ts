import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { sendBatch } from "@/lib/mail/send-batch";
import { blockMember } from "@/lib/members/commands/block";
import { confirmRequest } from "@/lib/requests/commands/confirm";
import { processRequest } from "@/lib/requests/commands/process";
import { requestNewInvitation } from "@/lib/requests/commands/request-new-invitation";
import { submitRequest } from "@/lib/requests/commands/submit";
import { findRequestSecret, setAcceptsRequests, submitTestRequest } from "@/lib/requests/fixture";
import { requestList } from "@/lib/requests/list";
import { listRequests } from "@/lib/requests/queries/list";
import {
  createTestOrganization,
  expireInvitation,
  findInvitationSecrets,
  type TestOrganization,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";

async function createOpenOrganization(): Promise<TestOrganization> {
  const org = await createTestOrganization();
  await setAcceptsRequests(org);
  return org;
}

const submitAs = (org: TestOrganization, email: string, ip = uniqueIp()) =>
  submitRequest(ip, {
    organization: org.slug,
    email,
    name: "Rosa Lind",
    message: "I start on Monday.",
    language: "en",
  });
const rowsOf = (org: TestOrganization) =>
  db().invitationRequest.findMany({ where: { organizationId: org.id }, orderBy: { createdAt: "asc" } });
const find = (id: string) => db().invitationRequest.findUnique({ where: { id } });
const confirmationEmailsTo = (email: string) =>
  db().emailMessage.findMany({ where: { toAddress: email, kind: "request-confirmation" } });
const jobsOf = (org: TestOrganization) =>
  db().$queryRaw<{ data: { request: string } }[]>`
    SELECT j.data FROM pgboss.job j JOIN invitation_request r ON r.id::text = j.data->>'request'
    WHERE j.name = 'requests' AND r.organization_id = ${org.id}::uuid`;
const listedEmails = async (org: TestOrganization) => {
  const list = await listRequests(org.owner, requestList.read({}));
  return list.ok ? list.value.rows.map(({ email }) => email) : [];
};
const ageRequest = (id: string, hours: number) => db().$executeRaw`
  UPDATE invitation_request SET created_at = created_at - make_interval(hours => ${hours}::int) WHERE id = ${id}::uuid`;

describe("E1 requests on the login page", () => {
  test("E1 while requests are off, a direct POST changes nothing: no row, no job, no rate limit", async () => {
    const org = await createTestOrganization();
    const ip = uniqueIp();
    for (let i = 0; i < 5; i++)
      expect(await submitAs(org, uniqueEmail("rosa"), ip)).toMatchObject({ reason: "requests-off" });
    expect(await rowsOf(org)).toEqual([]);
    await setAcceptsRequests(org);
    expect(await submitAs(org, uniqueEmail("rosa"), ip)).toMatchObject({ ok: true });
    expect(
      await submitRequest(uniqueIp(), {
        organization: "no-such-place",
        email: uniqueEmail("x"),
        name: "X",
        message: "",
        language: "en",
      }),
    ).toMatchObject({
      reason: "requests-off",
    });
  });

  test("E2 unknown, member, invited, blocked and refused addresses get the same response; the job tells them apart", async () => {
    const org = await createOpenOrganization();
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["refused.test"] } });
    const blocked = await org.addMember("bo");
    await blockMember(org.owner, { member: blocked.memberId });
    const { email: invited } = await org.invite();
    const stranger = uniqueEmail("rosa");
    const others = [org.owner.email, invited, blocked.email, "rosa@refused.test"];
    for (const email of [stranger, ...others])
      expect(await submitAs(org, email), email).toEqual({ ok: true, value: null });
    const received = await rowsOf(org);
    expect(received.map(({ status, name }) => `${status} ${name}`)).toEqual(
      Array(5).fill("received Rosa Lind"),
    );
    // The job data contains the request id only, no personal data.
    expect((await jobsOf(org)).map(({ data }) => Object.keys(data))).toEqual(Array(5).fill(["request"]));
    for (const { id } of received) await processRequest({ request: id });
    const processed = await rowsOf(org);
    expect(processed.map(({ status, message }) => `${status} ${message}`)).toEqual([
      "unconfirmed I start on Monday.",
      ...Array(4).fill("received "),
    ]);
    expect(await confirmationEmailsTo(stranger)).toHaveLength(1);
    for (const email of others) expect(await confirmationEmailsTo(email), email).toEqual([]);
    expect(await listedEmails(org)).toEqual([]);
  });

  test("E2 known and unknown addresses count equally toward 500 unconfirmed requests; then the refusal says when to retry", async () => {
    const org = await createOpenOrganization();
    await db().$executeRaw`
      INSERT INTO invitation_request (id, organization_id, email, name, key_id, digest, created_at, status)
      SELECT gen_random_uuid(), ${org.id}::uuid, 'p' || n || '@crowd.test', 'P', 1, sha256((${org.id}::text || n)::bytea),
             clock_timestamp() - interval '3 hours', CASE WHEN n % 2 = 0 THEN 'received' ELSE 'unconfirmed' END
      FROM generate_series(1, 499) n`;
    // A member's request counts like any other, even after it was processed.
    expect(await submitAs(org, org.owner.email)).toMatchObject({ ok: true });
    for (const { id } of (await rowsOf(org)).filter(({ email }) => email === org.owner.email))
      await processRequest({ request: id });
    const result = await submitAs(org, uniqueEmail("rosa"));
    expect(result).toMatchObject({
      reason: "too-many-open",
      params: { wait: { seconds: expect.closeTo(45 * 3600, -2) } },
    });
    await db().$executeRaw`
      UPDATE invitation_request SET created_at = created_at - interval '45 hours'
      WHERE organization_id = ${org.id}::uuid AND email = 'p1@crowd.test'`;
    const results = await Promise.all(Array.from({ length: 10 }, () => submitAs(org, uniqueEmail("rosa"))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("E2 limits are three requests an hour per client and one a day per address, and refusals say when to retry", async () => {
    const org = await createOpenOrganization();
    const ip = uniqueIp();
    for (let i = 0; i < 3; i++)
      expect(await submitAs(org, uniqueEmail("rosa"), ip)).toMatchObject({ ok: true });
    expect(await submitAs(org, uniqueEmail("rosa"), ip)).toMatchObject({
      reason: "too-many",
      params: { wait: { seconds: expect.closeTo(3600, -2) } },
    });
    const email = uniqueEmail("rosa");
    expect(await submitAs(org, email)).toMatchObject({ ok: true });
    expect(await submitAs(org, email)).toMatchObject({
      reason: "too-many",
      params: { wait: { seconds: expect.closeTo(86_400, -2) } },
    });
    expect(await submitAs(await createOpenOrganization(), email)).toMatchObject({ ok: true });
    const rateLimits = await db().rateLimit.findMany({ where: { key: { startsWith: "request-email" } } });
    expect(rateLimits.some(({ key }) => key.includes("@"))).toBe(false);
  });

  test("E5 a hundred identical requests at once create one row and one email", async () => {
    const org = await createOpenOrganization();
    const email = uniqueEmail("rosa");
    const results = await Promise.all(Array.from({ length: 100 }, () => submitAs(org, email)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    // Even if all of them pass the rate limit, for example because its counter was lost:
    await db().$executeRaw`
      INSERT INTO invitation_request (id, organization_id, email, name, key_id, digest, created_at)
      SELECT gen_random_uuid(), ${org.id}::uuid, ${email}, 'P', 1, sha256((${org.id}::text || n)::bytea), clock_timestamp()
      FROM generate_series(1, 99) n`;
    await Promise.all((await rowsOf(org)).map(({ id }) => processRequest({ request: id })));
    expect((await rowsOf(org)).filter(({ status }) => status === "unconfirmed")).toHaveLength(1);
    expect(await confirmationEmailsTo(email)).toHaveLength(1);
    // Running the job again has no effect.
    await Promise.all((await rowsOf(org)).map(({ id }) => processRequest({ request: id })));
    expect(await confirmationEmailsTo(email)).toHaveLength(1);
  }, 60_000);

  test("E2 an address submitted in fifty organizations gets at most three emails a day, leaving two for its own requests", async () => {
    const email = uniqueEmail("victim");
    const orgs = await Promise.all(Array.from({ length: 50 }, createOpenOrganization));
    const results = await Promise.all(orgs.map((org) => submitAs(org, email)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    const rows = await db().invitationRequest.findMany({ where: { email } });
    await Promise.all(rows.map(({ id }) => processRequest({ request: id })));
    expect(await confirmationEmailsTo(email)).toHaveLength(3);
    expect(await db().invitationRequest.count({ where: { email, status: "unconfirmed" } })).toBe(3);
  }, 60_000);
});

describe("E2 confirming", () => {
  test("E2 the emailed link confirms the request once; only then is it listed", async () => {
    const org = await createOpenOrganization();
    const email = uniqueEmail("rosa");
    const id = await submitTestRequest(org, email);
    const [message] = await confirmationEmailsTo(email);
    await sendBatch({ batch: message?.batchId ?? "" });
    const { payload } = await db().emailMessage.findUniqueOrThrow({ where: { id: message?.id ?? "" } });
    expect(payload).toMatchObject({ subject: "Confirm your request to join Northwind" });
    const secret = await findRequestSecret(id);
    expect(JSON.stringify(payload)).not.toContain(secret.slice(0, 5));
    expect(await listedEmails(org)).toEqual([]);
    const results = await Promise.all([1, 2, 3, 4].map(() => confirmRequest(uniqueIp(), secret)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: "confirmed" });
    expect(await listedEmails(org)).toEqual([email]);
  });

  test("E2 a forged link is refused and counted; a link expires after 48 hours and its request is deleted", async () => {
    const org = await createOpenOrganization();
    const id = await submitTestRequest(org);
    const secret = await findRequestSecret(id);
    const ip = uniqueIp();
    for (let i = 0; i < 10; i++)
      expect(await confirmRequest(ip, "00000-00000-00000-00000")).toMatchObject({ reason: "invalid-link" });
    expect(await confirmRequest(ip, secret)).toMatchObject({ reason: "too-many" });
    await ageRequest(id, 48);
    expect(await confirmRequest(uniqueIp(), secret)).toMatchObject({ reason: "invalid-link" });
    await processRequest({ request: id });
    expect(await find(id)).toBeNull();
    expect(await submitForNewAddress(org)).toMatchObject({ ok: true });
  });

  /** Uses a different address, because the daily limit of the first one still applies. */
  const submitForNewAddress = (org: TestOrganization) => submitAs(org, uniqueEmail("rosa"));

  test("E2 a job is scheduled for when a request expires, and deletes dismissed requests after 30 days", async () => {
    const org = await createOpenOrganization();
    const id = await submitTestRequest(org);
    const [job] = await db().$queryRaw<{ hours: number }[]>`
      SELECT round(extract(epoch FROM max(start_after - created_on)) / 3600)::int AS hours FROM pgboss.job
      WHERE name = 'requests' AND data->>'request' = ${id}`;
    expect(job?.hours).toBe(48);
    await confirmRequest(uniqueIp(), await findRequestSecret(id));
    await ageRequest(id, 49);
    await processRequest({ request: id });
    expect(await find(id)).toMatchObject({ status: "pending" });
    await db().$executeRaw`
      UPDATE invitation_request SET status = 'dismissed', settled_at = clock_timestamp() - interval '30 days'
      WHERE id = ${id}::uuid`;
    await processRequest({ request: id });
    expect(await find(id)).toBeNull();
  });

  test("E1 after requests are turned off, an earlier request cannot be confirmed and its email is not sent", async () => {
    const org = await createOpenOrganization();
    const email = uniqueEmail("rosa");
    const id = await submitTestRequest(org, email);
    await setAcceptsRequests(org, false);
    const [message] = await confirmationEmailsTo(email);
    await sendBatch({ batch: message?.batchId ?? "" });
    expect((await confirmationEmailsTo(email))[0]?.state).toBe("cancelled");
    expect(await confirmRequest(uniqueIp(), await findRequestSecret(id))).toMatchObject({ reason: "off" });
    const other = await createTestOrganization();
    await setAcceptsRequests(other);
    await submitAs(other, email);
    await setAcceptsRequests(other, false);
    for (const { id: received } of await rowsOf(other)) await processRequest({ request: received });
    expect((await rowsOf(other))[0]?.status).toBe("received");
  });
});

describe("D6 requests from the page of an expired invitation", () => {
  const createExpiredInvitation = async (
    org: TestOrganization,
    role: "owner" | "admin" | "member" = "admin",
  ) => {
    const policy = await org.findPolicyId("Read");
    const email = uniqueEmail("lea");
    const result = await inviteMembers(org.owner, { addresses: [email], role, policies: [policy] });
    const invitation = (result.ok && result.value[0]?.invitationId) || "";
    const { code } = await findInvitationSecrets(invitation);
    await expireInvitation(invitation);
    return { email, invitation, code, policy };
  };

  test("D6 an expired code creates a request that proposes the invitation's role and policies, even if requests are off", async () => {
    const org = await createTestOrganization();
    const { email, code, policy } = await createExpiredInvitation(org);
    expect(await requestNewInvitation(uniqueIp(), code)).toMatchObject({ ok: true });
    const list = await listRequests(org.owner, requestList.read({}));
    expect(list.ok && list.value.rows).toMatchObject([
      { email, name: "", status: "pending", proposed: { role: "admin", policies: [policy] } },
    ]);
    expect(await org.activity((await org.member(email)).id)).toMatchObject([
      { type: "invited" },
      { type: "requested" },
    ]);
  });

  test("D6 twenty clicks at once create one request; after a dismissal another is possible a day later", async () => {
    const org = await createTestOrganization();
    const { code, email } = await createExpiredInvitation(org);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => requestNewInvitation(uniqueIp(), code)),
    );
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(results.filter((result) => !result.ok && result.reason !== "requested-today")).toEqual([]);
    expect(await rowsOf(org)).toHaveLength(1);
    expect(await requestNewInvitation(uniqueIp(), code)).toMatchObject({ ok: true });
    await db().$executeRaw`
      UPDATE invitation_request SET status = 'dismissed', settled_at = clock_timestamp() WHERE email = ${email}`;
    expect(await requestNewInvitation(uniqueIp(), code)).toMatchObject({
      reason: "requested-today",
      params: { wait: { seconds: expect.closeTo(86_400, -2) } },
    });
  });

  test("D6 the code of a pending invitation, a forged code and a replaced code create no request", async () => {
    const org = await createTestOrganization();
    const pending = await org.invite();
    expect(await requestNewInvitation(uniqueIp(), pending.code)).toMatchObject({ reason: "not-expired" });
    expect(await requestNewInvitation(uniqueIp(), "00000-00000-00000-00000")).toMatchObject({
      reason: "unknown-code",
    });
    const { code, email } = await createExpiredInvitation(org);
    await inviteMembers(org.owner, { addresses: [email], role: "member", policies: [] });
    expect(await requestNewInvitation(uniqueIp(), code)).toMatchObject({ reason: "not-expired" });
    expect(await rowsOf(org)).toEqual([]);
  });

  test("D6 the name and message of an unconfirmed request from the login page are not shown as the invitee's", async () => {
    const org = await createOpenOrganization();
    const { code, email } = await createExpiredInvitation(org);
    const id = await submitTestRequest(org, email);
    expect(await find(id)).toMatchObject({ status: "unconfirmed", name: "Rosa Lind" });
    // A request for this address from the login page does not use up the daily request of the invitee.
    expect(await requestNewInvitation(uniqueIp(), code)).toMatchObject({ ok: true });
    expect(await rowsOf(org)).toMatchObject([
      { id, status: "pending", name: "", message: "", proposedRole: "admin" },
    ]);
  });
});
