import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db, pool } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { userList } from "@/lib/members/list";
import { listUsers } from "@/lib/members/queries/list";
import { expire, makeHouse, someone } from "@/lib/organizations/fixture";

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
    const house = await makeHouse();
    const [ann, bob] = [someone("ann"), someone("bob")];
    const outcome = await invite(house.owner, {
      addresses: [`Ann Lee <${ann}>`, bob.toUpperCase()],
      ...asMember,
    });
    expect(outcome).toMatchObject({ ok: true, value: [{ answer: "invited" }, { answer: "invited" }] });
    for (const email of [ann, bob])
      expect(await counted(house.id, email)).toEqual({
        members: 1,
        invitations: 1,
        open: 1,
        letters: 1,
        jobs: 1,
      });
  });

  test("B2 role and policies chosen there are the invited person's", async () => {
    const house = await makeHouse();
    const policy = await db().policy.findFirstOrThrow({ where: { organizationId: house.id } });
    const email = someone("ann");
    await invite(house.owner, { addresses: [email], role: "admin", policies: [policy.id] });
    const member = await house.member(email);
    expect(member).toMatchObject({ role: "admin", status: "invited", grantedBy: house.owner.memberId });
    expect(await db().memberPolicy.count({ where: { memberId: member.id, policyId: policy.id } })).toBe(1);
  });
});

describe("B3 every address gets its own answer", () => {
  test("B3 invited, expired before, already invited, already a user, blocked, not an address, refused domain", async () => {
    const house = await makeHouse();
    const active = await house.seat("mila");
    const blocked = await house.seat("paul");
    await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
    await db().organization.update({ where: { id: house.id }, data: { refusedDomains: ["evil.test"] } });
    const pending = await house.invite();
    const expired = await house.invite();
    await expire(expired.invitation);
    const fresh = someone("new");
    const outcome = await invite(house.owner, {
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
    expect(await counted(house.id, expired.email)).toMatchObject({
      members: 1,
      invitations: 2,
      open: 1,
      letters: 2,
    });
    expect(await counted(house.id, pending.email)).toMatchObject({ invitations: 1, letters: 1 });
    expect(await db().member.count({ where: { organizationId: house.id, email: "eve@evil.test" } })).toBe(0);
  });

  test("B3 an address twice in one list is invited once, and says so twice", async () => {
    const house = await makeHouse();
    const email = someone("ann");
    const outcome = await invite(house.owner, { addresses: [email, email.toUpperCase()], ...asMember });
    expect(outcome.ok && outcome.value.map((one) => one.answer)).toEqual(["invited", "invited"]);
    expect(await counted(house.id, email)).toMatchObject({ invitations: 1, letters: 1 });
  });

  test("B3 a recipient gets at most five letters a day over all organizations", async () => {
    const email = someone("victim");
    const answers = [];
    for (let i = 0; i < 6; i++) {
      const house = await makeHouse();
      const outcome = await invite(house.owner, { addresses: [email], ...asMember });
      answers.push(outcome.ok && outcome.value[0]?.answer);
    }
    expect(answers).toEqual([...Array(5).fill("invited"), "recipient-limit"]);
  });

  test("B3 beyond the inviter's 2,000 of the day the rest is told so, and nothing of it is written", async () => {
    const house = await makeHouse();
    const { invitation } = await house.invite();
    await fillLetters(house.id, invitation, house.owner.memberId, 1998);
    const outcome = await invite(house.owner, {
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
  const house = await makeHouse();
  const { email } = await house.invite();
  expect(await userNow(house.owner, email)).toMatchObject({ status: "invited", role: "member" });
});

describe("C1 an unanswered invitation expires", () => {
  test("C1 seven days after it was sent, from that moment on, by the database's clock", async () => {
    const house = await makeHouse();
    const { invitation, email } = await house.invite();
    const row = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    expect(Math.abs(row.expiresAt.getTime() - row.issuedAt.getTime() - 7 * 86_400_000)).toBeLessThan(1000);
    await expire(invitation);
    expect((await userNow(house.owner, email))?.status).toBe("expired");
  });

  test("C1 the organization's own term holds for what is sent from then on", async () => {
    const house = await makeHouse();
    await db().organization.update({ where: { id: house.id }, data: { expiryDays: 30 } });
    const { invitation } = await house.invite();
    const row = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    expect(Math.round((row.expiresAt.getTime() - row.issuedAt.getTime()) / 86_400_000)).toBe(30);
  });
});

test("C7 a removed address can be invited again, with the role of the new invitation and a letter of its own", async () => {
  const house = await makeHouse();
  const first = await house.invite(undefined, "admin");
  await accept("1.1.1.1", null, { ...first, name: "Lea", password: "lovely geese walk" });
  await db().member.update({
    where: { id: (await house.member(first.email)).id },
    data: { status: "removed" },
  });
  const outcome = await invite(house.owner, { addresses: [first.email], ...asMember });
  expect(outcome).toMatchObject({ value: [{ answer: "invited" }] });
  expect(await house.member(first.email)).toMatchObject({ status: "invited", role: "member" });
});

describe("who may invite", () => {
  test("A1 a Member with the policy Create may, one without may not", async () => {
    const house = await makeHouse();
    const [samira, tom] = [await house.seat("samira", "member", "Create"), await house.seat("tom")];
    expect(await invite(samira, { addresses: [someone("a")], ...asMember })).toMatchObject({ ok: true });
    expect(await invite(tom, { addresses: [someone("b")], ...asMember })).toMatchObject({
      reason: "rights-lost",
    });
  });

  test("A3 nobody invites above themselves, nor gives a policy they do not hold", async () => {
    const house = await makeHouse();
    const samira = await house.seat("samira", "member", "Create");
    const admin = await house.seat("mila", "admin");
    const remove = await db().policy.findFirstOrThrow({
      where: { organizationId: house.id, name: { endsWith: "(Delete)" } },
    });
    const email = someone("a");
    const refused = { ok: false, reason: "above-you" };
    expect(await invite(admin, { addresses: [email], role: "owner", policies: [] })).toMatchObject(refused);
    expect(await invite(samira, { addresses: [email], role: "admin", policies: [] })).toMatchObject(refused);
    expect(await invite(samira, { addresses: [email], role: "member", policies: [remove.id] })).toMatchObject(
      refused,
    );
    expect(await db().member.count({ where: { organizationId: house.id, email } })).toBe(0);
  });

  test("another organization's policy is simply not there", async () => {
    const [house, other] = [await makeHouse(), await makeHouse()];
    const foreign = await db().policy.findFirstOrThrow({ where: { organizationId: other.id } });
    expect(
      await invite(house.owner, { addresses: [someone("a")], role: "member", policies: [foreign.id] }),
    ).toMatchObject({ reason: "policy-gone" });
  });
});

test("two administrators inviting one address at once make one member, one invitation, one letter", async () => {
  const house = await makeHouse();
  const mila = await house.seat("mila", "admin");
  for (let round = 0; round < 20; round++) {
    const email = someone("ann");
    const both = await Promise.all(
      [house.owner, mila].map((actor) => invite(actor, { addresses: [email], ...asMember })),
    );
    const answers = both.map((outcome) => outcome.ok && outcome.value[0]?.answer).sort();
    expect(answers).toEqual(["already-invited", "invited"]);
    expect(await counted(house.id, email)).toEqual({
      members: 1,
      invitations: 1,
      open: 1,
      letters: 1,
      jobs: 1,
    });
  }
});
