import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation, resendInvitations } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { findIneligibleAddresses } from "@/lib/invitations/queries/eligibility";
import { findInvitationsByIds } from "@/lib/invitations/queries/list";
import { applyDeliveryEvent } from "@/lib/mail/apply-delivery-event";
import type { Bounce } from "@/lib/mail/bounces";
import { runSendJob } from "@/lib/mail/fixture";
import { enqueueEmails } from "@/lib/mail/outbox";
import { eraseMember } from "@/lib/members/commands/erase";
import { resumeEmails } from "@/lib/members/commands/resume-emails";
import { findUsersByIds } from "@/lib/members/queries/list";
import {
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";

const HARD: Bounce = { type: "Permanent", subType: "NoEmail", message: "" };
const SOFT: Bounce = { type: "Transient", subType: "MailboxFull", message: "" };

async function applyLatestEvent(
  email: string,
  type: "bounced" | "complained",
  bounce?: Bounce,
): Promise<void> {
  const message = await db().emailMessage.findFirstOrThrow({
    where: { toAddress: email },
    orderBy: { createdAt: "desc" },
  });
  await applyDeliveryEvent(
    { id: randomUUID(), type, at: new Date(), ...(bounce ? { bounce } : {}) },
    message.id,
  );
}

/** Invites an address whose email then bounces permanently. */
async function inviteBounced(org: TestOrganization) {
  const lea = await org.invite();
  await applyLatestEvent(lea.email, "bounced", HARD);
  return { ...lea, memberId: (await org.member(lea.email)).id };
}

const suppressionOf = async (org: TestOrganization, email: string) =>
  (await org.member(email)).emailSuppression;
const countEmailsTo = (email: string) => db().emailMessage.count({ where: { toAddress: email } });
const inviteOne = async (org: TestOrganization, email: string) => {
  const result = await inviteMembers(org.owner, { addresses: [email], role: "member", policies: [] });
  return result.ok ? result.value[0]?.status : result.reason;
};

describe("an address that bounced permanently or marked an email as spam", () => {
  test("C10 is not invited again, its result says why, and nothing is written", async () => {
    const org = await createTestOrganization();
    const lea = await inviteBounced(org);
    expect(await inviteOne(org, lea.email)).toBe("already-invited");
    await revokeInvitation(org.owner, lea);
    const before = await org.member(lea.email);
    expect(await findIneligibleAddresses(org.owner, [lea.email])).toEqual({
      [lea.email]: "suppressed-bounced",
    });
    expect(await inviteOne(org, lea.email)).toBe("suppressed-bounced");
    expect(await org.member(lea.email)).toEqual(before);
    expect(await countEmailsTo(lea.email)).toBe(1);
  });

  test("C10 gets neither a resend nor a new invitation, alone or in bulk, and its rows show it", async () => {
    const org = await createTestOrganization();
    const lea = await inviteBounced(org);
    const omar = await org.invite(uniqueEmail("omar"));
    const refusal = { ok: false, reason: "suppressed-bounced" };
    expect(await resendInvitation(org.owner, lea)).toEqual(refusal);
    const many = await resendInvitations(org.owner, { invitations: [lea.invitation, omar.invitation] });
    const successes = many.ok ? many.value.map(({ result }) => result.ok) : [];
    expect(successes.sort()).toEqual([false, true]);
    await expireInvitation(lea.invitation);
    expect(await renewInvitation(org.owner, lea)).toEqual(refusal);
    expect(await inviteOne(org, lea.email)).toBe("suppressed-bounced");
    expect(await findInvitationsByIds(org.owner, [lea.invitation])).toMatchObject([
      { delivery: "bounced", emailSuppression: "bounced" },
    ]);
    expect(await findUsersByIds(org.owner, [lea.memberId])).toMatchObject([{ emailSuppression: "bounced" }]);
    expect(await countEmailsTo(lea.email)).toBe(1);
  });

  test("C10 does not get an email that was queued before the bounce", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    await resendInvitation(org.owner, lea);
    const [first, second] = await db().emailMessage.findMany({
      where: { toAddress: lea.email },
      orderBy: { createdAt: "asc" },
    });
    await applyDeliveryEvent(
      { id: randomUUID(), type: "bounced", at: new Date(), bounce: HARD },
      first?.id ?? "",
    );
    await runSendJob(second?.batchId ?? "");
    expect(await findInvitationsByIds(org.owner, [lea.invitation])).toMatchObject([
      { delivery: "cancelled", deliveryDetail: "an earlier email to this address bounced permanently" },
    ]);
  });

  test("C10 still gets emails that its owner requests, such as an address confirmation", async () => {
    const org = await createTestOrganization();
    const lea = await inviteBounced(org);
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
      enqueueEmails(tx, [
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
    await runSendJob(batchId);
    expect((await db().emailMessage.findUniqueOrThrow({ where: { id } })).state).toBe("kept");
  });

  test("C10 is suppressed only in that organization, and a full mailbox suppresses nothing", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const lea = await inviteBounced(org);
    expect(await inviteOne(other, lea.email)).toBe("invited");
    const zoe = await org.invite(uniqueEmail("zoe"));
    await applyLatestEvent(zoe.email, "bounced", SOFT);
    expect(await suppressionOf(org, zoe.email)).toBeNull();
    expect(await resendInvitation(org.owner, zoe)).toMatchObject({ ok: true });
  });

  test("C10 a spam complaint takes precedence over a bounce, in either order", async () => {
    const org = await createTestOrganization();
    const [lea, zoe] = [await org.invite(), await org.invite(uniqueEmail("zoe"))];
    await applyLatestEvent(lea.email, "bounced", HARD);
    await applyLatestEvent(lea.email, "complained");
    await applyLatestEvent(zoe.email, "complained");
    await applyLatestEvent(zoe.email, "bounced", HARD);
    expect([await suppressionOf(org, lea.email), await suppressionOf(org, zoe.email)]).toEqual([
      "complained",
      "complained",
    ]);
  });

  test("an undone revocation restores the invitation without sending an email", async () => {
    const org = await createTestOrganization();
    const lea = await inviteBounced(org);
    await revokeInvitation(org.owner, lea);
    expect(await undoRevokeInvitation(org.owner, lea)).toMatchObject({ ok: true });
    expect(await countEmailsTo(lea.email)).toBe(1);
  });

  test("G4 erasing the user deletes the suppression", async () => {
    const org = await createTestOrganization();
    const lea = await inviteBounced(org);
    await revokeInvitation(org.owner, lea);
    await db().emailBatch.updateMany({
      where: { emails: { some: { toAddress: lea.email } } },
      data: { closedAt: new Date() },
    });
    expect(await eraseMember(org.owner, { member: lea.memberId, typed: lea.email })).toMatchObject({
      ok: true,
    });
    expect(await inviteOne(org, lea.email)).toBe("invited");
  });
});

describe("resuming emails", () => {
  test("C10 an admin resumes emails, the timeline shows it, and a resend is sent", async () => {
    const org = await createTestOrganization();
    const lea = await inviteBounced(org);
    const admin = await org.addMember("zoe", "admin");
    expect(await resumeEmails(admin, { member: lea.memberId })).toEqual({ ok: true, value: null });
    expect(await resendInvitation(org.owner, lea)).toMatchObject({ ok: true });
    expect((await org.activity(lea.memberId)).map(({ type }) => type)).toEqual([
      "invited",
      "bounced",
      "emails-allowed",
      "resent",
    ]);
    expect(await resumeEmails(admin, { member: lea.memberId })).toEqual({ ok: false, reason: "not-paused" });
  });

  test("a repeated bounce event does not suppress the address again", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    const message = await db().emailMessage.findFirstOrThrow({ where: { toAddress: lea.email } });
    const event = { id: randomUUID(), type: "bounced", at: new Date(), bounce: HARD } as const;
    await applyDeliveryEvent(event, message.id);
    const { id } = await org.member(lea.email);
    await resumeEmails(org.owner, { member: id });
    await applyDeliveryEvent(event, message.id);
    await applyDeliveryEvent({ id: randomUUID(), type: "delivered", at: new Date() }, message.id);
    expect(await suppressionOf(org, lea.email)).toBeNull();
  });

  test("it needs users:update, and a user of the same organization", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const lea = await inviteBounced(org);
    const inviter = await org.addMember("omar", "member", "Create");
    expect(await resumeEmails(inviter, { member: lea.memberId })).toMatchObject({ reason: "rights-lost" });
    expect(await resumeEmails(other.owner, { member: lea.memberId })).toMatchObject({
      reason: "not-paused",
    });
    expect(await suppressionOf(org, lea.email)).toBe("bounced");
  });
});
