import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { correctAddress } from "@/lib/invitations/commands/correct-address";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { remindInvitees } from "@/lib/invitations/jobs";
import { applyDeliveryEvent } from "@/lib/mail/apply-delivery-event";
import type { DeliveryEventType } from "@/lib/mail/delivery-events";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";
import { runSendJob } from "@/lib/mail/fixture";
import { updateDeliveryStatus } from "@/lib/mail/update-delivery-status";
import { findUsersByIds } from "@/lib/members/queries/list";
import { approveRequest } from "@/lib/requests/commands/approve";
import { setAcceptsRequests, submitAndConfirmRequest } from "@/lib/requests/fixture";
import {
  createTestAccount,
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

// A separate database, because reminders are sent in all organizations.
let org: TestOrganization;
beforeAll(async () => {
  await createIsolatedDatabase();
  org = await createTestOrganization();
  await setAcceptsRequests(org);
});

const currentEmailOf = async (email: string) => {
  const { invitationId } = await org.member(email);
  const where = { id: invitationId ?? "" };
  const { emailMessageId } = await db().invitation.findUniqueOrThrow({ where });
  return db().emailMessage.findUniqueOrThrow({ where: { id: emailMessageId ?? "" } });
};

/** Sets the delivery status of the member's current email. */
async function setStatus(email: string, state: DeliveryStatus, detail?: string): Promise<void> {
  const { id } = await currentEmailOf(email);
  await transaction((tx) => updateDeliveryStatus(tx, [{ id, state, ...(detail ? { detail } : {}) }]));
}

/** Applies a provider event to the member's current email. */
async function applyEvent(email: string, type: DeliveryEventType): Promise<void> {
  const bounce = { type: "Transient", subType: "MailboxFull", message: "452 full" };
  const details = type === "bounced" ? { bounce } : {};
  await applyDeliveryEvent(
    { id: randomUUID(), type, at: new Date(), ...details },
    (await currentEmailOf(email)).id,
  );
}

async function unwrap<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; reason: string }>,
): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(settled.reason);
  return settled.value;
}

/** Returns the delivery status in a member's row, and checks that all rows agree with their invitations. */
async function deliveryOf(email: string): Promise<[string | null, string | null]> {
  const mismatches = await db().$queryRaw`
    SELECT m.email FROM member m LEFT JOIN invitation i ON i.id = m.invitation_id
    WHERE (m.delivery, m.delivery_detail) IS DISTINCT FROM (i.delivery, i.delivery_detail)`;
  expect(mismatches).toEqual([]);
  const { id, status, delivery, deliveryDetail } = await org.member(email);
  const [row] = await findUsersByIds(org.owner, [id]);
  const shown = row?.invitation && [row.invitation.delivery, row.invitation.deliveryDetail];
  expect(shown).toEqual(status === "invited" ? [delivery, deliveryDetail] : null);
  return [delivery, deliveryDetail];
}

test("C10 Users shows the delivery of each current invitation after every command and event", async () => {
  const { owner } = org;
  const lea = await org.invite();
  expect(await deliveryOf(lea.email)).toEqual(["queued", null]);
  await setStatus(lea.email, "sent");
  expect(await deliveryOf(lea.email)).toEqual(["sent", null]);
  await applyEvent(lea.email, "delayed");
  expect(await deliveryOf(lea.email)).toEqual(["delayed", expect.stringContaining("keeps trying")]);
  await unwrap(resendInvitation(owner, lea));
  expect(await deliveryOf(lea.email)).toEqual(["queued", null]);

  await setStatus(lea.email, "sent");
  await db().$executeRaw`
    UPDATE invitation SET issued_at = issued_at - interval '6 days', expires_at = expires_at - interval '6 days'
    WHERE id = ${lea.invitation}::uuid`;
  await db().$executeRaw`UPDATE email_message SET created_at = created_at - interval '6 days'`;
  await remindInvitees();
  expect((await currentEmailOf(lea.email)).kind).toBe("reminder");
  expect(await deliveryOf(lea.email)).toEqual(["queued", null]);

  await applyEvent(lea.email, "delayed");
  await expireInvitation(lea.invitation);
  const renewed = await unwrap(renewInvitation(owner, lea));
  expect(await deliveryOf(lea.email)).toEqual(["queued", null]);

  await unwrap(revokeInvitation(owner, { invitation: renewed.invitationId }));
  await runSendJob((await currentEmailOf(lea.email)).batchId);
  expect((await deliveryOf(lea.email))[0]).toBe("cancelled");
  await unwrap(undoRevokeInvitation(owner, { invitation: renewed.invitationId }));
  expect(await deliveryOf(lea.email)).toEqual(["queued", null]);

  await setStatus(lea.email, "bounced", "mailbox does not exist");
  const right = uniqueEmail("leah");
  await unwrap(correctAddress(owner, { invitation: renewed.invitationId, address: right }));
  expect(await deliveryOf(lea.email)).toEqual(["bounced", "mailbox does not exist"]);
  expect(await deliveryOf(right)).toEqual(["queued", null]);
  await org.invite(lea.email);
  expect(await deliveryOf(lea.email)).toEqual(["queued", null]);
});

test("C10 it is updated by events after the invitation was accepted or declined, and after a change of address", async () => {
  const omar = await org.invite();
  await unwrap(acceptInvitation(uniqueIp(), await createTestAccount(omar.email, "Omar"), omar));
  await applyEvent(omar.email, "delivered");
  expect(await deliveryOf(omar.email)).toEqual(["delivered", null]);
  const message = await currentEmailOf(omar.email);
  const moved = uniqueEmail("omar");
  await db().member.update({
    where: { id: (await org.member(omar.email)).id },
    data: { email: moved },
  });
  await applyDeliveryEvent({ id: randomUUID(), type: "complained", at: new Date() }, message.id);
  expect(await deliveryOf(moved)).toEqual(["complained", null]);

  const zoe = await org.invite();
  await applyEvent(zoe.email, "bounced");
  await unwrap(declineInvitation(uniqueIp(), null, { code: zoe.code }));
  expect((await deliveryOf(zoe.email))[0]).toBe("bounced");
  await org.invite(zoe.email);
  expect(await deliveryOf(zoe.email)).toEqual(["queued", null]);

  const rosa = await org.invite();
  await applyEvent(rosa.email, "delivered");
  await expireInvitation(rosa.invitation);
  await unwrap(
    approveRequest(org.owner, {
      request: await submitAndConfirmRequest(org, rosa.email),
      role: "member",
      policies: [],
    }),
  );
  expect(await deliveryOf(rosa.email)).toEqual(["queued", null]);
});
