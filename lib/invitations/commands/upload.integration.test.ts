import { expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { connectionPool, db } from "@/lib/db/client";
import { LOCALES } from "@/lib/i18n/locales";
import { type UploadInput, uploadInvitationList } from "@/lib/invitations/commands/upload";
import { findIneligibleAddresses } from "@/lib/invitations/queries/eligibility";
import { createTestOrganization, expireInvitation, uniqueEmail } from "@/test/factories";

const asMember = { role: "member" as const, policies: [], from: 0 };
const context = { roles: ["admin", "member"] as const, policies: [], languages: LOCALES };

/** Uploads a list as the preview of its first hundred people does. */
const upload = (
  actor: Actor,
  list: UploadInput["list"],
  { corrections = {}, ...choices }: Partial<UploadInput["choices"]> = {},
  from = 0,
) => uploadInvitationList(actor, { ...asMember, list, from, choices: { corrections, ...choices } }, context);
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
  const first = await upload(org.owner, list);
  expect(first.ok && first.value.every(({ status }) => status === "invited")).toBe(true);
  const again = await upload(org.owner, list);
  expect(
    again.ok &&
      again.value.every(({ status, invitationId }) => status === "already-invited" && !invitationId),
  ).toBe(true);
  expect(await countRows(org.id)).toEqual({ invitations: 100, addresses: 100, emails: 100 });
});

test("B4 files that are not lists are refused", async () => {
  const org = await createTestOrganization();
  const refusals: [UploadInput["list"], object][] = [
    [Buffer.from("%PDF-1.7"), { reason: "pdf" }],
    ["Name,Email\nAnn,", { reason: "nothing-to-invite" }],
    ["", { reason: "empty" }],
  ];
  for (const [list, refusal] of refusals)
    expect(await upload(org.owner, list)).toEqual({ ok: false, ...refusal });
  expect(await countRows(org.id)).toEqual({ invitations: 0, addresses: 0, emails: 0 });
});

test("B4 the same list uploaded many times concurrently creates one invitation and one email each", async () => {
  const org = await createTestOrganization();
  const addresses = uniqueEmails(100);
  const other = await org.addMember("omar", "admin");
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      upload(index % 2 ? other : org.owner, toCsv(index % 3 ? addresses : [...addresses].reverse())),
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
  const result = await upload(org.owner, list, { corrections: { 4: `Bob <${bob}>`, 5: cleo, 9: " " } });
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

test("B13 a list of 250 people is uploaded in three parts, each person once", async () => {
  const org = await createTestOrganization();
  const list = toCsv(uniqueEmails(250));
  for (const [from, count] of [
    [0, 100],
    [100, 100],
    [200, 50],
  ] as const) {
    const result = await upload(org.owner, list, {}, from);
    expect(result.ok && result.value.map(({ line }) => line)).toEqual(
      Array.from({ length: count }, (_, index) => from + index + 2),
    );
  }
  expect(await countRows(org.id)).toEqual({ invitations: 250, addresses: 250, emails: 250 });
  expect(await upload(org.owner, list, {}, 300)).toMatchObject({ reason: "nothing-to-invite" });
});

test("B10 names, roles, policies and languages of the list apply to each person, under the ceiling", async () => {
  const org = await createTestOrganization();
  const policy = await db().policy.findFirstOrThrow({
    where: { organizationId: org.id, name: { contains: "Read" } },
    select: { id: true, name: true },
  });
  const [ann, bob, cleo] = [uniqueEmail("ann"), uniqueEmail("bob"), uniqueEmail("cleo")];
  const list = `Name,Email,Role,Access policy,Language\nAnn Lee,${ann},Admin,${policy.name},de\nBob Ito,${bob},Owner,,\nCleo,${cleo},Boss,Nothing known,xx`;
  const result = await uploadInvitationList(
    org.owner,
    { ...asMember, list, choices: { corrections: {} } },
    { ...context, policies: [{ ...policy, isGrantable: true }] },
  );
  expect(result.ok && result.value.map(({ status }) => status)).toEqual(["invited", "invited", "invited"]);
  const members = await db().member.findMany({
    where: { organizationId: org.id, email: { in: [ann, bob, cleo] } },
    select: { email: true, name: true, role: true, policyIds: true, invitationId: true },
    orderBy: { email: "asc" },
  });
  expect(members.map(({ name, role, policyIds }) => ({ name, role, policyIds }))).toEqual([
    { name: "Ann Lee", role: "admin", policyIds: [policy.id] },
    // The inviter of this test cannot make Owners, and the others are not known: the dialog's choice applies.
    { name: "Bob Ito", role: "member", policyIds: [] },
    { name: "Cleo", role: "member", policyIds: [] },
  ]);
  const [first] = await db().invitation.findMany({
    where: { email: ann },
    select: { language: true, role: true },
  });
  expect(first).toEqual({ language: "de", role: "admin" });
});

test("B10 a role above the actor refuses the whole upload, whatever the preview said", async () => {
  const org = await createTestOrganization();
  const admin = await org.addMember("omar", "admin");
  const list = `Email,Role\n${uniqueEmail("ann")},Owner`;
  expect(
    await uploadInvitationList(
      admin,
      { ...asMember, list, choices: { corrections: {} } },
      { ...context, roles: ["owner", "admin", "member"] },
    ),
  ).toMatchObject({ reason: "above-you" });
  expect(await countRows(org.id)).toEqual({ invitations: 0, addresses: 0, emails: 0 });
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
