import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { closeDatabase, db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { erase } from "@/lib/members/commands/erase";
import { remove } from "@/lib/members/commands/remove";
import { createTestOrganization, expire, makeAccount, secretsOf, someone } from "@/lib/organizations/fixture";
import { create } from "@/lib/policies/commands/create";
import { approve, approveEach } from "@/lib/requests/commands/approve";
import { askAgain } from "@/lib/requests/commands/ask-again";
import { dismiss, dismissEach } from "@/lib/requests/commands/dismiss";
import { asked, confirmed, newIp, switchOn } from "@/lib/requests/fixture";
import { requestList } from "@/lib/requests/list";
import { listRequests } from "@/lib/requests/queries/list";
import { nextMatches } from "@/lib/requests/queries/matches";
import { countOpenRequests, findStanding } from "@/lib/requests/queries/tallies";

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

const MEMBER = { role: "member" as const, policies: [] };
const find = (id: string) => db().invitationRequest.findUniqueOrThrow({ where: { id } });
const invitationsOf = (org: TestOrganization, email: string) =>
  db().invitation.findMany({ where: { organizationId: org.id, email }, orderBy: { createdAt: "asc" } });
const lettersTo = (email: string) =>
  db().emailMessage.findMany({ where: { toAddress: email, kind: "invitation" } });
const entry = async (invitation: string) => ({
  ...(await secretsOf(invitation)),
  name: "Rosa Lind",
  password: "lovely geese walk",
});
async function rows(org: TestOrganization, query = {}) {
  const list = await listRequests(org.owner, requestList.read(query));
  return list.ok ? list.value.rows : [];
}

/** Gives an account a place without any invitation, as a directory would. */
async function seatOutside(org: TestOrganization, email: string): Promise<void> {
  const { accountId } = await makeAccount(email, "Rosa");
  await db().member.create({
    data: {
      id: crypto.randomUUID(),
      organizationId: org.id,
      email,
      name: "Rosa",
      accountId,
      status: "active",
      role: "member",
      addressConfirmed: true,
    },
  });
}

describe("E3 answering", () => {
  test("E3 Send invitation invites with role and policies, and the timeline says that it was asked for", async () => {
    const org = await open();
    const email = someone("rosa");
    const request = await confirmed(org, email);
    const policy = await org.policy("Read");
    const outcome = await approve(org.owner, { request, role: "admin", policies: [policy] });
    expect(outcome).toMatchObject({ ok: true });
    const member = await org.member(email);
    expect(member).toMatchObject({ status: "invited", role: "admin", policyIds: [policy] });
    expect(await find(request)).toMatchObject({ status: "approved", settledBy: org.owner.memberId });
    expect(await lettersTo(email)).toHaveLength(1);
    const [told] = await org.activity(member.id);
    expect(told).toEqual({ type: "invited", data: { role: "admin", asked: "yes" } });
    expect(
      describeActivity({
        type: "invited",
        data: { role: "admin", asked: "yes" },
        declineReason: null,
        policyNames: {},
      }),
    ).toBe("Invited as Admin, as asked for");
    const [invitation] = await invitationsOf(org, email);
    expect(await accept(newIp(), null, await entry(invitation?.id ?? ""))).toMatchObject({ ok: true });
  });

  test("E3 inviting the address by hand approves its open request, confirmed or not", async () => {
    const org = await open();
    const emails = [someone("rosa"), someone("kai")];
    const [first, second] = [await confirmed(org, emails[0]), await asked(org, emails[1])];
    await invite(org.owner, { addresses: emails, ...MEMBER });
    expect([(await find(first)).status, (await find(second)).status]).toEqual(["approved", "approved"]);
    const data = async (email = "") => (await org.activity((await org.member(email)).id))[0]?.data;
    // Only who confirmed has asked, as far as anybody knows.
    expect([await data(emails[0]), await data(emails[1])]).toEqual([
      { role: "member", asked: "yes" },
      { role: "member" },
    ]);
  });

  test("E3 the ceiling, the domains, the rights and the policies hold as for inviting by hand", async () => {
    const org = await open();
    const request = await confirmed(org);
    const bo = await org.seat("bo", "member", "Create");
    expect(await approve(bo, { request, role: "admin", policies: [] })).toMatchObject({
      reason: "above-you",
    });
    expect(await approve(bo, { request, ...MEMBER, policies: [crypto.randomUUID()] })).toMatchObject({
      reason: "policy-gone",
    });
    const reader = await org.seat("cy", "member", "Read");
    for (const answer of [approve(reader, { request, ...MEMBER }), dismiss(reader, { request })])
      expect(await answer).toMatchObject({ reason: "rights-lost" });
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["people.test"] } });
    expect(await approve(bo, { request, ...MEMBER })).toMatchObject({ reason: "refused-domain" });
    expect((await find(request)).status).toBe("pending");
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: [] } });
    // Whoever may answer requests need not be able to invite otherwise.
    const made = await create(org.owner, { name: "Door", permissions: ["requests:approve"] });
    const door = await org.seat("dee");
    const policyId = made.ok ? made.value.policy : "";
    await db().memberPolicy.create({ data: { organizationId: org.id, memberId: door.memberId, policyId } });
    expect(await approve(await org.actorOf(door.accountId), { request, ...MEMBER })).toMatchObject({
      ok: true,
    });
  });

  test("E3 another organization's requests, and those nobody confirmed, are not found", async () => {
    const [org, other] = [await open(), await open()];
    const [theirs, unconfirmed] = [await confirmed(other), await asked(org)];
    for (const request of [theirs, unconfirmed, crypto.randomUUID()]) {
      expect(await approve(org.owner, { request, ...MEMBER })).toMatchObject({ reason: "not-found" });
      expect(await dismiss(org.owner, { request })).toMatchObject({ reason: "not-found" });
    }
    expect([(await find(theirs)).status, (await find(unconfirmed)).status]).toEqual([
      "pending",
      "unconfirmed",
    ]);
  });

  test("E3 many are answered at once, each with their own answer, and dismissing is noted by ids alone", async () => {
    const org = await open();
    const requests = await Promise.all(Array.from({ length: 5 }, () => confirmed(org)));
    const [first = "", second = "", third = ""] = requests;
    await dismiss(org.owner, { request: first });
    const stale = (await find(second)).email;
    await seatOutside(org, stale);
    const outcome = await approveEach(org.owner, { requests: [...requests, third], ...MEMBER });
    const told = outcome.ok ? outcome.value.map(({ outcome: one }) => (one.ok ? "done" : one.reason)) : [];
    expect(told).toEqual(["answered-meanwhile", "already-a-user", "done", "done", "done"]);
    const rest = await dismissEach(org.owner, { requests });
    expect(rest.ok && rest.value.map(({ outcome: one }) => (one.ok ? "done" : one.reason))).toEqual([
      "answered-meanwhile",
      "done",
      ...Array(3).fill("answered-meanwhile"),
    ]);
    const notes = await db().activity.findMany({
      where: { organizationId: org.id, type: "request-dismissed" },
      orderBy: { id: "asc" },
    });
    expect(notes.map(({ memberId, data }) => [memberId, data])).toEqual([
      [null, { request: first }],
      [(await org.member(stale)).id, { request: second }],
    ]);
  });

  test("D6 approving a request from an expired invitation renews it: a new code, the old one dead", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    await expire(lea.invitation);
    await askAgain(newIp(), lea.code);
    const [row] = await rows(org);
    expect(await approve(org.owner, { request: row?.id ?? "", ...MEMBER })).toMatchObject({ ok: true });
    const [old, fresh] = await invitationsOf(org, lea.email);
    expect([old?.settledAs, fresh?.settledAs, fresh?.latest]).toEqual(["superseded", null, true]);
    // So does Send new invitation, by whoever does not look at requests.
    const kai = await org.invite(someone("kai"));
    await expire(kai.invitation);
    await askAgain(newIp(), kai.code);
    await renew(org.owner, kai);
    expect(await rows(org)).toEqual([]);
    const told = await org.activity((await org.member(kai.email)).id);
    expect(told.at(-1)).toEqual({ type: "renewed", data: { asked: "yes" } });
  });
});

describe("E4 stale requests", () => {
  test("E4 whoever became a user another way is marked, cannot be invited, and is dismissed with all the others", async () => {
    const org = await open();
    const emails = Array.from({ length: 3 }, () => someone("rosa"));
    const ids: string[] = [];
    for (const email of emails) ids.push(await confirmed(org, email));
    for (const email of emails.slice(0, 2)) await seatOutside(org, email);
    expect(await findStanding(org.owner)).toEqual({ isOn: true, hasStale: true });
    expect((await rows(org, { status: "stale" })).map(({ status }) => status)).toEqual(["stale", "stale"]);
    expect((await rows(org, { status: "pending" })).map(({ email }) => email)).toEqual([emails[2]]);
    expect(await approve(org.owner, { request: ids[0] ?? "", ...MEMBER })).toMatchObject({
      reason: "already-a-user",
    });
    const batch = await nextMatches(org.owner, "?status=stale");
    const requests = batch.ok ? batch.value.ids : [];
    expect([...requests].sort()).toEqual(ids.slice(0, 2).sort());
    await dismissEach(org.owner, { requests });
    expect(await findStanding(org.owner)).toMatchObject({ hasStale: false });
    expect(await countOpenRequests(org.owner)).toBe(1);
  });

  test("E4 whoever loses the place again can be invited: the request is open as it was", async () => {
    const org = await open();
    const email = someone("rosa");
    const request = await confirmed(org, email);
    await seatOutside(org, email);
    expect((await rows(org))[0]?.status).toBe("stale");
    await remove(org.owner, { member: (await org.member(email)).id });
    expect((await rows(org))[0]?.status).toBe("pending");
    expect(await approve(org.owner, { request, ...MEMBER })).toMatchObject({ ok: true });
  });

  test("E4 a join answers the person's open request", async () => {
    const org = await open();
    const { email, invitation, ...secrets } = await org.invite();
    await revoke(org.owner, { invitation });
    const request = await confirmed(org, email);
    await undoRevoke(org.owner, { invitation });
    expect(await approve(org.owner, { request, ...MEMBER })).toMatchObject({ reason: "already-invited" });
    await accept(newIp(), null, { ...secrets, name: "Lea", password: "lovely geese walk" });
    expect(await find(request)).toMatchObject({ status: "approved", stale: true });
  });
});

describe("E5 races", () => {
  const ROUNDS = 12;

  test("E5 of twenty who answer one request, one does: one invitation, one letter, or a dismissal", async () => {
    const org = await open();
    const bo = await org.seat("bo", "admin");
    const ends = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const email = someone("rosa");
      const request = await confirmed(org, email);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, turn) => {
          const actor = turn % 3 === 0 ? bo : org.owner;
          return (turn + round) % 2 === 0
            ? approve(actor, { request, ...MEMBER })
            : dismiss(actor, { request });
        }),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(new Set(outcomes.flatMap((one) => (one.ok ? [] : one.reason)))).toEqual(
        new Set(["answered-meanwhile"]),
      );
      const { status } = await find(request);
      const invited = status === "approved" ? 1 : 0;
      expect(await invitationsOf(org, email)).toHaveLength(invited);
      expect(await lettersTo(email)).toHaveLength(invited);
      ends.add(status);
    }
    expect([...ends].sort()).toEqual(["approved", "dismissed"]);
  }, 120_000);

  test("E5 approving while the address is invited by hand: one invitation, one letter, the request approved", async () => {
    const org = await open();
    for (let round = 0; round < ROUNDS; round++) {
      const email = someone("rosa");
      const request = await confirmed(org, email);
      const [approved, byHand] = await Promise.all([
        approve(org.owner, { request, ...MEMBER }),
        invite(org.owner, { addresses: [email], ...MEMBER }),
      ]);
      const answer = byHand.ok ? byHand.value[0]?.answer : byHand.reason;
      expect([approved.ok ? "ok" : approved.reason, answer].join()).toMatch(
        /^(ok,already-invited|answered-meanwhile,invited)$/,
      );
      expect(await invitationsOf(org, email)).toHaveLength(1);
      expect(await lettersTo(email)).toHaveLength(1);
      expect((await find(request)).status).toBe("approved");
    }
  }, 60_000);

  test("E5 approving and dismissing while the person joins by an earlier invitation: in once, and no second invitation", async () => {
    const org = await open();
    for (let round = 0; round < ROUNDS; round++) {
      const { email, invitation, code, proof } = await org.invite(someone("lea"));
      await revoke(org.owner, { invitation });
      const request = await confirmed(org, email);
      await undoRevoke(org.owner, { invitation });
      const [joined, approved] = await Promise.all([
        accept(newIp(), null, { code, proof, name: "Lea", password: "lovely geese walk" }),
        approve(org.owner, { request, ...MEMBER }),
        ...(round % 2 === 0 ? [dismiss(org.owner, { request })] : []),
      ]);
      expect(joined).toMatchObject({ ok: true });
      expect(approved.ok ? "ok" : approved.reason).toMatch(
        /^(already-invited|already-a-user|answered-meanwhile)$/,
      );
      expect((await org.member(email)).status).toBe("active");
      expect(await invitationsOf(org, email)).toHaveLength(1);
      expect((await find(request)).status).toMatch(/^(approved|dismissed)$/);
    }
  }, 60_000);
});

test("G4 erasing somebody takes their requests, whatever became of them, and what was written in them", async () => {
  const org = await open();
  const email = someone("rosa");
  await dismiss(org.owner, { request: await confirmed(org, email) });
  const { invitation } = await org.invite(email);
  await revoke(org.owner, { invitation });
  await db().rateLimit.deleteMany({ where: { key: { startsWith: "request-email" } } });
  await confirmed(org, email);
  const member = await org.member(email);
  expect(await erase(org.owner, { member: member.id, typed: email })).toMatchObject({ ok: true });
  expect(await db().invitationRequest.count({ where: { email } })).toBe(0);
  const left = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM activity a WHERE a.organization_id = ${org.id}::uuid AND a.data::text LIKE '%rosa%'`;
  expect(left[0]?.count).toBe(0);
});
