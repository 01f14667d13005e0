import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { runSendJob } from "@/lib/mail/fixture";
import type { Role } from "@/lib/permissions/roles";
import { createTestOrganization, findInvitationSecrets, uniqueEmail, uniqueIp } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

beforeAll(createIsolatedDatabase);

/** Invites an address, joins with it, and returns it. */
async function inviteAndJoin(by: Actor, role: Role = "member", policies: string[] = []): Promise<string> {
  const email = uniqueEmail("lea");
  const result = await inviteMembers(by, { addresses: [email], role, policies });
  const invitation = result.ok ? (result.value[0]?.invitationId ?? "") : "";
  const joined = await acceptInvitation(uniqueIp(), null, {
    ...(await findInvitationSecrets(invitation)),
    name: "Lea Stein",
    password: "lovely geese walk",
  });
  expect(joined).toMatchObject({ ok: true });
  return email;
}

type Kind = "assign-policies" | "accepted" | "declined";

const emailsTo = (actor: Actor, kind: Kind) =>
  db().emailMessage.findMany({ where: { kind, toAddress: actor.email }, orderBy: { createdAt: "asc" } });
const remindersTo = (actor: Actor) => emailsTo(actor, "assign-policies");

async function sendEmail(actor: Actor, kind: Kind = "assign-policies") {
  const [email] = await emailsTo(actor, kind);
  await runSendJob(email?.batchId ?? "");
  return db().emailMessage.findUniqueOrThrow({ where: { id: email?.id ?? "" } });
}

describe("the reminder to assign policies", () => {
  test("B8 after a Member without policies joins, the inviter is reminded to assign some", async () => {
    const org = await createTestOrganization();
    const email = await inviteAndJoin(org.owner);
    const reminder = await sendEmail(org.owner);
    expect(reminder).toMatchObject({ state: "kept", detail: "no email provider" });
    const { subject, text } = reminder.payload as { subject: string; text: string };
    expect(subject).toBe("Lea Stein joined Northwind and needs access policies");
    expect(text).toContain(`/o/${org.slug}/admin/users?policies=none`);
    expect(text).toContain(`(${email})`);
  });

  test("B8 once a day for each inviter and organization, even when many join at once", async () => {
    const org = await createTestOrganization();
    const bo = await org.addMember("bo", "admin");
    await Promise.all([1, 2, 3, 4, 5].map(() => inviteAndJoin(org.owner)));
    await inviteAndJoin(bo);
    expect(await remindersTo(org.owner)).toHaveLength(1);
    expect(await remindersTo(bo)).toHaveLength(1);
    await db().$executeRaw`
      UPDATE email_message SET created_at = created_at - interval '1 day' WHERE to_address = ${org.owner.email}`;
    await inviteAndJoin(org.owner);
    expect(await remindersTo(org.owner)).toHaveLength(2);
  });

  test("B8 a Member with a policy or an Admin who joins causes no reminder", async () => {
    const org = await createTestOrganization();
    const policy = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    await inviteAndJoin(org.owner, "member", [policy.id]);
    await inviteAndJoin(org.owner, "admin");
    expect(await remindersTo(org.owner)).toEqual([]);
  });

  test("B8 inviters who cannot assign policies or were removed get no reminder", async () => {
    const org = await createTestOrganization();
    const inviter = await org.addMember("bo", "member", "Create");
    await inviteAndJoin(inviter);
    expect(await remindersTo(inviter)).toEqual([]);
    const inactive = await org.addMember("cy", "admin");
    const { code, proof } = await org.invite(undefined, "member", inactive);
    await db().member.update({ where: { id: inactive.memberId }, data: { status: "removed" } });
    await acceptInvitation("10.8.1.1", null, {
      code,
      proof,
      name: "Lea Stein",
      password: "lovely geese walk",
    });
    expect(await remindersTo(inactive)).toEqual([]);
  });

  test("B8 it is cancelled if policies were assigned or the inviter was blocked", async () => {
    const org = await createTestOrganization();
    const email = await inviteAndJoin(org.owner);
    const { id: memberId } = await org.member(email);
    const policy = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    await db().memberPolicy.create({ data: { organizationId: org.id, memberId, policyId: policy.id } });
    expect(await sendEmail(org.owner)).toMatchObject({ state: "cancelled", payload: null });

    const bo = await org.addMember("bo", "admin");
    await inviteAndJoin(bo);
    await db().member.update({ where: { id: bo.memberId }, data: { status: "blocked" } });
    expect(await sendEmail(bo)).toMatchObject({ state: "cancelled" });
  });

  test("B8 it counts towards the five emails that an address gets a day", async () => {
    const org = await createTestOrganization();
    for (let email = 0; email < 5; email++)
      await db().emailBatch.create({
        data: {
          id: crypto.randomUUID(),
          emails: {
            create: { id: crypto.randomUUID(), position: 0, kind: "test", toAddress: org.owner.email },
          },
        },
      });
    await inviteAndJoin(org.owner);
    expect(await remindersTo(org.owner)).toEqual([]);
  });
});

describe("the notification of a response", () => {
  const contentOf = (email: { payload: unknown }) => email.payload as { subject: string; text: string };

  test("D4 the inviter gets an email with the invitee who declined and the reason", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    await declineInvitation("10.8.2.1", null, { code, reason: "I moved on.\nhttps://evil.example" });
    const notification = await sendEmail(org.owner, "declined");
    expect(notification).toMatchObject({ state: "kept", detail: "no email provider" });
    const { subject, text } = contentOf(notification);
    expect(subject).toBe(`${email} declined your invitation to join Northwind`);
    expect(text.replaceAll("\u200B", "")).toContain(
      "Their reason: “\u2068I moved on. https://evil.example\u2069”",
    );
    expect(text).not.toContain("https://evil");
    expect(text).toContain(`/o/${org.slug}/admin/users/${(await org.member(email)).id}`);
  });

  test("B8 a join is reported in one email: the reminder to assign policies, or the notification", async () => {
    const org = await createTestOrganization();
    await inviteAndJoin(org.owner);
    expect(await emailsTo(org.owner, "accepted")).toEqual([]);
    const email = await inviteAndJoin(org.owner, "admin");
    expect(await remindersTo(org.owner)).toHaveLength(1);
    const { subject, text } = contentOf(await sendEmail(org.owner, "accepted"));
    expect(subject).toBe("Lea Stein joined Northwind");
    expect(text).toContain(`\u2068Lea Stein\u2069 (${email}) joined \u2068Northwind\u2069 as an Admin.`);
  });

  test("D9 the notification says that a copied link does not confirm the address", async () => {
    const org = await createTestOrganization();
    const { code, proof } = await org.invite(undefined, "admin");
    expect(proof).not.toBe("");
    await acceptInvitation("10.8.2.2", null, { code, name: "Lea Stein", password: "lovely geese walk" });
    expect(contentOf(await sendEmail(org.owner, "accepted")).text).toContain(
      "They used a copied link or code, so their address isn't confirmed yet.",
    );
  });

  test("only inviters who are active when it is enqueued and when it is sent are notified", async () => {
    const org = await createTestOrganization();
    const inactive = await org.addMember("cy", "admin");
    const [first, second] = [
      await org.invite(undefined, "member", inactive),
      await org.invite(undefined, "member", inactive),
    ];
    await declineInvitation("10.8.2.3", null, { code: first.code });
    await db().member.update({ where: { id: inactive.memberId }, data: { status: "blocked" } });
    expect(await sendEmail(inactive, "declined")).toMatchObject({
      state: "cancelled",
      detail: "the recipient left the organization",
    });
    await declineInvitation("10.8.2.4", null, { code: second.code });
    expect(await emailsTo(inactive, "declined")).toHaveLength(1);
  });

  test("notifications leave two of the daily emails for those that the inviter requests", async () => {
    const org = await createTestOrganization();
    const codes: string[] = [];
    for (let count = 0; count < 6; count++) codes.push((await org.invite()).code);
    await Promise.all(codes.map((code, at) => declineInvitation(`10.8.3.${at}`, null, { code })));
    expect(await emailsTo(org.owner, "declined")).toHaveLength(3);
  });
});
