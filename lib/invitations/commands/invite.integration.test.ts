import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db, pool } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { userList } from "@/lib/members/list";
import { listUsers } from "@/lib/members/queries/list";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const asMember = { role: "member" as const, policies: [] };

/** Rows of one address in an organization, counted where they lie. */
async function counted(organizationId: string, email: string) {
  const { rows } = await pool().query(
    `SELECT (SELECT count(*)::int FROM member WHERE organization_id = $1 AND email = $2) AS members,
            (SELECT count(*)::int FROM invitation WHERE organization_id = $1 AND email = $2) AS invitations,
            (SELECT count(*)::int FROM invitation WHERE organization_id = $1 AND email = $2 AND settled_as IS NULL) AS open,
            (SELECT count(*)::int FROM email_message WHERE organization_id = $1 AND to_address = $2) AS letters,
            (SELECT count(*)::int FROM pgboss.job j JOIN email_message l ON j.data->>'batch' = l.batch_id::text
             WHERE l.organization_id = $1 AND l.to_address = $2) AS jobs`,
    [organizationId, email],
  );
  return rows[0];
}

describe("B2 one address or many", () => {
  test("B2 invites all in one transaction: member, invitation, letter and job each", async () => {
    const org = await createTestOrganization();
    const [ann, bob] = [someone("ann"), someone("bob")];
    const outcome = await invite(org.owner, {
      addresses: [`Ann Lee <${ann}>`, bob.toUpperCase()],
      ...asMember,
    });
    expect(outcome).toMatchObject({ ok: true, value: [{ answer: "invited" }, { answer: "invited" }] });
    for (const email of [ann, bob])
      expect(await counted(org.id, email)).toEqual({
        members: 1,
        invitations: 1,
        open: 1,
        letters: 1,
        jobs: 1,
      });
  });

  test("B2 role and policies chosen there are the invited person's", async () => {
    const org = await createTestOrganization();
    const policy = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    const email = someone("ann");
    await invite(org.owner, { addresses: [email], role: "admin", policies: [policy.id] });
    const member = await org.member(email);
    expect(member).toMatchObject({ role: "admin", status: "invited", grantedBy: org.owner.memberId });
    expect(await db().memberPolicy.count({ where: { memberId: member.id, policyId: policy.id } })).toBe(1);
  });
});

describe("B3 every address gets its own answer", () => {
  test("B3 invited, expired before, already invited, already a user, blocked, not an address, refused domain", async () => {
    const org = await createTestOrganization();
    const active = await org.seat("mila");
    const blocked = await org.seat("paul");
    await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["evil.test"] } });
    const pending = await org.invite();
    const expired = await org.invite();
    await expire(expired.invitation);
    const fresh = someone("new");
    const outcome = await invite(org.owner, {
      addresses: [fresh, expired.email, pending.email, active.email, blocked.email, "bob", "eve@evil.test"],
      ...asMember,
    });
    expect(outcome.ok && outcome.value.map((one) => one.answer)).toEqual([
      "invited",
      "invited-again",
      "already-invited",
      "already-a-user",
      "blocked",
      "no-address",
      "refused-domain",
    ]);
    expect(await counted(org.id, expired.email)).toMatchObject({
      members: 1,
      invitations: 2,
      open: 1,
      letters: 2,
    });
    expect(await counted(org.id, pending.email)).toMatchObject({ invitations: 1, letters: 1 });
    expect(await db().member.count({ where: { organizationId: org.id, email: "eve@evil.test" } })).toBe(0);
  });

  test("B3 an address twice in one list is invited once, and says so twice", async () => {
    const org = await createTestOrganization();
    const email = someone("ann");
    const outcome = await invite(org.owner, { addresses: [email, email.toUpperCase()], ...asMember });
    expect(outcome.ok && outcome.value.map((one) => one.answer)).toEqual(["invited", "invited"]);
    expect(await counted(org.id, email)).toMatchObject({ invitations: 1, letters: 1 });
  });

  test("B3 a recipient gets at most five letters a day over all organizations", async () => {
    const email = someone("victim");
    const answers = [];
    for (let i = 0; i < 6; i++) {
      const org = await createTestOrganization();
      const outcome = await invite(org.owner, { addresses: [email], ...asMember });
      answers.push(outcome.ok && outcome.value[0]?.answer);
    }
    expect(answers).toEqual([...Array(5).fill("invited"), "recipient-limit"]);
  });

  test("B3 beyond the inviter's 2,000 of the day the rest is told so, and nothing of it is written", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    await fillLetters(org.id, invitation, org.owner.memberId, 1998);
    const outcome = await invite(org.owner, {
      addresses: [someone("a"), someone("b")].sort(),
      ...asMember,
    });
    expect(outcome.ok && outcome.value.map((one) => one.answer)).toEqual(["invited", "your-limit"]);
  });
});

async function fillLetters(organization: string, invitation: string, causedBy: string, count: number) {
  await pool().query(
    `WITH batches AS (INSERT INTO email_batch (id) SELECT gen_random_uuid() FROM generate_series(1, 20) RETURNING id),
          numbered AS (SELECT id, row_number() OVER () - 1 AS k FROM batches)
     INSERT INTO email_message (id, batch_id, position, organization_id, kind, invitation_id, to_address, caused_by, state)
     SELECT gen_random_uuid(), numbered.id, n % 100, $1, 'invitation', $2, 'filler' || n || '@people.test', $3, 'kept'
     FROM generate_series(0, $4::int - 1) n JOIN numbered ON numbered.k = n / 100`,
    [organization, invitation, causedBy, count],
  );
}

/** Somebody's row in Users as it is opened. */
async function userNow(actor: Actor, email: string) {
  const list = await listUsers(actor, userList.defaults);
  return list.ok ? list.value.rows.find((row) => row.email === email) : undefined;
}

test("B7 the invited person appears at once in Users, as Invited", async () => {
  const org = await createTestOrganization();
  const { email } = await org.invite();
  expect(await userNow(org.owner, email)).toMatchObject({ status: "invited", role: "member" });
});

describe("C1 an unanswered invitation expires", () => {
  test("C1 seven days after it was sent, from that moment on, by the database's clock", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await org.invite();
    const row = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    expect(Math.abs(row.expiresAt.getTime() - row.issuedAt.getTime() - 7 * 86_400_000)).toBeLessThan(1000);
    await expire(invitation);
    expect((await userNow(org.owner, email))?.status).toBe("expired");
  });

  test("C1 the organization's own term holds for what is sent from then on", async () => {
    const org = await createTestOrganization();
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 30 } });
    const { invitation } = await org.invite();
    const row = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    expect(Math.round((row.expiresAt.getTime() - row.issuedAt.getTime()) / 86_400_000)).toBe(30);
  });
});

test("C7 a removed address can be invited again, with the role of the new invitation and a letter of its own", async () => {
  const org = await createTestOrganization();
  const first = await org.invite(undefined, "admin");
  await accept("1.1.1.1", null, { ...first, name: "Lea", password: "lovely geese walk" });
  await db().member.update({
    where: { id: (await org.member(first.email)).id },
    data: { status: "removed" },
  });
  const outcome = await invite(org.owner, { addresses: [first.email], ...asMember });
  expect(outcome).toMatchObject({ value: [{ answer: "invited" }] });
  expect(await org.member(first.email)).toMatchObject({ status: "invited", role: "member" });
});

describe("who may invite", () => {
  test("A1 a Member with the policy Create may, one without may not", async () => {
    const org = await createTestOrganization();
    const [samira, tom] = [await org.seat("samira", "member", "Create"), await org.seat("tom")];
    expect(await invite(samira, { addresses: [someone("a")], ...asMember })).toMatchObject({ ok: true });
    expect(await invite(tom, { addresses: [someone("b")], ...asMember })).toMatchObject({
      reason: "rights-lost",
    });
  });

  test("A3 nobody invites above themselves, nor gives a policy they do not hold", async () => {
    const org = await createTestOrganization();
    const samira = await org.seat("samira", "member", "Create");
    const admin = await org.seat("mila", "admin");
    const remove = await db().policy.findFirstOrThrow({
      where: { organizationId: org.id, name: { endsWith: "(Delete)" } },
    });
    const email = someone("a");
    const refused = { ok: false, reason: "above-you" };
    expect(await invite(admin, { addresses: [email], role: "owner", policies: [] })).toMatchObject(refused);
    expect(await invite(samira, { addresses: [email], role: "admin", policies: [] })).toMatchObject(refused);
    expect(await invite(samira, { addresses: [email], role: "member", policies: [remove.id] })).toMatchObject(
      refused,
    );
    expect(await db().member.count({ where: { organizationId: org.id, email } })).toBe(0);
  });

  test("another organization's policy is simply not there", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const foreign = await db().policy.findFirstOrThrow({ where: { organizationId: other.id } });
    expect(
      await invite(org.owner, { addresses: [someone("a")], role: "member", policies: [foreign.id] }),
    ).toMatchObject({ reason: "policy-gone" });
  });
});

test("two administrators inviting one address at once make one member, one invitation, one letter", async () => {
  const org = await createTestOrganization();
  const mila = await org.seat("mila", "admin");
  for (let round = 0; round < 20; round++) {
    const email = someone("ann");
    const both = await Promise.all(
      [org.owner, mila].map((actor) => invite(actor, { addresses: [email], ...asMember })),
    );
    const answers = both.map((outcome) => outcome.ok && outcome.value[0]?.answer).sort();
    expect(answers).toEqual(["already-invited", "invited"]);
    expect(await counted(org.id, email)).toEqual({
      members: 1,
      invitations: 1,
      open: 1,
      letters: 1,
      jobs: 1,
    });
  }
});
