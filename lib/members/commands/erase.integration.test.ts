import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { readActivity } from "@/lib/activity/list";
import { listActivity } from "@/lib/activity/queries";
import { findSession } from "@/lib/auth/session";
import { closeDatabase, db } from "@/lib/db/client";
import { decline } from "@/lib/invitations/commands/decline";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { work } from "@/lib/mail/fixture";
import { erase } from "@/lib/members/commands/erase";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";
import { ownDatabase } from "@/scripts/own-database";
import { searchDump } from "@/scripts/search-dump";

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

/** A name that stands nowhere else. */
const aName = () => `Zenobia ${randomBytes(5).toString("hex")}`;

const removed = (id: string) => db().member.update({ where: { id }, data: { status: "removed" } });

/** Every letter that is owed is written and "sent". */
async function deliverAll(): Promise<void> {
  const open = await db().emailBatch.findMany({ where: { closedAt: null } });
  for (const { id } of open) await work(id);
}

describe("erasing a person", () => {
  test("G4 leaves no personal data of theirs anywhere in the database, and the log intact by its ids", async () => {
    const org = await createTestOrganization();
    const name = aName();
    const email = someone(name.replace(" ", ".").toLowerCase());
    // Declined with a reason, asked to come in, invited again, joined without a proof, invited somebody, and was removed.
    const first = await org.invite(email);
    await decline("10.7.0.1", null, { code: first.code, reason: `No thanks, says ${name}` });
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
    const joined = await accept("10.7.0.1", null, { code: second.code, name, password: "lovely geese walk" });
    const accountId = joined.ok ? joined.value.accountId : "";
    const member = await org.member(email);
    await db().member.update({ where: { id: member.id }, data: { addressConfirmed: true } });
    const person = await org.actorOf(accountId);
    const guest = await org.invite(undefined, "member", person);
    await accept("10.7.0.1", null, { ...guest, name: "Omar", password: "lovely geese walk" });
    const { email: waiting } = await org.invite(undefined, "member", person);
    await proveByPassword("10.7.0.2", { email, password: "not the password" });
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
    const inTheirName = await db().emailMessage.findMany({ where: { toAddress: waiting } });
    expect(JSON.stringify(inTheirName)).toContain(name);
    await removed(member.id);
    const before = await db().activity.findMany({
      where: { organizationId: org.id },
      orderBy: { id: "asc" },
    });

    expect(await erase(org.owner, { member: member.id, typed: ` ${name} ` })).toEqual({
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
    // Whoever they invited keeps their place and their invitation.
    expect(await org.member(guest.email)).toMatchObject({ status: "active" });
    const log = await listActivity(org.owner, readActivity({ by: member.id }));
    expect(log.ok && log.value.rows.map(({ actor }) => actor)).toContainEqual({
      id: member.id,
      name: "",
      email: null,
    });
  });

  test("G4 who is in another organization keeps account, session and place there", async () => {
    const [here, there] = [await createTestOrganization(), await createTestOrganization()];
    const account = await makeAccount(someone("zoe"), aName());
    for (const org of [here, there]) {
      const { code, proof } = await org.invite(account.email);
      expect(await accept("10.7.0.3", account, { code, proof })).toMatchObject({ ok: true });
    }
    const member = await here.member(account.email);
    await removed(member.id);
    expect(await erase(here.owner, { member: member.id, typed: account.name })).toMatchObject({ ok: true });
    expect(await findSession(account.sessionId)).toMatchObject({ email: account.email });
    expect(await there.member(account.email)).toMatchObject({
      status: "active",
      accountId: account.accountId,
    });
    expect(
      await db().emailMessage.count({ where: { organizationId: here.id, toAddress: account.email } }),
    ).toBe(0);
  });

  test("G4 a place elsewhere that ended earlier keeps no account alive", async () => {
    const [here, there] = [await createTestOrganization(), await createTestOrganization()];
    const account = await makeAccount(someone("zoe"), aName());
    for (const org of [here, there]) {
      const { code, proof } = await org.invite(account.email);
      await accept("10.7.0.3", account, { code, proof });
      await removed((await org.member(account.email)).id);
    }
    const member = await here.member(account.email);
    await erase(here.owner, { member: member.id, typed: account.name });
    expect(await db().account.count({ where: { id: account.accountId } })).toBe(0);
    expect(await there.member(account.email)).toMatchObject({ status: "removed", accountId: null });
  });

  test("G4 an address that never joined is erased by typing the address", async () => {
    const org = await createTestOrganization();
    const { email, code } = await org.invite();
    await deliverAll();
    await decline("10.7.0.4", null, { code, reason: "No." });
    const { id } = await org.member(email);
    expect(await erase(org.owner, { member: id, typed: email })).toMatchObject({ ok: true });
    expect(await searchDump(email)).toEqual([]);
    expect((await org.invite(email)).email).toBe(email);
  });

  test("G4 refused: to who is no Owner, for who is still in or not ours, without the name, and while a letter is on its way", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const admin = await org.seat("bo", "admin");
    const guest = await org.invite();
    const { id } = await org.member(guest.email);
    const typed = guest.email;
    expect(await erase(admin, { member: id, typed })).toMatchObject({ reason: "owners-only" });
    expect(await erase(org.owner, { member: id, typed })).toMatchObject({ reason: "not-removed" });
    expect(await erase(other.owner, { member: id, typed })).toMatchObject({ reason: "not-found" });
    await decline("10.7.0.5", null, { code: guest.code });
    expect(await erase(org.owner, { member: id, typed: "somebody" })).toMatchObject({
      reason: "wrong-name",
    });
    const letter = await db().emailMessage.findFirstOrThrow({ where: { toAddress: guest.email } });
    const called = (calledAt: Date | null) =>
      db().emailBatch.update({ where: { id: letter.batchId }, data: { calledAt } });
    await called(new Date());
    expect(await erase(org.owner, { member: id, typed })).toMatchObject({ reason: "letter-on-its-way" });
    await called(null);
    const busy = db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS one FROM pg_advisory_xact_lock(hashtextextended(${letter.batchId}, 0))`;
      return erase(org.owner, { member: id, typed });
    });
    expect(await busy).toMatchObject({ reason: "letter-on-its-way" });
    expect(await org.member(guest.email)).toMatchObject({ id });
    expect(await erase(org.owner, { member: id, typed })).toMatchObject({ ok: true });
    // Its letter was owed and is not any more.
    await work(letter.batchId);
    expect(await searchDump(guest.email)).toEqual([]);
  });

  test("G4 erased while it is read, invited and delivered at once: no half state, and nobody waits for ever", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 10; round++) {
      const { email, code } = await org.invite();
      await decline("10.7.0.6", null, { code });
      const { id } = await org.member(email);
      const letter = await db().emailMessage.findFirstOrThrow({ where: { toAddress: email } });
      const [erased, again] = await Promise.all([
        erase(org.owner, { member: id, typed: email }),
        org.invite(email).catch(() => null),
        work(letter.batchId),
      ]);
      if (erased.ok && !again) expect(await searchDump(email)).toEqual([]);
      if (!erased.ok) expect(["not-removed", "letter-on-its-way"]).toContain(erased.reason);
    }
  });
});
