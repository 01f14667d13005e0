import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTimelineWords } from "@/lib/activity/happenings";
import { closeDatabase, db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { erase } from "@/lib/members/commands/erase";
import { remove } from "@/lib/members/commands/remove";
import { expire, makeAccount, makeHouse, secretsOf, someone } from "@/lib/organizations/fixture";
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

type House = Awaited<ReturnType<typeof makeHouse>>;

async function open(): Promise<House> {
  const house = await makeHouse();
  await switchOn(house);
  return house;
}

const MEMBER = { role: "member" as const, policies: [] };
const find = (id: string) => db().invitationRequest.findUniqueOrThrow({ where: { id } });
const invitationsOf = (house: House, email: string) =>
  db().invitation.findMany({ where: { organizationId: house.id, email }, orderBy: { createdAt: "asc" } });
const lettersTo = (email: string) =>
  db().emailMessage.findMany({ where: { toAddress: email, kind: "invitation" } });
const entry = async (invitation: string) => ({
  ...(await secretsOf(invitation)),
  name: "Rosa Lind",
  password: "lovely geese walk",
});
async function rows(house: House, query = {}) {
  const list = await listRequests(house.owner, requestList.read(query));
  return list.ok ? list.value.rows : [];
}

/** Gives an account a place without any invitation, as a directory would. */
async function seatOutside(house: House, email: string): Promise<void> {
  const { accountId } = await makeAccount(email, "Rosa");
  await db().member.create({
    data: {
      id: crypto.randomUUID(),
      organizationId: house.id,
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
    const house = await open();
    const email = someone("rosa");
    const request = await confirmed(house, email);
    const policy = await house.policy("Read");
    const outcome = await approve(house.owner, { request, role: "admin", policies: [policy] });
    expect(outcome).toMatchObject({ ok: true });
    const member = await house.member(email);
    expect(member).toMatchObject({ status: "invited", role: "admin", policyIds: [policy] });
    expect(await find(request)).toMatchObject({ status: "approved", settledBy: house.owner.memberId });
    expect(await lettersTo(email)).toHaveLength(1);
    const [told] = await house.activity(member.id);
    expect(told).toEqual({ type: "invited", data: { role: "admin", asked: "yes" } });
    expect(
      inTimelineWords({
        type: "invited",
        data: { role: "admin", asked: "yes" },
        declineReason: null,
        policyNames: {},
      }),
    ).toBe("Invited as Admin, as asked for");
    const [invitation] = await invitationsOf(house, email);
    expect(await accept(newIp(), null, await entry(invitation?.id ?? ""))).toMatchObject({ ok: true });
  });

  test("E3 inviting the address by hand approves its open request, confirmed or not", async () => {
    const house = await open();
    const emails = [someone("rosa"), someone("kai")];
    const [first, second] = [await confirmed(house, emails[0]), await asked(house, emails[1])];
    await invite(house.owner, { addresses: emails, ...MEMBER });
    expect([(await find(first)).status, (await find(second)).status]).toEqual(["approved", "approved"]);
    const data = async (email = "") => (await house.activity((await house.member(email)).id))[0]?.data;
    // Only who confirmed has asked, as far as anybody knows.
    expect([await data(emails[0]), await data(emails[1])]).toEqual([
      { role: "member", asked: "yes" },
      { role: "member" },
    ]);
  });

  test("E3 the ceiling, the domains, the rights and the policies hold as for inviting by hand", async () => {
    const house = await open();
    const request = await confirmed(house);
    const bo = await house.seat("bo", "member", "Create");
    expect(await approve(bo, { request, role: "admin", policies: [] })).toMatchObject({
      reason: "above-you",
    });
    expect(await approve(bo, { request, ...MEMBER, policies: [crypto.randomUUID()] })).toMatchObject({
      reason: "policy-gone",
    });
    const reader = await house.seat("cy", "member", "Read");
    for (const answer of [approve(reader, { request, ...MEMBER }), dismiss(reader, { request })])
      expect(await answer).toMatchObject({ reason: "rights-lost" });
    await db().organization.update({ where: { id: house.id }, data: { refusedDomains: ["people.test"] } });
    expect(await approve(bo, { request, ...MEMBER })).toMatchObject({ reason: "refused-domain" });
    expect((await find(request)).status).toBe("pending");
    await db().organization.update({ where: { id: house.id }, data: { refusedDomains: [] } });
    // Whoever may answer requests need not be able to invite otherwise.
    const made = await create(house.owner, { name: "Door", permissions: ["requests:approve"] });
    const door = await house.seat("dee");
    const policyId = made.ok ? made.value.policy : "";
    await db().memberPolicy.create({ data: { organizationId: house.id, memberId: door.memberId, policyId } });
    expect(await approve(await house.actorOf(door.accountId), { request, ...MEMBER })).toMatchObject({
      ok: true,
    });
  });

  test("E3 another organization's requests, and those nobody confirmed, are not found", async () => {
    const [house, other] = [await open(), await open()];
    const [theirs, unconfirmed] = [await confirmed(other), await asked(house)];
    for (const request of [theirs, unconfirmed, crypto.randomUUID()]) {
      expect(await approve(house.owner, { request, ...MEMBER })).toMatchObject({ reason: "not-found" });
      expect(await dismiss(house.owner, { request })).toMatchObject({ reason: "not-found" });
    }
    expect([(await find(theirs)).status, (await find(unconfirmed)).status]).toEqual([
      "pending",
      "unconfirmed",
    ]);
  });

  test("E3 many are answered at once, each with their own answer, and dismissing is noted by ids alone", async () => {
    const house = await open();
    const requests = await Promise.all(Array.from({ length: 5 }, () => confirmed(house)));
    const [first = "", second = "", third = ""] = requests;
    await dismiss(house.owner, { request: first });
    const stale = (await find(second)).email;
    await seatOutside(house, stale);
    const outcome = await approveEach(house.owner, { requests: [...requests, third], ...MEMBER });
    const told = outcome.ok ? outcome.value.map(({ outcome: one }) => (one.ok ? "done" : one.reason)) : [];
    expect(told).toEqual(["answered-meanwhile", "already-a-user", "done", "done", "done"]);
    const rest = await dismissEach(house.owner, { requests });
    expect(rest.ok && rest.value.map(({ outcome: one }) => (one.ok ? "done" : one.reason))).toEqual([
      "answered-meanwhile",
      "done",
      ...Array(3).fill("answered-meanwhile"),
    ]);
    const notes = await db().activity.findMany({
      where: { organizationId: house.id, type: "request-dismissed" },
      orderBy: { id: "asc" },
    });
    expect(notes.map(({ memberId, data }) => [memberId, data])).toEqual([
      [null, { request: first }],
      [(await house.member(stale)).id, { request: second }],
    ]);
  });

  test("D6 approving a request from an expired invitation renews it: a new code, the old one dead", async () => {
    const house = await makeHouse();
    const lea = await house.invite();
    await expire(lea.invitation);
    await askAgain(newIp(), lea.code);
    const [row] = await rows(house);
    expect(await approve(house.owner, { request: row?.id ?? "", ...MEMBER })).toMatchObject({ ok: true });
    const [old, fresh] = await invitationsOf(house, lea.email);
    expect([old?.settledAs, fresh?.settledAs, fresh?.latest]).toEqual(["superseded", null, true]);
    // So does Send new invitation, by whoever does not look at requests.
    const kai = await house.invite(someone("kai"));
    await expire(kai.invitation);
    await askAgain(newIp(), kai.code);
    await renew(house.owner, kai);
    expect(await rows(house)).toEqual([]);
    const told = await house.activity((await house.member(kai.email)).id);
    expect(told.at(-1)).toEqual({ type: "renewed", data: { asked: "yes" } });
  });
});

describe("E4 stale requests", () => {
  test("E4 whoever became a user another way is marked, cannot be invited, and is dismissed with all the others", async () => {
    const house = await open();
    const emails = Array.from({ length: 3 }, () => someone("rosa"));
    const ids: string[] = [];
    for (const email of emails) ids.push(await confirmed(house, email));
    for (const email of emails.slice(0, 2)) await seatOutside(house, email);
    expect(await findStanding(house.owner)).toEqual({ isOn: true, hasStale: true });
    expect((await rows(house, { status: "stale" })).map(({ status }) => status)).toEqual(["stale", "stale"]);
    expect((await rows(house, { status: "pending" })).map(({ email }) => email)).toEqual([emails[2]]);
    expect(await approve(house.owner, { request: ids[0] ?? "", ...MEMBER })).toMatchObject({
      reason: "already-a-user",
    });
    const batch = await nextMatches(house.owner, "?status=stale");
    const requests = batch.ok ? batch.value.ids : [];
    expect([...requests].sort()).toEqual(ids.slice(0, 2).sort());
    await dismissEach(house.owner, { requests });
    expect(await findStanding(house.owner)).toMatchObject({ hasStale: false });
    expect(await countOpenRequests(house.owner)).toBe(1);
  });

  test("E4 whoever loses the place again can be invited: the request is open as it was", async () => {
    const house = await open();
    const email = someone("rosa");
    const request = await confirmed(house, email);
    await seatOutside(house, email);
    expect((await rows(house))[0]?.status).toBe("stale");
    await remove(house.owner, { member: (await house.member(email)).id });
    expect((await rows(house))[0]?.status).toBe("pending");
    expect(await approve(house.owner, { request, ...MEMBER })).toMatchObject({ ok: true });
  });

  test("E4 a join answers the person's open request", async () => {
    const house = await open();
    const { email, invitation, ...secrets } = await house.invite();
    await revoke(house.owner, { invitation });
    const request = await confirmed(house, email);
    await undoRevoke(house.owner, { invitation });
    expect(await approve(house.owner, { request, ...MEMBER })).toMatchObject({ reason: "already-invited" });
    await accept(newIp(), null, { ...secrets, name: "Lea", password: "lovely geese walk" });
    expect(await find(request)).toMatchObject({ status: "approved", stale: true });
  });
});

describe("E5 races", () => {
  const ROUNDS = 12;

  test("E5 of twenty who answer one request, one does: one invitation, one letter, or a dismissal", async () => {
    const house = await open();
    const bo = await house.seat("bo", "admin");
    const ends = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const email = someone("rosa");
      const request = await confirmed(house, email);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, turn) => {
          const actor = turn % 3 === 0 ? bo : house.owner;
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
      expect(await invitationsOf(house, email)).toHaveLength(invited);
      expect(await lettersTo(email)).toHaveLength(invited);
      ends.add(status);
    }
    expect([...ends].sort()).toEqual(["approved", "dismissed"]);
  }, 120_000);

  test("E5 approving while the address is invited by hand: one invitation, one letter, the request approved", async () => {
    const house = await open();
    for (let round = 0; round < ROUNDS; round++) {
      const email = someone("rosa");
      const request = await confirmed(house, email);
      const [approved, byHand] = await Promise.all([
        approve(house.owner, { request, ...MEMBER }),
        invite(house.owner, { addresses: [email], ...MEMBER }),
      ]);
      const answer = byHand.ok ? byHand.value[0]?.answer : byHand.reason;
      expect([approved.ok ? "ok" : approved.reason, answer].join()).toMatch(
        /^(ok,already-invited|answered-meanwhile,invited)$/,
      );
      expect(await invitationsOf(house, email)).toHaveLength(1);
      expect(await lettersTo(email)).toHaveLength(1);
      expect((await find(request)).status).toBe("approved");
    }
  }, 60_000);

  test("E5 approving and dismissing while the person joins by an earlier invitation: in once, and no second invitation", async () => {
    const house = await open();
    for (let round = 0; round < ROUNDS; round++) {
      const { email, invitation, code, proof } = await house.invite(someone("lea"));
      await revoke(house.owner, { invitation });
      const request = await confirmed(house, email);
      await undoRevoke(house.owner, { invitation });
      const [joined, approved] = await Promise.all([
        accept(newIp(), null, { code, proof, name: "Lea", password: "lovely geese walk" }),
        approve(house.owner, { request, ...MEMBER }),
        ...(round % 2 === 0 ? [dismiss(house.owner, { request })] : []),
      ]);
      expect(joined).toMatchObject({ ok: true });
      expect(approved.ok ? "ok" : approved.reason).toMatch(
        /^(already-invited|already-a-user|answered-meanwhile)$/,
      );
      expect((await house.member(email)).status).toBe("active");
      expect(await invitationsOf(house, email)).toHaveLength(1);
      expect((await find(request)).status).toMatch(/^(approved|dismissed)$/);
    }
  }, 60_000);
});

test("G4 erasing somebody takes their requests, whatever became of them, and what was written in them", async () => {
  const house = await open();
  const email = someone("rosa");
  await dismiss(house.owner, { request: await confirmed(house, email) });
  const { invitation } = await house.invite(email);
  await revoke(house.owner, { invitation });
  await db().rateLimit.deleteMany({ where: { key: { startsWith: "request-email" } } });
  await confirmed(house, email);
  const member = await house.member(email);
  expect(await erase(house.owner, { member: member.id, typed: email })).toMatchObject({ ok: true });
  expect(await db().invitationRequest.count({ where: { email } })).toBe(0);
  const left = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM activity a WHERE a.organization_id = ${house.id}::uuid AND a.data::text LIKE '%rosa%'`;
  expect(left[0]?.count).toBe(0);
});
