import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { connectionPool, db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { userList } from "@/lib/members/list";
import { listUsers } from "@/lib/members/queries/list";
import { createTestOrganization, expireInvitation, uniqueEmail } from "@/test/factories";

const asMember = { role: "member" as const, policies: [] };

/** Counts the rows of one address in an organization. */
async function countRows(organizationId: string, email: string) {
  const { rows } = await connectionPool().query(
    `SELECT (SELECT count(*)::int FROM member WHERE organization_id = $1 AND email = $2) AS members,
            (SELECT count(*)::int FROM invitation WHERE organization_id = $1 AND email = $2) AS invitations,
            (SELECT count(*)::int FROM invitation WHERE organization_id = $1 AND email = $2 AND settled_as IS NULL) AS open,
            (SELECT count(*)::int FROM email_message WHERE organization_id = $1 AND to_address = $2) AS emails,
            (SELECT count(*)::int FROM pgboss.job j JOIN email_message e ON j.data->>'batch' = e.batch_id::text
             WHERE e.organization_id = $1 AND e.to_address = $2) AS jobs`,
    [organizationId, email],
  );
  return rows[0];
}

describe("B2 one address or many", () => {
  test("B2 invites all in one transaction with a member, invitation, email and job each", async () => {
    const org = await createTestOrganization();
    const [ann, bob] = [uniqueEmail("ann"), uniqueEmail("bob")];
    const result = await inviteMembers(org.owner, {
      addresses: [`Ann Lee <${ann}>`, bob.toUpperCase()],
      ...asMember,
    });
    expect(result).toMatchObject({ ok: true, value: [{ status: "invited" }, { status: "invited" }] });
    for (const email of [ann, bob])
      expect(await countRows(org.id, email)).toEqual({
        members: 1,
        invitations: 1,
        open: 1,
        emails: 1,
        jobs: 1,
      });
  });

  test("B2 the invitee has the chosen role and policies", async () => {
    const org = await createTestOrganization();
    const policy = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    const email = uniqueEmail("ann");
    await inviteMembers(org.owner, { addresses: [email], role: "admin", policies: [policy.id] });
    const member = await org.member(email);
    expect(member).toMatchObject({ role: "admin", status: "invited", grantedBy: org.owner.memberId });
    expect(await db().memberPolicy.count({ where: { memberId: member.id, policyId: policy.id } })).toBe(1);
  });
});

describe("B3 every address gets its own result", () => {
  test("B3 invited, expired before, already invited, already a user, blocked, not an address, refused domain", async () => {
    const org = await createTestOrganization();
    const active = await org.addMember("mila");
    const blocked = await org.addMember("paul");
    await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["evil.test"] } });
    const pending = await org.invite();
    const expired = await org.invite();
    await expireInvitation(expired.invitation);
    const fresh = uniqueEmail("new");
    const result = await inviteMembers(org.owner, {
      addresses: [fresh, expired.email, pending.email, active.email, blocked.email, "bob", "eve@evil.test"],
      ...asMember,
    });
    expect(result.ok && result.value.map((invitee) => invitee.status)).toEqual([
      "invited",
      "invited-again",
      "already-invited",
      "already-a-user",
      "blocked",
      "no-address",
      "refused-domain",
    ]);
    expect(await countRows(org.id, expired.email)).toMatchObject({
      members: 1,
      invitations: 2,
      open: 1,
      emails: 2,
    });
    expect(await countRows(org.id, pending.email)).toMatchObject({ invitations: 1, emails: 1 });
    expect(await db().member.count({ where: { organizationId: org.id, email: "eve@evil.test" } })).toBe(0);
  });

  test("B3 an address that is entered twice is invited once and has two results", async () => {
    const org = await createTestOrganization();
    const email = uniqueEmail("ann");
    const result = await inviteMembers(org.owner, { addresses: [email, email.toUpperCase()], ...asMember });
    expect(result.ok && result.value.map((invitee) => invitee.status)).toEqual(["invited", "invited"]);
    expect(await countRows(org.id, email)).toMatchObject({ invitations: 1, emails: 1 });
  });

  test("B3 a recipient gets at most five emails a day over all organizations", async () => {
    const email = uniqueEmail("victim");
    const statuses = [];
    for (let i = 0; i < 6; i++) {
      const org = await createTestOrganization();
      const result = await inviteMembers(org.owner, { addresses: [email], ...asMember });
      statuses.push(result.ok && result.value[0]?.status);
    }
    expect(statuses).toEqual([...Array(5).fill("invited"), "recipient-limit"]);
  });

  test("B3 addresses over the inviter's daily limit of 2,000 are refused, and nothing is written for them", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    await insertSentEmails(org.id, invitation, org.owner.memberId, 1998);
    const result = await inviteMembers(org.owner, {
      addresses: [uniqueEmail("a"), uniqueEmail("b")].sort(),
      ...asMember,
    });
    expect(result.ok && result.value.map((invitee) => invitee.status)).toEqual(["invited", "your-limit"]);
  });
});

async function insertSentEmails(organization: string, invitation: string, causedBy: string, count: number) {
  await connectionPool().query(
    `WITH batches AS (INSERT INTO email_batch (id) SELECT gen_random_uuid() FROM generate_series(1, 20) RETURNING id),
          numbered AS (SELECT id, row_number() OVER () - 1 AS k FROM batches)
     INSERT INTO email_message (id, batch_id, position, organization_id, kind, invitation_id, to_address, caused_by, state)
     SELECT gen_random_uuid(), numbered.id, n % 100, $1, 'invitation', $2, 'filler' || n || '@people.test', $3, 'kept'
     FROM generate_series(0, $4::int - 1) n JOIN numbered ON numbered.k = n / 100`,
    [organization, invitation, causedBy, count],
  );
}

/** Returns the row of an address in the user list. */
async function findUserRow(actor: Actor, email: string) {
  const list = await listUsers(actor, userList.defaults);
  return list.ok ? list.value.rows.find((row) => row.email === email) : undefined;
}

test("B7 the invitee appears immediately in Users, as Invited", async () => {
  const org = await createTestOrganization();
  const { email } = await org.invite();
  expect(await findUserRow(org.owner, email)).toMatchObject({ status: "invited", role: "member" });
});

describe("C1 an unanswered invitation expires", () => {
  test("C1 seven days after it was sent, by the database's clock", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await org.invite();
    const row = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    expect(Math.abs(row.expiresAt.getTime() - row.issuedAt.getTime() - 7 * 86_400_000)).toBeLessThan(1000);
    await expireInvitation(invitation);
    expect((await findUserRow(org.owner, email))?.status).toBe("expired");
  });

  test("C1 the organization's expiry setting applies to new invitations", async () => {
    const org = await createTestOrganization();
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 30 } });
    const { invitation } = await org.invite();
    const row = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    expect(Math.round((row.expiresAt.getTime() - row.issuedAt.getTime()) / 86_400_000)).toBe(30);
  });
});

test("C7 a removed address can be invited again, with the role of the new invitation", async () => {
  const org = await createTestOrganization();
  const first = await org.invite(undefined, "admin");
  await acceptInvitation("1.1.1.1", null, { ...first, name: "Lea", password: "lovely geese walk" });
  await db().member.update({
    where: { id: (await org.member(first.email)).id },
    data: { status: "removed" },
  });
  const result = await inviteMembers(org.owner, { addresses: [first.email], ...asMember });
  expect(result).toMatchObject({ value: [{ status: "invited" }] });
  expect(await org.member(first.email)).toMatchObject({ status: "invited", role: "member" });
});

describe("permission to invite", () => {
  test("A1 a Member with the policy Create can invite, one without cannot", async () => {
    const org = await createTestOrganization();
    const [samira, tom] = [await org.addMember("samira", "member", "Create"), await org.addMember("tom")];
    expect(await inviteMembers(samira, { addresses: [uniqueEmail("a")], ...asMember })).toMatchObject({
      ok: true,
    });
    expect(await inviteMembers(tom, { addresses: [uniqueEmail("b")], ...asMember })).toMatchObject({
      reason: "rights-lost",
    });
  });

  test("A3 the actor can grant neither a higher role nor a policy with more permissions", async () => {
    const org = await createTestOrganization();
    const samira = await org.addMember("samira", "member", "Create");
    const admin = await org.addMember("mila", "admin");
    const remove = await db().policy.findFirstOrThrow({
      where: { organizationId: org.id, name: { endsWith: "(Delete)" } },
    });
    const email = uniqueEmail("a");
    const refused = { ok: false, reason: "above-you" };
    expect(await inviteMembers(admin, { addresses: [email], role: "owner", policies: [] })).toMatchObject(
      refused,
    );
    expect(await inviteMembers(samira, { addresses: [email], role: "admin", policies: [] })).toMatchObject(
      refused,
    );
    expect(
      await inviteMembers(samira, { addresses: [email], role: "member", policies: [remove.id] }),
    ).toMatchObject(refused);
    expect(await db().member.count({ where: { organizationId: org.id, email } })).toBe(0);
  });

  test("another organization's policy is not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const foreign = await db().policy.findFirstOrThrow({ where: { organizationId: other.id } });
    expect(
      await inviteMembers(org.owner, {
        addresses: [uniqueEmail("a")],
        role: "member",
        policies: [foreign.id],
      }),
    ).toMatchObject({ reason: "policy-gone" });
  });
});

test("two admins who invite one address concurrently create one member, one invitation and one email", async () => {
  const org = await createTestOrganization();
  const mila = await org.addMember("mila", "admin");
  for (let round = 0; round < 20; round++) {
    const email = uniqueEmail("ann");
    const both = await Promise.all(
      [org.owner, mila].map((actor) => inviteMembers(actor, { addresses: [email], ...asMember })),
    );
    const statuses = both.map((result) => result.ok && result.value[0]?.status).sort();
    expect(statuses).toEqual(["already-invited", "invited"]);
    expect(await countRows(org.id, email)).toEqual({
      members: 1,
      invitations: 1,
      open: 1,
      emails: 1,
      jobs: 1,
    });
  }
});
