import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { renew } from "@/lib/invitations/commands/renew";
import { resend, resendEach } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { findInvitations } from "@/lib/invitations/queries/list";
import { findStandings } from "@/lib/invitations/queries/standings";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import type { Bounce } from "@/lib/mail/bounces";
import { work } from "@/lib/mail/fixture";
import { hear } from "@/lib/mail/hear";
import { owe } from "@/lib/mail/outbox";
import { allowLetters } from "@/lib/members/commands/allow-letters";
import { erase } from "@/lib/members/commands/erase";
import { findUsers } from "@/lib/members/queries/list";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

const HARD: Bounce = { type: "Permanent", subType: "NoEmail", message: "" };
const SOFT: Bounce = { type: "Transient", subType: "MailboxFull", message: "" };

async function told(email: string, type: "bounced" | "complained", bounce?: Bounce): Promise<void> {
  const letter = await db().emailMessage.findFirstOrThrow({
    where: { toAddress: email },
    orderBy: { createdAt: "desc" },
  });
  await hear({ id: randomUUID(), type, at: new Date(), ...(bounce ? { bounce } : {}) }, letter.id);
}

/** Somebody invited whose letter came back for good. */
async function bounced(org: TestOrganization) {
  const lea = await org.invite();
  await told(lea.email, "bounced", HARD);
  return { ...lea, memberId: (await org.member(lea.email)).id };
}

const stopOf = async (org: TestOrganization, email: string) => (await org.member(email)).emailSuppression;
const lettersTo = (email: string) => db().emailMessage.count({ where: { toAddress: email } });
const inviteOne = async (org: TestOrganization, email: string) => {
  const outcome = await invite(org.owner, { addresses: [email], role: "member", policies: [] });
  return outcome.ok ? outcome.value[0]?.answer : outcome.reason;
};

describe("an address that bounced for good or complained", () => {
  test("C10 is not invited again, and its answer says why; nothing is written", async () => {
    const org = await createTestOrganization();
    const lea = await bounced(org);
    expect(await inviteOne(org, lea.email)).toBe("already-invited");
    await revoke(org.owner, lea);
    const before = await org.member(lea.email);
    expect(await findStandings(org.owner, [lea.email])).toEqual({ [lea.email]: "letters-bounced" });
    expect(await inviteOne(org, lea.email)).toBe("letters-bounced");
    expect(await org.member(lea.email)).toEqual(before);
    expect(await lettersTo(lea.email)).toBe(1);
  });

  test("C10 gets neither a resend nor a new invitation, alone or among many, and its rows say so", async () => {
    const org = await createTestOrganization();
    const lea = await bounced(org);
    const omar = await org.invite(someone("omar"));
    const refusal = { ok: false, reason: "letters-bounced" };
    expect(await resend(org.owner, lea)).toEqual(refusal);
    const many = await resendEach(org.owner, { invitations: [lea.invitation, omar.invitation] });
    const answers = many.ok ? many.value.map(({ outcome }) => outcome.ok) : [];
    expect(answers.sort()).toEqual([false, true]);
    await expire(lea.invitation);
    expect(await renew(org.owner, lea)).toEqual(refusal);
    expect(await inviteOne(org, lea.email)).toBe("letters-bounced");
    expect(await findInvitations(org.owner, [lea.invitation])).toMatchObject([
      { delivery: "bounced", emailSuppression: "bounced" },
    ]);
    expect(await findUsers(org.owner, [lea.memberId])).toMatchObject([{ emailSuppression: "bounced" }]);
    expect(await lettersTo(lea.email)).toBe(1);
  });

  test("C10 gets no letter that was owed before the news came", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    await resend(org.owner, lea);
    const [first, second] = await db().emailMessage.findMany({
      where: { toAddress: lea.email },
      orderBy: { createdAt: "asc" },
    });
    await hear({ id: randomUUID(), type: "bounced", at: new Date(), bounce: HARD }, first?.id ?? "");
    await work(second?.batchId ?? "");
    expect(await findInvitations(org.owner, [lea.invitation])).toMatchObject([
      { delivery: "cancelled", deliveryDetail: "an earlier letter to this address bounced for good" },
    ]);
  });

  test("C10 still gets what it asks for itself: a letter to confirm its address is not held back", async () => {
    const org = await createTestOrganization();
    const lea = await bounced(org);
    const account = await db().account.create({ data: { email: lea.email, name: "Lea" } });
    const link = await db().accountLink.create({
      data: {
        id: randomUUID(),
        accountId: account.id,
        purpose: "confirm-address",
        email: lea.email,
        keyId: 1,
        digest: Buffer.from(randomUUID()),
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
    const id = randomUUID();
    await transaction((tx) =>
      owe(tx, [
        {
          id,
          kind: "address-confirmation",
          to: lea.email,
          organizationId: org.id,
          invitationId: lea.invitation,
          accountLinkId: link.id,
        },
      ]),
    );
    const { batchId } = await db().emailMessage.findUniqueOrThrow({ where: { id } });
    await work(batchId);
    expect((await db().emailMessage.findUniqueOrThrow({ where: { id } })).state).toBe("kept");
  });

  test("C10 is stopped in that organization alone, and a full mailbox stops nothing", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const lea = await bounced(org);
    expect(await inviteOne(other, lea.email)).toBe("invited");
    const zoe = await org.invite(someone("zoe"));
    await told(zoe.email, "bounced", SOFT);
    expect(await stopOf(org, zoe.email)).toBeNull();
    expect(await resend(org.owner, zoe)).toMatchObject({ ok: true });
  });

  test("C10 a complaint counts for more than a bounce, in either order", async () => {
    const org = await createTestOrganization();
    const [lea, zoe] = [await org.invite(), await org.invite(someone("zoe"))];
    await told(lea.email, "bounced", HARD);
    await told(lea.email, "complained");
    await told(zoe.email, "complained");
    await told(zoe.email, "bounced", HARD);
    expect([await stopOf(org, lea.email), await stopOf(org, zoe.email)]).toEqual([
      "complained",
      "complained",
    ]);
  });

  test("an undone revocation brings the invitation back, and still no letter", async () => {
    const org = await createTestOrganization();
    const lea = await bounced(org);
    await revoke(org.owner, lea);
    expect(await undoRevoke(org.owner, lea)).toMatchObject({ ok: true });
    expect(await lettersTo(lea.email)).toBe(1);
  });

  test("G4 erasing the person forgets it with them", async () => {
    const org = await createTestOrganization();
    const lea = await bounced(org);
    await revoke(org.owner, lea);
    await db().emailBatch.updateMany({
      where: { emails: { some: { toAddress: lea.email } } },
      data: { closedAt: new Date() },
    });
    expect(await erase(org.owner, { member: lea.memberId, typed: lea.email })).toMatchObject({ ok: true });
    expect(await inviteOne(org, lea.email)).toBe("invited");
  });
});

describe("allowing letters again", () => {
  test("C10 an administrator allows letters again, the timeline says so, and a resend goes out", async () => {
    const org = await createTestOrganization();
    const lea = await bounced(org);
    const admin = await org.seat("zoe", "admin");
    expect(await allowLetters(admin, { member: lea.memberId })).toEqual({ ok: true, value: null });
    expect(await resend(org.owner, lea)).toMatchObject({ ok: true });
    expect((await org.activity(lea.memberId)).map(({ type }) => type)).toEqual([
      "invited",
      "bounced",
      "emails-allowed",
      "resent",
    ]);
    expect(await allowLetters(admin, { member: lea.memberId })).toEqual({ ok: false, reason: "not-stopped" });
  });

  test("old news that come once more do not stop it again", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    const letter = await db().emailMessage.findFirstOrThrow({ where: { toAddress: lea.email } });
    const event = { id: randomUUID(), type: "bounced", at: new Date(), bounce: HARD } as const;
    await hear(event, letter.id);
    const { id } = await org.member(lea.email);
    await allowLetters(org.owner, { member: id });
    await hear(event, letter.id);
    await hear({ id: randomUUID(), type: "delivered", at: new Date() }, letter.id);
    expect(await stopOf(org, lea.email)).toBeNull();
  });

  test("it takes users:update, and a person of the same organization", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const lea = await bounced(org);
    const inviter = await org.seat("omar", "member", "Create");
    expect(await allowLetters(inviter, { member: lea.memberId })).toMatchObject({ reason: "rights-lost" });
    expect(await allowLetters(other.owner, { member: lea.memberId })).toMatchObject({
      reason: "not-stopped",
    });
    expect(await stopOf(org, lea.email)).toBe("bounced");
  });
});
