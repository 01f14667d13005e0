import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { correct } from "@/lib/invitations/commands/correct";
import { decline } from "@/lib/invitations/commands/decline";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { remind } from "@/lib/invitations/jobs";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import type { EventType } from "@/lib/mail/events";
import { work } from "@/lib/mail/fixture";
import { hear } from "@/lib/mail/hear";
import { record } from "@/lib/mail/record";
import type { LetterState } from "@/lib/mail/states";
import { findUsers } from "@/lib/members/queries/list";
import { createTestOrganization, expire, makeAccount, someone } from "@/lib/organizations/fixture";
import { approve } from "@/lib/requests/commands/approve";
import { confirmed, newIp, switchOn } from "@/lib/requests/fixture";
import { ownDatabase } from "@/scripts/own-database";

// A database of its own: reminders go to everybody who is due.
let own: Awaited<ReturnType<typeof ownDatabase>>;
let org: Awaited<ReturnType<typeof createTestOrganization>>;
beforeAll(async () => {
  own = await ownDatabase();
  await prepareQueue();
  org = await createTestOrganization();
  await switchOn(org);
});
afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await own.drop();
});

const letterOf = async (email: string) => {
  const { invitationId } = await org.member(email);
  const where = { id: invitationId ?? "" };
  const { emailMessageId } = await db().invitation.findUniqueOrThrow({ where });
  return db().emailMessage.findUniqueOrThrow({ where: { id: emailMessageId ?? "" } });
};

/** What delivery notes of somebody's latest letter. */
async function note(email: string, state: LetterState, detail?: string): Promise<void> {
  const { id } = await letterOf(email);
  await transaction((tx) => record(tx, [{ id, state, ...(detail ? { detail } : {}) }]));
}

/** What the provider tells of it. */
async function tell(email: string, type: EventType): Promise<void> {
  const bounce = { type: "Transient", subType: "MailboxFull", message: "452 full" };
  const told = type === "bounced" ? { bounce } : {};
  await hear({ id: randomUUID(), type, at: new Date(), ...told }, (await letterOf(email)).id);
}

async function must<T>(outcome: Promise<{ ok: true; value: T } | { ok: false; reason: string }>): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.reason);
  return settled.value;
}

/** Where the letter of somebody is, as their row holds it; every row of the organization agrees with its invitation. */
async function said(email: string): Promise<[string | null, string | null]> {
  const strays = await db().$queryRaw`
    SELECT m.email FROM member m LEFT JOIN invitation i ON i.id = m.invitation_id
    WHERE (m.delivery, m.delivery_detail) IS DISTINCT FROM (i.delivery, i.delivery_detail)`;
  expect(strays).toEqual([]);
  const { id, status, delivery, deliveryDetail } = await org.member(email);
  const [row] = await findUsers(org.owner, [id]);
  const shown = row?.invitation && [row.invitation.delivery, row.invitation.deliveryDetail];
  expect(shown).toEqual(status === "invited" ? [delivery, deliveryDetail] : null);
  return [delivery, deliveryDetail];
}

test("C10 Users says where the letter of each latest invitation is, whatever was done and told", async () => {
  const { owner } = org;
  const lea = await org.invite();
  expect(await said(lea.email)).toEqual(["queued", null]);
  await note(lea.email, "sent");
  expect(await said(lea.email)).toEqual(["sent", null]);
  await tell(lea.email, "delayed");
  expect(await said(lea.email)).toEqual(["delayed", expect.stringContaining("keeps trying")]);
  await must(resend(owner, lea));
  expect(await said(lea.email)).toEqual(["queued", null]);

  await note(lea.email, "sent");
  await db().$executeRaw`
    UPDATE invitation SET issued_at = issued_at - interval '6 days', expires_at = expires_at - interval '6 days'
    WHERE id = ${lea.invitation}::uuid`;
  await db().$executeRaw`UPDATE email_message SET created_at = created_at - interval '6 days'`;
  await remind();
  expect((await letterOf(lea.email)).kind).toBe("reminder");
  expect(await said(lea.email)).toEqual(["queued", null]);

  await tell(lea.email, "delayed");
  await expire(lea.invitation);
  const renewed = await must(renew(owner, lea));
  expect(await said(lea.email)).toEqual(["queued", null]);

  await must(revoke(owner, { invitation: renewed.invitationId }));
  await work((await letterOf(lea.email)).batchId);
  expect((await said(lea.email))[0]).toBe("cancelled");
  await must(undoRevoke(owner, { invitation: renewed.invitationId }));
  expect(await said(lea.email)).toEqual(["queued", null]);

  await note(lea.email, "bounced", "mailbox does not exist");
  const right = someone("leah");
  await must(correct(owner, { invitation: renewed.invitationId, address: right }));
  expect(await said(lea.email)).toEqual(["bounced", "mailbox does not exist"]);
  expect(await said(right)).toEqual(["queued", null]);
  await org.invite(lea.email);
  expect(await said(lea.email)).toEqual(["queued", null]);
});

test("C10 it follows news that come once the invitation was answered, and an address that was changed", async () => {
  const omar = await org.invite();
  await must(accept(newIp(), await makeAccount(omar.email, "Omar"), omar));
  await tell(omar.email, "delivered");
  expect(await said(omar.email)).toEqual(["delivered", null]);
  const letter = await letterOf(omar.email);
  const moved = someone("omar");
  await db().member.update({
    where: { id: (await org.member(omar.email)).id },
    data: { email: moved },
  });
  await hear({ id: randomUUID(), type: "complained", at: new Date() }, letter.id);
  expect(await said(moved)).toEqual(["complained", null]);

  const zoe = await org.invite();
  await tell(zoe.email, "bounced");
  await must(decline(newIp(), null, { code: zoe.code }));
  expect((await said(zoe.email))[0]).toBe("bounced");
  await org.invite(zoe.email);
  expect(await said(zoe.email)).toEqual(["queued", null]);

  const rosa = await org.invite();
  await tell(rosa.email, "delivered");
  await expire(rosa.invitation);
  await must(approve(org.owner, { request: await confirmed(org, rosa.email), role: "member", policies: [] }));
  expect(await said(rosa.email)).toEqual(["queued", null]);
});
