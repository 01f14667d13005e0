import { expect, test } from "vitest";
import { connectionPool, db } from "@/lib/db/client";
import { type UploadInput, uploadInvitationList } from "@/lib/invitations/commands/upload";
import { findIneligibleAddresses } from "@/lib/invitations/queries/eligibility";
import { createTestOrganization, expireInvitation, uniqueEmail } from "@/test/factories";

const asMember = { role: "member" as const, policies: [], corrections: {} };
const uniqueEmails = (count: number) => Array.from({ length: count }, (_, index) => uniqueEmail(`p${index}`));
const toCsv = (addresses: readonly string[]) =>
  Buffer.from(`Name,Email\n${addresses.map((result) => `X,${result}\n`).join("")}`);

async function countRows(organizationId: string) {
  const { rows } = await connectionPool().query(
    `SELECT (SELECT count(*)::int FROM invitation WHERE organization_id = $1) AS invitations,
            (SELECT count(DISTINCT email)::int FROM invitation WHERE organization_id = $1) AS addresses,
            (SELECT count(*)::int FROM email_message WHERE organization_id = $1) AS emails`,
    [organizationId],
  );
  return rows[0];
}

test("B4 a list of 100 invites 100; the same file again sends nothing twice", async () => {
  const org = await createTestOrganization();
  const list = toCsv(uniqueEmails(100));
  const first = await uploadInvitationList(org.owner, { ...asMember, list });
  expect(first.ok && first.value.every(({ status }) => status === "invited")).toBe(true);
  const again = await uploadInvitationList(org.owner, { ...asMember, list });
  expect(
    again.ok &&
      again.value.every(({ status, invitationId }) => status === "already-invited" && !invitationId),
  ).toBe(true);
  expect(await countRows(org.id)).toEqual({ invitations: 100, addresses: 100, emails: 100 });
});

test("B4 101 records and files that are not lists are refused", async () => {
  const org = await createTestOrganization();
  const refusals: [UploadInput["list"], object][] = [
    [toCsv(uniqueEmails(101)), { reason: "too-many-records", params: { count: 101 } }],
    [Buffer.from("PK\x03\x04"), { reason: "spreadsheet" }],
    ["Name,Email\nAnn,", { reason: "nothing-to-invite" }],
    ["", { reason: "empty" }],
  ];
  for (const [list, refusal] of refusals)
    expect(await uploadInvitationList(org.owner, { ...asMember, list })).toEqual({ ok: false, ...refusal });
  expect(await countRows(org.id)).toEqual({ invitations: 0, addresses: 0, emails: 0 });
});

test("B4 the same list uploaded many times concurrently creates one invitation and one email each", async () => {
  const org = await createTestOrganization();
  const addresses = uniqueEmails(100);
  const other = await org.addMember("omar", "admin");
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      uploadInvitationList(index % 2 ? other : org.owner, {
        ...asMember,
        list: toCsv(index % 3 ? addresses : [...addresses].reverse()),
      }),
    ),
  );
  const statuses = results.flatMap((result) =>
    result.ok ? result.value.map(({ status }) => status) : [result.reason],
  );
  expect(statuses.filter((status) => status === "invited")).toHaveLength(100);
  expect(statuses.filter((status) => status === "already-invited")).toHaveLength(700);
  expect(await countRows(org.id)).toEqual({ invitations: 100, addresses: 100, emails: 100 });
});

test("B5 the server validates again: each line has a result, corrections apply, and only ready lines are invited", async () => {
  const org = await createTestOrganization();
  const user = await org.addMember("mila");
  const pending = await org.invite();
  const [ann, bob, cleo] = [uniqueEmail("ann"), uniqueEmail("bob"), uniqueEmail("cleo")];
  const list = `Name;Email\nAnn;${ann}\nAnn;${ann.toUpperCase()}\nBob;bob at x\n;${bob}, ${cleo}\nMila;${user.email}\nLea;${pending.email}\nZoe;nothing\n${uniqueEmail("out")}`;
  const result = await uploadInvitationList(org.owner, {
    ...asMember,
    list,
    corrections: { 4: `Bob <${bob}>`, 5: cleo, 9: " " },
  });
  expect(result.ok && result.value.map(({ line, status }) => [line, status])).toEqual([
    [2, "invited"],
    [3, "duplicate"],
    [4, "invited"],
    [5, "invited"],
    [6, "already-a-user"],
    [7, "already-invited"],
    [8, "no-address"],
    [9, "skipped"],
  ]);
  const sent = await db().emailMessage.findMany({
    where: { organizationId: org.id },
    select: { toAddress: true },
  });
  expect(sent.map(({ toAddress }) => toAddress).sort()).toEqual([ann, bob, cleo, pending.email].sort());
});

test("B5 the preview reports users, pending invitations, blocked people and refused domains that the actor can read", async () => {
  const org = await createTestOrganization();
  const [user, blocked, removed] = [
    await org.addMember("mila"),
    await org.addMember("paul"),
    await org.addMember("rita"),
  ];
  await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
  await db().member.update({ where: { id: removed.memberId }, data: { status: "removed" } });
  await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["evil.test"] } });
  const [pending, expired] = [await org.invite(), await org.invite()];
  await expireInvitation(expired.invitation);
  const addresses = [user, blocked, removed, pending, expired]
    .map(({ email }) => email)
    .concat(uniqueEmail("new"), "eve@evil.test");
  expect(await findIneligibleAddresses(org.owner, addresses)).toEqual({
    [user.email]: "already-a-user",
    [blocked.email]: "blocked",
    [pending.email]: "already-invited",
    "eve@evil.test": "refused-domain",
  });

  const inviter = await org.addMember("omar");
  const { id: policyId } = await db().policy.create({
    data: { organizationId: org.id, name: "Invite blindly", permissions: ["invitations:create"] },
  });
  await db().memberPolicy.create({
    data: { organizationId: org.id, memberId: inviter.memberId, policyId },
  });
  expect(await findIneligibleAddresses(await org.actorOf(inviter.accountId), addresses)).toEqual({
    "eve@evil.test": "refused-domain",
  });
});

test("B5 the preview reveals nothing about other organizations", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  expect(await findIneligibleAddresses(org.owner, [other.owner.email])).toEqual({});
});
