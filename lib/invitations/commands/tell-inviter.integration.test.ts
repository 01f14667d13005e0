import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { decline } from "@/lib/invitations/commands/decline";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { work } from "@/lib/mail/fixture";
import { createTestOrganization, secretsOf, someone } from "@/lib/organizations/fixture";
import type { Role } from "@/lib/permissions/roles";
import { ownDatabase } from "@/scripts/own-database";

let own: Awaited<ReturnType<typeof ownDatabase>>;
beforeAll(async () => {
  own = await ownDatabase();
  await prepareQueue();
});
afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await own.drop();
});

let visitors = 0;

/** Invites somebody and lets them join; answers their address. */
async function joins(by: Actor, role: Role = "member", policies: string[] = []): Promise<string> {
  const email = someone("lea");
  const outcome = await invite(by, { addresses: [email], role, policies });
  const invitation = outcome.ok ? (outcome.value[0]?.invitationId ?? "") : "";
  visitors += 1;
  const joined = await accept(`10.8.0.${visitors}`, null, {
    ...(await secretsOf(invitation)),
    name: "Lea Stein",
    password: "lovely geese walk",
  });
  expect(joined).toMatchObject({ ok: true });
  return email;
}

type Kind = "assign-policies" | "accepted" | "declined";

const lettersTo = (person: Actor, kind: Kind) =>
  db().emailMessage.findMany({ where: { kind, toAddress: person.email }, orderBy: { createdAt: "asc" } });
const remindersTo = (person: Actor) => lettersTo(person, "assign-policies");

async function sent(person: Actor, kind: Kind = "assign-policies") {
  const [letter] = await lettersTo(person, kind);
  await work(letter?.batchId ?? "");
  return db().emailMessage.findUniqueOrThrow({ where: { id: letter?.id ?? "" } });
}

describe("the reminder", () => {
  test("B8 after a Member joins without any policy, the inviter is reminded to assign some", async () => {
    const org = await createTestOrganization();
    const email = await joins(org.owner);
    const letter = await sent(org.owner);
    expect(letter).toMatchObject({ state: "kept", detail: "no email provider" });
    const { subject, text } = letter.payload as { subject: string; text: string };
    expect(subject).toBe("Lea Stein joined Northwind: assign access policies");
    expect(text).toContain(`/o/${org.slug}/admin/users?policies=none`);
    expect(text.replaceAll("\u200B", "")).toContain(email);
  });

  test("B8 once a day for each inviter and organization, also when many join at once", async () => {
    const org = await createTestOrganization();
    const bo = await org.seat("bo", "admin");
    await Promise.all([1, 2, 3, 4, 5].map(() => joins(org.owner)));
    await joins(bo);
    expect(await remindersTo(org.owner)).toHaveLength(1);
    expect(await remindersTo(bo)).toHaveLength(1);
    await db().$executeRaw`
      UPDATE email_message SET created_at = created_at - interval '1 day' WHERE to_address = ${org.owner.email}`;
    await joins(org.owner);
    expect(await remindersTo(org.owner)).toHaveLength(2);
  });

  test("B8 nobody is reminded of somebody with a policy, or of an Admin", async () => {
    const org = await createTestOrganization();
    const policy = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    await joins(org.owner, "member", [policy.id]);
    await joins(org.owner, "admin");
    expect(await remindersTo(org.owner)).toEqual([]);
  });

  test("B8 only who may assign policies is reminded: not an inviter without that right, nor one who was removed", async () => {
    const org = await createTestOrganization();
    const inviter = await org.seat("bo", "member", "Create");
    await joins(inviter);
    expect(await remindersTo(inviter)).toEqual([]);
    const gone = await org.seat("cy", "admin");
    const { code, proof } = await org.invite(undefined, "member", gone);
    await db().member.update({ where: { id: gone.memberId }, data: { status: "removed" } });
    await accept("10.8.1.1", null, { code, proof, name: "Lea Stein", password: "lovely geese walk" });
    expect(await remindersTo(gone)).toEqual([]);
  });

  test("B8 it is not sent any more once policies were assigned, or its reader was blocked", async () => {
    const org = await createTestOrganization();
    const email = await joins(org.owner);
    const { id: memberId } = await org.member(email);
    const policy = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    await db().memberPolicy.create({ data: { organizationId: org.id, memberId, policyId: policy.id } });
    expect(await sent(org.owner)).toMatchObject({ state: "cancelled", payload: null });

    const bo = await org.seat("bo", "admin");
    await joins(bo);
    await db().member.update({ where: { id: bo.memberId }, data: { status: "blocked" } });
    expect(await sent(bo)).toMatchObject({ state: "cancelled" });
  });

  test("B8 it is one of the five letters that an address gets a day", async () => {
    const org = await createTestOrganization();
    for (let letter = 0; letter < 5; letter++)
      await db().emailBatch.create({
        data: {
          id: crypto.randomUUID(),
          emails: {
            create: { id: crypto.randomUUID(), position: 0, kind: "test", toAddress: org.owner.email },
          },
        },
      });
    await joins(org.owner);
    expect(await remindersTo(org.owner)).toEqual([]);
  });
});

describe("the news of an answer", () => {
  const words = (letter: { payload: unknown }) => letter.payload as { subject: string; text: string };

  test("D4 who declined, and why, reaches the inviter as a letter", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    await decline("10.8.2.1", null, { code, reason: "I moved on.\nhttps://evil.example" });
    const letter = await sent(org.owner, "declined");
    expect(letter).toMatchObject({ state: "kept", detail: "no email provider" });
    const { subject, text } = words(letter);
    expect(subject).toBe(`${email} declined your invitation to Northwind`);
    expect(text.replaceAll("\u200B", "")).toContain("Their reason: “I moved on. https://evil.example”");
    expect(text).not.toContain("https://evil");
    expect(text).toContain(`/o/${org.slug}/admin/users/${(await org.member(email)).id}`);
  });

  test("B8 a join is told in one letter: the reminder to assign policies, or the news alone", async () => {
    const org = await createTestOrganization();
    await joins(org.owner);
    expect(await lettersTo(org.owner, "accepted")).toEqual([]);
    const email = await joins(org.owner, "admin");
    expect(await remindersTo(org.owner)).toHaveLength(1);
    const { subject, text } = words(await sent(org.owner, "accepted"));
    expect(subject).toBe("Lea Stein joined Northwind");
    expect(text.replaceAll("\u200B", "")).toContain(
      `(${email}), whom you invited, is in Northwind now, as Admin.`,
    );
  });

  test("D9 the news says that a copied link proves no mailbox", async () => {
    const org = await createTestOrganization();
    const { code, proof } = await org.invite(undefined, "admin");
    expect(proof).not.toBe("");
    await accept("10.8.2.2", null, { code, name: "Lea Stein", password: "lovely geese walk" });
    expect(words(await sent(org.owner, "accepted")).text).toContain("which proves no mailbox");
  });

  test("news goes only to inviters who are still there, when it is owed and when it is sent", async () => {
    const org = await createTestOrganization();
    const gone = await org.seat("cy", "admin");
    const [first, second] = [
      await org.invite(undefined, "member", gone),
      await org.invite(undefined, "member", gone),
    ];
    await decline("10.8.2.3", null, { code: first.code });
    await db().member.update({ where: { id: gone.memberId }, data: { status: "blocked" } });
    expect(await sent(gone, "declined")).toMatchObject({
      state: "cancelled",
      detail: "its reader is no longer in the organization",
    });
    await decline("10.8.2.4", null, { code: second.code });
    expect(await lettersTo(gone, "declined")).toHaveLength(1);
  });

  test("news leaves two letters of a day for what its reader asks for", async () => {
    const org = await createTestOrganization();
    const codes: string[] = [];
    for (let one = 0; one < 6; one++) codes.push((await org.invite()).code);
    await Promise.all(codes.map((code, at) => decline(`10.8.3.${at}`, null, { code })));
    expect(await lettersTo(org.owner, "declined")).toHaveLength(3);
  });
});
