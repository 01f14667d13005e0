import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, db, pool } from "@/lib/db/client";
import { type Upload, upload } from "@/lib/invitations/commands/upload";
import { findStandings } from "@/lib/invitations/queries/standings";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const asMember = { role: "member" as const, policies: [], mends: {} };
const people = (count: number) => Array.from({ length: count }, (_, at) => someone(`p${at}`));
const csv = (addresses: readonly string[]) =>
  Buffer.from(`Name,Email\n${addresses.map((one) => `X,${one}\n`).join("")}`);

async function counted(organizationId: string) {
  const { rows } = await pool().query(
    `SELECT (SELECT count(*)::int FROM invitation WHERE organization_id = $1) AS invitations,
            (SELECT count(DISTINCT email)::int FROM invitation WHERE organization_id = $1) AS people,
            (SELECT count(*)::int FROM email_message WHERE organization_id = $1) AS letters`,
    [organizationId],
  );
  return rows[0];
}

test("B4 a list of 100 invites 100; the same file again sends nothing twice", async () => {
  const org = await createTestOrganization();
  const list = csv(people(100));
  const first = await upload(org.owner, { ...asMember, list });
  expect(first.ok && first.value.every(({ answer }) => answer === "invited")).toBe(true);
  const again = await upload(org.owner, { ...asMember, list });
  expect(
    again.ok &&
      again.value.every(({ answer, invitationId }) => answer === "already-invited" && !invitationId),
  ).toBe(true);
  expect(await counted(org.id)).toEqual({ invitations: 100, people: 100, letters: 100 });
});

test("B4 101 records create nothing, and neither does what is no list", async () => {
  const org = await createTestOrganization();
  const refusals: [Upload["list"], object][] = [
    [csv(people(101)), { reason: "too-many-records", facts: { count: 101 } }],
    [Buffer.from("PK\x03\x04"), { reason: "spreadsheet" }],
    ["Name,Email\nAnn,", { reason: "nobody-ready" }],
    ["", { reason: "empty" }],
  ];
  for (const [list, refusal] of refusals)
    expect(await upload(org.owner, { ...asMember, list })).toEqual({ ok: false, ...refusal });
  expect(await counted(org.id)).toEqual({ invitations: 0, people: 0, letters: 0 });
});

test("B4 the same list sent many times at once is one invitation and one letter each", async () => {
  const org = await createTestOrganization();
  const addresses = people(100);
  const other = await org.seat("omar", "admin");
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      upload(at % 2 ? other : org.owner, {
        ...asMember,
        list: csv(at % 3 ? addresses : [...addresses].reverse()),
      }),
    ),
  );
  const answers = outcomes.flatMap((one) => (one.ok ? one.value.map(({ answer }) => answer) : [one.reason]));
  expect(answers.filter((answer) => answer === "invited")).toHaveLength(100);
  expect(answers.filter((answer) => answer === "already-invited")).toHaveLength(700);
  expect(await counted(org.id)).toEqual({ invitations: 100, people: 100, letters: 100 });
});

test("B5 the server decides again: each line has its outcome, with its mend, and only ready ones are sent", async () => {
  const org = await createTestOrganization();
  const user = await org.seat("mila");
  const pending = await org.invite();
  const [ann, bob, cleo] = [someone("ann"), someone("bob"), someone("cleo")];
  const list = `Name;Email\nAnn;${ann}\nAnn;${ann.toUpperCase()}\nBob;bob at x\n;${bob}, ${cleo}\nMila;${user.email}\nLea;${pending.email}\nZoe;nothing\n${someone("out")}`;
  const outcome = await upload(org.owner, {
    ...asMember,
    list,
    mends: { 4: `Bob <${bob}>`, 5: cleo, 9: " " },
  });
  expect(outcome.ok && outcome.value.map(({ line, answer }) => [line, answer])).toEqual([
    [2, "invited"],
    [3, "duplicate"],
    [4, "invited"],
    [5, "invited"],
    [6, "already-a-user"],
    [7, "already-invited"],
    [8, "no-address"],
    [9, "left-out"],
  ]);
  const sent = await db().emailMessage.findMany({
    where: { organizationId: org.id },
    select: { toAddress: true },
  });
  expect(sent.map(({ toAddress }) => toAddress).sort()).toEqual([ann, bob, cleo, pending.email].sort());
});

test("B5 the preview knows users, invited, blocked and refused ones, and tells what the actor may read", async () => {
  const org = await createTestOrganization();
  const [user, blocked, removed] = [await org.seat("mila"), await org.seat("paul"), await org.seat("rita")];
  await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
  await db().member.update({ where: { id: removed.memberId }, data: { status: "removed" } });
  await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["evil.test"] } });
  const [pending, expired] = [await org.invite(), await org.invite()];
  await expire(expired.invitation);
  const asked = [user, blocked, removed, pending, expired]
    .map(({ email }) => email)
    .concat(someone("new"), "eve@evil.test");
  expect(await findStandings(org.owner, asked)).toEqual({
    [user.email]: "already-a-user",
    [blocked.email]: "blocked",
    [pending.email]: "already-invited",
    "eve@evil.test": "refused-domain",
  });

  const inviter = await org.seat("omar");
  const { id: policyId } = await db().policy.create({
    data: { organizationId: org.id, name: "Invite blindly", permissions: ["invitations:create"] },
  });
  await db().memberPolicy.create({
    data: { organizationId: org.id, memberId: inviter.memberId, policyId },
  });
  expect(await findStandings(await org.actorOf(inviter.accountId), asked)).toEqual({
    "eve@evil.test": "refused-domain",
  });
});

test("B5 another organization's people are nobody's business", async () => {
  const [org, other] = [await createTestOrganization(), await createTestOrganization()];
  expect(await findStandings(org.owner, [other.owner.email])).toEqual({});
});
