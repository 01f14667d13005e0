import { describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { findTimeline } from "@/lib/activity/queries";
import { db } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { eraseMember } from "@/lib/members/commands/erase";
import { removeMember } from "@/lib/members/commands/remove";
import { createPolicy } from "@/lib/policies/commands/create";
import { approveRequest, approveRequests } from "@/lib/requests/commands/approve";
import { dismissRequest, dismissRequests } from "@/lib/requests/commands/dismiss";
import { requestNewInvitation } from "@/lib/requests/commands/request-new-invitation";
import { setAcceptsRequests, submitAndConfirmRequest, submitTestRequest } from "@/lib/requests/fixture";
import { requestList } from "@/lib/requests/list";
import { countOpenRequests, findRequestsTabState } from "@/lib/requests/queries/counts";
import { listRequests } from "@/lib/requests/queries/list";
import { findNextRequests } from "@/lib/requests/queries/matches";
import {
  createTestAccount,
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

const MEMBER = { role: "member" as const, policies: [] };
const find = (id: string) => db().invitationRequest.findUniqueOrThrow({ where: { id } });
const invitationsOf = (org: TestOrganization, email: string) =>
  db().invitation.findMany({ where: { organizationId: org.id, email }, orderBy: { createdAt: "asc" } });
const invitationEmailsTo = (email: string) =>
  db().emailMessage.findMany({ where: { toAddress: email, kind: "invitation" } });
const joinInput = async (invitation: string) => ({
  ...(await findInvitationSecrets(invitation)),
  name: "Rosa Lind",
  password: "lovely geese walk",
});
async function rows(org: TestOrganization, query = {}) {
  const list = await listRequests(org.owner, requestList.read(query));
  return list.ok ? list.value.rows : [];
}

/** Adds an active member without an invitation, as SCIM would. */
async function addActiveMember(org: TestOrganization, email: string): Promise<void> {
  const { accountId } = await createTestAccount(email, "Rosa");
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

describe("E3 answering requests", () => {
  test("E3 Send invitation invites with role and policies, and the timeline mentions the request", async () => {
    const org = await createOpenOrganization();
    const email = uniqueEmail("rosa");
    const request = await submitAndConfirmRequest(org, email);
    const policy = await org.findPolicyId("Read");
    const result = await approveRequest(org.owner, { request, role: "admin", policies: [policy] });
    expect(result).toMatchObject({ ok: true });
    const member = await org.member(email);
    expect(member).toMatchObject({ status: "invited", role: "admin", policyIds: [policy] });
    expect(await find(request)).toMatchObject({ status: "approved", settledBy: org.owner.memberId });
    expect(await invitationEmailsTo(email)).toHaveLength(1);
    const [activity] = await org.activity(member.id);
    expect(activity).toEqual({ type: "invited", data: { role: "admin", asked: "yes" } });
    const [latest] = (await findTimeline(org.owner, member.id)) ?? [];
    expect(latest && describeActivity(translationFor("en"), latest)).toBe(
      `ana approved the request and invited ${email} as an Admin`,
    );
    const [invitation] = await invitationsOf(org, email);
    expect(await acceptInvitation(uniqueIp(), null, await joinInput(invitation?.id ?? ""))).toMatchObject({
      ok: true,
    });
  });

  test("E3 inviting the address directly approves its open request, confirmed or not", async () => {
    const org = await createOpenOrganization();
    const emails = [uniqueEmail("rosa"), uniqueEmail("kai")];
    const [first, second] = [
      await submitAndConfirmRequest(org, emails[0]),
      await submitTestRequest(org, emails[1]),
    ];
    await inviteMembers(org.owner, { addresses: emails, ...MEMBER });
    expect([(await find(first)).status, (await find(second)).status]).toEqual(["approved", "approved"]);
    const data = async (email = "") => (await org.activity((await org.member(email)).id))[0]?.data;
    // An unconfirmed request does not prove that the invitee made it.
    expect([await data(emails[0]), await data(emails[1])]).toEqual([
      { role: "member", asked: "yes" },
      { role: "member" },
    ]);
  });

  test("E3 the ceiling, domains, permissions and policies are checked as for inviting directly", async () => {
    const org = await createOpenOrganization();
    const request = await submitAndConfirmRequest(org);
    const bo = await org.addMember("bo", "member", "Create");
    expect(await approveRequest(bo, { request, role: "admin", policies: [] })).toMatchObject({
      reason: "above-you",
    });
    expect(await approveRequest(bo, { request, ...MEMBER, policies: [crypto.randomUUID()] })).toMatchObject({
      reason: "policy-gone",
    });
    const reader = await org.addMember("cy", "member", "Read");
    for (const result of [
      approveRequest(reader, { request, ...MEMBER }),
      dismissRequest(reader, { request }),
    ])
      expect(await result).toMatchObject({ reason: "rights-lost" });
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["people.test"] } });
    expect(await approveRequest(bo, { request, ...MEMBER })).toMatchObject({ reason: "refused-domain" });
    expect((await find(request)).status).toBe("pending");
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: [] } });
    // Approving requests does not require the permission to invite.
    const created = await createPolicy(org.owner, { name: "Approver", permissions: ["requests:approve"] });
    const approver = await org.addMember("dee");
    const policyId = created.ok ? created.value.policy : "";
    await db().memberPolicy.create({
      data: { organizationId: org.id, memberId: approver.memberId, policyId },
    });
    expect(await approveRequest(await org.actorOf(approver.accountId), { request, ...MEMBER })).toMatchObject(
      {
        ok: true,
      },
    );
  });

  test("E3 requests of another organization and unconfirmed requests are not found", async () => {
    const [org, other] = [await createOpenOrganization(), await createOpenOrganization()];
    const [theirs, unconfirmed] = [await submitAndConfirmRequest(other), await submitTestRequest(org)];
    for (const request of [theirs, unconfirmed, crypto.randomUUID()]) {
      expect(await approveRequest(org.owner, { request, ...MEMBER })).toMatchObject({ reason: "not-found" });
      expect(await dismissRequest(org.owner, { request })).toMatchObject({ reason: "not-found" });
    }
    expect([(await find(theirs)).status, (await find(unconfirmed)).status]).toEqual([
      "pending",
      "unconfirmed",
    ]);
  });

  test("E3 a bulk answer returns a result per request, and dismissals are logged with ids only", async () => {
    const org = await createOpenOrganization();
    const requests = await Promise.all(Array.from({ length: 5 }, () => submitAndConfirmRequest(org)));
    const [first = "", second = "", third = ""] = requests;
    await dismissRequest(org.owner, { request: first });
    const stale = (await find(second)).email;
    await addActiveMember(org, stale);
    const approved = await approveRequests(org.owner, { requests: [...requests, third], ...MEMBER });
    expect(approved.ok && approved.value.map(({ result }) => (result.ok ? "done" : result.reason))).toEqual([
      "already-answered",
      "already-a-user",
      "done",
      "done",
      "done",
    ]);
    const dismissed = await dismissRequests(org.owner, { requests });
    expect(dismissed.ok && dismissed.value.map(({ result }) => (result.ok ? "done" : result.reason))).toEqual(
      ["already-answered", "done", ...Array(3).fill("already-answered")],
    );
    const entries = await db().activity.findMany({
      where: { organizationId: org.id, type: "request-dismissed" },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ memberId, data }) => [memberId, data])).toEqual([
      [null, { request: first }],
      [(await org.member(stale)).id, { request: second }],
    ]);
  });

  test("D6 approving a request from an expired invitation renews the invitation: new code, old code invalid", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    await expireInvitation(lea.invitation);
    await requestNewInvitation(uniqueIp(), lea.code);
    const [row] = await rows(org);
    expect(await approveRequest(org.owner, { request: row?.id ?? "", ...MEMBER })).toMatchObject({
      ok: true,
    });
    const [oldInvitation, newInvitation] = await invitationsOf(org, lea.email);
    expect([oldInvitation?.settledAs, newInvitation?.settledAs, newInvitation?.latest]).toEqual([
      "superseded",
      null,
      true,
    ]);
    // Send new invitation closes the request as well.
    const kai = await org.invite(uniqueEmail("kai"));
    await expireInvitation(kai.invitation);
    await requestNewInvitation(uniqueIp(), kai.code);
    await renewInvitation(org.owner, kai);
    expect(await rows(org)).toEqual([]);
    const activity = await org.activity((await org.member(kai.email)).id);
    expect(activity.at(-1)).toEqual({ type: "renewed", data: { asked: "yes" } });
  });
});

describe("E4 stale requests", () => {
  test("E4 requests of people who are already users are marked, cannot be approved, and can be dismissed all at once", async () => {
    const org = await createOpenOrganization();
    const emails = Array.from({ length: 3 }, () => uniqueEmail("rosa"));
    const ids: string[] = [];
    for (const email of emails) ids.push(await submitAndConfirmRequest(org, email));
    for (const email of emails.slice(0, 2)) await addActiveMember(org, email);
    expect(await findRequestsTabState(org.owner)).toEqual({ acceptsRequests: true, staleCount: 2 });
    expect((await rows(org, { status: "stale" })).map(({ status }) => status)).toEqual(["stale", "stale"]);
    expect((await rows(org, { status: "pending" })).map(({ email }) => email)).toEqual([emails[2]]);
    expect(await approveRequest(org.owner, { request: ids[0] ?? "", ...MEMBER })).toMatchObject({
      reason: "already-a-user",
    });
    const batch = await findNextRequests(org.owner, "?status=stale");
    const requests = batch.ok ? batch.value.ids : [];
    expect([...requests].sort()).toEqual(ids.slice(0, 2).sort());
    await dismissRequests(org.owner, { requests });
    expect(await findRequestsTabState(org.owner)).toMatchObject({ staleCount: 0 });
    expect(await countOpenRequests(org.owner)).toBe(1);
  });

  test("E4 removing the user makes their request pending again, and it can be approved", async () => {
    const org = await createOpenOrganization();
    const email = uniqueEmail("rosa");
    const request = await submitAndConfirmRequest(org, email);
    await addActiveMember(org, email);
    expect((await rows(org))[0]?.status).toBe("stale");
    await removeMember(org.owner, { member: (await org.member(email)).id });
    expect((await rows(org))[0]?.status).toBe("pending");
    expect(await approveRequest(org.owner, { request, ...MEMBER })).toMatchObject({ ok: true });
  });

  test("E4 joining approves the person's open request", async () => {
    const org = await createOpenOrganization();
    const { email, invitation, ...secrets } = await org.invite();
    await revokeInvitation(org.owner, { invitation });
    const request = await submitAndConfirmRequest(org, email);
    await undoRevokeInvitation(org.owner, { invitation });
    expect(await approveRequest(org.owner, { request, ...MEMBER })).toMatchObject({
      reason: "already-invited",
    });
    await acceptInvitation(uniqueIp(), null, { ...secrets, name: "Lea", password: "lovely geese walk" });
    expect(await find(request)).toMatchObject({ status: "approved", stale: true });
  });
});

describe("E5 races", () => {
  const ROUNDS = 12;

  test("E5 one of twenty concurrent answers to a request succeeds: one invitation and one email, or a dismissal", async () => {
    const org = await createOpenOrganization();
    const bo = await org.addMember("bo", "admin");
    const statuses = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const email = uniqueEmail("rosa");
      const request = await submitAndConfirmRequest(org, email);
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, turn) => {
          const actor = turn % 3 === 0 ? bo : org.owner;
          return (turn + round) % 2 === 0
            ? approveRequest(actor, { request, ...MEMBER })
            : dismissRequest(actor, { request });
        }),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(new Set(results.flatMap((result) => (result.ok ? [] : result.reason)))).toEqual(
        new Set(["already-answered"]),
      );
      const { status } = await find(request);
      const invited = status === "approved" ? 1 : 0;
      expect(await invitationsOf(org, email)).toHaveLength(invited);
      expect(await invitationEmailsTo(email)).toHaveLength(invited);
      statuses.add(status);
    }
    expect([...statuses].sort()).toEqual(["approved", "dismissed"]);
  }, 120_000);

  test("E5 approving while the address is invited directly: one invitation, one email, the request approved", async () => {
    const org = await createOpenOrganization();
    for (let round = 0; round < ROUNDS; round++) {
      const email = uniqueEmail("rosa");
      const request = await submitAndConfirmRequest(org, email);
      const [approved, invited] = await Promise.all([
        approveRequest(org.owner, { request, ...MEMBER }),
        inviteMembers(org.owner, { addresses: [email], ...MEMBER }),
      ]);
      const inviteResult = invited.ok ? invited.value[0]?.status : invited.reason;
      expect([approved.ok ? "ok" : approved.reason, inviteResult].join()).toMatch(
        /^(ok,already-invited|already-answered,invited)$/,
      );
      expect(await invitationsOf(org, email)).toHaveLength(1);
      expect(await invitationEmailsTo(email)).toHaveLength(1);
      expect((await find(request)).status).toBe("approved");
    }
  }, 60_000);

  test("E5 approving and dismissing while the person joins with an earlier invitation: one membership, no second invitation", async () => {
    const org = await createOpenOrganization();
    for (let round = 0; round < ROUNDS; round++) {
      const { email, invitation, code, proof } = await org.invite(uniqueEmail("lea"));
      await revokeInvitation(org.owner, { invitation });
      const request = await submitAndConfirmRequest(org, email);
      await undoRevokeInvitation(org.owner, { invitation });
      const [joined, approved] = await Promise.all([
        acceptInvitation(uniqueIp(), null, { code, proof, name: "Lea", password: "lovely geese walk" }),
        approveRequest(org.owner, { request, ...MEMBER }),
        ...(round % 2 === 0 ? [dismissRequest(org.owner, { request })] : []),
      ]);
      expect(joined).toMatchObject({ ok: true });
      expect(approved.ok ? "ok" : approved.reason).toMatch(
        /^(already-invited|already-a-user|already-answered)$/,
      );
      expect((await org.member(email)).status).toBe("active");
      expect(await invitationsOf(org, email)).toHaveLength(1);
      expect((await find(request)).status).toMatch(/^(approved|dismissed)$/);
    }
  }, 60_000);
});

test("G4 erasing a person deletes all their requests, including the message, regardless of status", async () => {
  const org = await createOpenOrganization();
  const email = uniqueEmail("rosa");
  await dismissRequest(org.owner, { request: await submitAndConfirmRequest(org, email) });
  const { invitation } = await org.invite(email);
  await revokeInvitation(org.owner, { invitation });
  await db().rateLimit.deleteMany({ where: { key: { startsWith: "request-email" } } });
  await submitAndConfirmRequest(org, email);
  const member = await org.member(email);
  expect(await eraseMember(org.owner, { member: member.id, typed: email })).toMatchObject({ ok: true });
  expect(await db().invitationRequest.count({ where: { email } })).toBe(0);
  const left = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM activity a WHERE a.organization_id = ${org.id}::uuid AND a.data::text LIKE '%rosa%'`;
  expect(left[0]?.count).toBe(0);
});
