import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { readActivityState } from "@/lib/activity/list";
import { listActivity } from "@/lib/activity/queries";
import { findSession } from "@/lib/auth/session";
import { db } from "@/lib/db/client";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { runSendJob } from "@/lib/mail/fixture";
import { eraseMember } from "@/lib/members/commands/erase";
import { searchDump } from "@/scripts/search-dump";
import { createTestAccount, createTestOrganization, uniqueEmail } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

beforeAll(createIsolatedDatabase);

/** Returns a name that no other row contains. */
const uniqueName = () => `Zenobia ${randomBytes(5).toString("hex")}`;

const setRemoved = (id: string) => db().member.update({ where: { id }, data: { status: "removed" } });

/** Sends every queued email. */
async function deliverAll(): Promise<void> {
  const open = await db().emailBatch.findMany({ where: { closedAt: null } });
  for (const { id } of open) await runSendJob(id);
}

describe("erasing a user", () => {
  test("G4 leaves no personal data of the user in the database, and keeps the log with ids", async () => {
    const org = await createTestOrganization();
    const name = uniqueName();
    const email = uniqueEmail(name.replace(" ", ".").toLowerCase());
    // The user declined with a reason, requested an invitation, was invited again, joined without a mailbox
    // proof, invited others, and was removed.
    const first = await org.invite(email);
    await declineInvitation("10.7.0.1", null, { code: first.code, reason: `No thanks, says ${name}` });
    await db().invitationRequest.create({
      data: {
        id: randomUUID(),
        organizationId: org.id,
        email,
        name,
        message: name,
        status: "dismissed",
        settledAt: new Date(),
        keyId: 1,
        digest: randomBytes(32),
      },
    });
    const second = await org.invite(email, "admin");
    const joined = await acceptInvitation("10.7.0.1", null, {
      code: second.code,
      name,
      password: "lovely geese walk",
    });
    const accountId = joined.ok ? joined.value.accountId : "";
    const member = await org.member(email);
    await db().member.update({ where: { id: member.id }, data: { addressConfirmed: true } });
    const person = await org.actorOf(accountId);
    const guest = await org.invite(undefined, "member", person);
    await acceptInvitation("10.7.0.1", null, { ...guest, name: "Omar", password: "lovely geese walk" });
    const { email: waiting } = await org.invite(undefined, "member", person);
    await verifyPassword("10.7.0.2", { email, password: "not the password" });
    await db().organization.update({ where: { id: org.id }, data: { replyTo: email } });
    await deliverAll();
    await db().deliveryEvent.create({
      data: { id: "e1", type: "bounced", at: new Date(), data: { to: [email] } },
    });
    expect(await searchDump(email)).toEqual([
      "public.account",
      "public.account_link",
      "public.delivery_event",
      "public.email_message",
      "public.invitation",
      "public.invitation_request",
      "public.member",
      "public.organization",
      "public.rate_limit",
    ]);
    const emailsInTheirName = await db().emailMessage.findMany({ where: { toAddress: waiting } });
    expect(JSON.stringify(emailsInTheirName)).toContain(name);
    await setRemoved(member.id);
    const before = await db().activity.findMany({
      where: { organizationId: org.id },
      orderBy: { id: "asc" },
    });

    expect(await eraseMember(org.owner, { member: member.id, typed: ` ${name} ` })).toEqual({
      ok: true,
      value: null,
    });
    expect(await searchDump(email)).toEqual([]);
    expect(await searchDump(name)).toEqual([]);
    expect(await searchDump(accountId)).toEqual([]);
    const after = await db().activity.findMany({
      where: { organizationId: org.id },
      orderBy: { id: "asc" },
    });
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({
      type: "person-erased",
      memberId: member.id,
      actorId: org.owner.memberId,
      data: {},
    });
    // The people whom they invited are not affected.
    expect(await org.member(guest.email)).toMatchObject({ status: "active" });
    const log = await listActivity(org.owner, readActivityState({ by: member.id }));
    expect(log.ok && log.value.rows.map(({ actor }) => actor)).toContainEqual({
      id: member.id,
      name: "",
      email: null,
    });
  });

  test("G4 a user of another organization keeps account, session and membership there", async () => {
    const [here, there] = [await createTestOrganization(), await createTestOrganization()];
    const account = await createTestAccount(uniqueEmail("zoe"), uniqueName());
    for (const org of [here, there]) {
      const { code, proof } = await org.invite(account.email);
      expect(await acceptInvitation("10.7.0.3", account, { code, proof })).toMatchObject({ ok: true });
    }
    const member = await here.member(account.email);
    await setRemoved(member.id);
    expect(await eraseMember(here.owner, { member: member.id, typed: account.name })).toMatchObject({
      ok: true,
    });
    expect(await findSession(account.sessionId)).toMatchObject({ email: account.email });
    expect(await there.member(account.email)).toMatchObject({
      status: "active",
      accountId: account.accountId,
    });
    expect(
      await db().emailMessage.count({ where: { organizationId: here.id, toAddress: account.email } }),
    ).toBe(0);
  });

  test("G4 a removed membership in another organization does not keep the account", async () => {
    const [here, there] = [await createTestOrganization(), await createTestOrganization()];
    const account = await createTestAccount(uniqueEmail("zoe"), uniqueName());
    for (const org of [here, there]) {
      const { code, proof } = await org.invite(account.email);
      await acceptInvitation("10.7.0.3", account, { code, proof });
      await setRemoved((await org.member(account.email)).id);
    }
    const member = await here.member(account.email);
    await eraseMember(here.owner, { member: member.id, typed: account.name });
    expect(await db().account.count({ where: { id: account.accountId } })).toBe(0);
    expect(await there.member(account.email)).toMatchObject({ status: "removed", accountId: null });
  });

  test("G4 an address that never joined is erased by typing the address", async () => {
    const org = await createTestOrganization();
    const { email, code } = await org.invite();
    await deliverAll();
    await declineInvitation("10.7.0.4", null, { code, reason: "No." });
    const { id } = await org.member(email);
    expect(await eraseMember(org.owner, { member: id, typed: email })).toMatchObject({ ok: true });
    expect(await searchDump(email)).toEqual([]);
    expect((await org.invite(email)).email).toBe(email);
  });

  test("G4 is refused to non-Owners, for current users and another organization's, without the name, and while an email is being sent", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const admin = await org.addMember("bo", "admin");
    const guest = await org.invite();
    const { id } = await org.member(guest.email);
    const typed = guest.email;
    expect(await eraseMember(admin, { member: id, typed })).toMatchObject({ reason: "owners-only" });
    expect(await eraseMember(org.owner, { member: id, typed })).toMatchObject({ reason: "not-removed" });
    expect(await eraseMember(other.owner, { member: id, typed })).toMatchObject({ reason: "not-found" });
    await declineInvitation("10.7.0.5", null, { code: guest.code });
    expect(await eraseMember(org.owner, { member: id, typed: "another name" })).toMatchObject({
      reason: "wrong-name",
    });
    const message = await db().emailMessage.findFirstOrThrow({ where: { toAddress: guest.email } });
    const setCalledAt = (calledAt: Date | null) =>
      db().emailBatch.update({ where: { id: message.batchId }, data: { calledAt } });
    await setCalledAt(new Date());
    expect(await eraseMember(org.owner, { member: id, typed })).toMatchObject({ reason: "email-being-sent" });
    await setCalledAt(null);
    const busy = db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS one FROM pg_advisory_xact_lock(hashtextextended(${message.batchId}, 0))`;
      return eraseMember(org.owner, { member: id, typed });
    });
    expect(await busy).toMatchObject({ reason: "email-being-sent" });
    expect(await org.member(guest.email)).toMatchObject({ id });
    expect(await eraseMember(org.owner, { member: id, typed })).toMatchObject({ ok: true });
    // The queued email was deleted.
    await runSendJob(message.batchId);
    expect(await searchDump(guest.email)).toEqual([]);
  });

  test("G4 erasing concurrently with inviting and sending leaves no partial state and does not deadlock", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 10; round++) {
      const { email, code } = await org.invite();
      await declineInvitation("10.7.0.6", null, { code });
      const { id } = await org.member(email);
      const message = await db().emailMessage.findFirstOrThrow({ where: { toAddress: email } });
      const [erased, again] = await Promise.all([
        eraseMember(org.owner, { member: id, typed: email }),
        org.invite(email).catch(() => null),
        runSendJob(message.batchId),
      ]);
      if (erased.ok && !again) expect(await searchDump(email)).toEqual([]);
      if (!erased.ok) expect(["not-removed", "email-being-sent"]).toContain(erased.reason);
    }
  });
});
