import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTimelineWords } from "@/lib/activity/happenings";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { closeDatabase, db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { deliver } from "@/lib/mail/delivery";
import { expire, makeHouse, secretsOf, someone } from "@/lib/organizations/fixture";
import { create } from "@/lib/policies/commands/create";
import { type ChangeSettings, change } from "@/lib/settings/commands/change";
import { sendTest } from "@/lib/settings/commands/send-test";
import { draftOf, inputOf } from "@/lib/settings/draft";
import { findMailing, findSettings } from "@/lib/settings/queries";
import { settingsInput } from "@/lib/settings/schema";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type House = Awaited<ReturnType<typeof makeHouse>>;

/** The settings as they stand, with some of them changed, as the page would send them. */
async function sent(house: House, more: Partial<ChangeSettings> = {}): Promise<ChangeSettings> {
  const settings = await findSettings(house.owner);
  const input = { organization: house.slug, version: settings.version, ...inputOf(draftOf(settings)) };
  const { organization: _, ...parsed } = settingsInput.parse(input);
  return { ...parsed, ...more };
}

const set = async (house: House, more: Partial<ChangeSettings>, by = house.owner) =>
  change(by, await sent(house, more));
const days = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 86_400_000);
const invitationOf = (id: string) => db().invitation.findUniqueOrThrow({ where: { id } });
const log = (house: House) =>
  db().activity.findMany({
    where: { organizationId: house.id, memberId: null },
    orderBy: { id: "asc" },
    select: { type: true, data: true },
  });

describe("G1 what is set", () => {
  test("G1 the defaults are the documents': requests off, every domain, 7 days, 3 resends, reminders, Member, no policy", async () => {
    expect(await findSettings((await makeHouse()).owner)).toMatchObject({
      newUserInvitations: false,
      allowedDomains: [],
      refusedDomains: [],
      expiryDays: 7,
      resendLimit: 3,
      reminders: true,
      replyTo: null,
      supportAddress: null,
      defaultRole: "member",
      version: 1,
    });
  });

  test("G1 the expiry holds for what is sent later: invited, resent and sent new; what was sent before keeps its own", async () => {
    const house = await makeHouse();
    const [before, later] = [await house.invite(someone("lea")), someone("kai")];
    expect(await set(house, { expiryDays: 30 })).toMatchObject({ ok: true });
    const kept = await invitationOf(before.invitation);
    expect(days(kept.issuedAt, kept.expiresAt)).toBe(7);
    const { invitation } = await house.invite(later);
    const made = await invitationOf(invitation);
    expect(days(made.issuedAt, made.expiresAt)).toBe(30);
    await resend(house.owner, before);
    const again = await invitationOf(before.invitation);
    expect(days(again.issuedAt, again.expiresAt)).toBe(30);
    await set(house, { expiryDays: 2 });
    await expire(invitation);
    const renewed = await renew(house.owner, { invitation });
    const fresh = await invitationOf((renewed.ok && renewed.value.invitationId) || "");
    expect(days(fresh.issuedAt, fresh.expiresAt)).toBe(2);
  });

  test("G1 the resend limit is read at the resend, also by invitations sent before", async () => {
    const house = await makeHouse();
    const lea = await house.invite();
    await set(house, { resendLimit: 0 });
    expect(await resend(house.owner, lea)).toMatchObject({ reason: "resend-limit", facts: { limit: 0 } });
    await set(house, { resendLimit: 1 });
    expect(await resend(house.owner, lea)).toMatchObject({ ok: true });
    expect(await resend(house.owner, lea)).toMatchObject({ reason: "resend-limit", facts: { limit: 1 } });
  });

  test("G1 domains are looked at whenever something is sent: inviting, resending, sending new", async () => {
    const house = await makeHouse();
    const [lea, kai] = [await house.invite(), await house.invite(someone("kai"))];
    await set(house, { refusedDomains: ["people.test"] });
    const outcome = await invite(house.owner, {
      addresses: [someone("mo"), "mo@elsewhere.test"],
      role: "member",
      policies: [],
    });
    expect(outcome.ok && outcome.value.map(({ answer }) => answer)).toEqual(["refused-domain", "invited"]);
    expect(await resend(house.owner, lea)).toMatchObject({ reason: "refused-domain" });
    await expire(kai.invitation);
    expect(await renew(house.owner, kai)).toMatchObject({ reason: "refused-domain" });
    await set(house, { refusedDomains: [], allowedDomains: ["elsewhere.test"] });
    expect(await resend(house.owner, lea)).toMatchObject({ reason: "refused-domain" });
    await set(house, { allowedDomains: [] });
    expect(await resend(house.owner, lea)).toMatchObject({ ok: true });
    // Nobody is locked out who was invited before.
    await set(house, { refusedDomains: ["people.test"] });
    const entry = { ...(await secretsOf(lea.invitation)), name: "Lea", password: "lovely geese walk" };
    expect(await accept("10.9.0.1", null, entry)).toMatchObject({ ok: true });
  });

  test("G1 domains are kept in the form that addresses have, each once; one that is allowed and refused says so", async () => {
    const good = { ...(await sent(await makeHouse())), organization: "x" };
    const read = (more: object) =>
      settingsInput.safeParse({ ...good, replyTo: "", supportAddress: "", ...more });
    expect(
      read({ allowedDomains: ["@Contoso.com", "contoso.com ", "bücher.example"] }).data?.allowedDomains,
    ).toEqual(["contoso.com", "xn--bcher-kva.example"]);
    for (const bad of ["", "localhost", "a b.com", "http://contoso.com", "contoso.com/x", "con​toso.com"])
      expect(read({ allowedDomains: [bad] }).success, bad).toBe(false);
    expect(read({ allowedDomains: ["a.com"], refusedDomains: ["A.com"] }).error?.issues[0]?.message).toBe(
      "a.com is allowed above. Take it out of one of the two.",
    );
    for (const bad of [
      { expiryDays: 0 },
      { expiryDays: 31 },
      { expiryDays: 1.5 },
      { expiryDays: Number.NaN },
      { resendLimit: -1 },
      { resendLimit: 11 },
      { replyTo: "nobody" },
      { replyTo: "a@b.com\r\nBcc: c@d.com" },
      { defaultRole: "owner" },
    ])
      expect(read(bad).success, JSON.stringify(bad)).toBe(false);
  });

  test("G1 the default role and policies are chosen beforehand, and any inviter may give them", async () => {
    const house = await makeHouse();
    const bo = await house.seat("bo", "member", "Create");
    const policy = await house.policy("Delete");
    const asked = { addresses: [someone("lea")], role: "admin" as const, policies: [policy] };
    expect(await invite(bo, asked)).toMatchObject({ reason: "above-you" });
    await set(house, { defaultRole: "admin", defaultPolicies: [policy] });
    const options = await findInviteOptions(bo);
    expect(options?.defaultRole).toBe("admin");
    expect(options?.policies.filter((one) => one.isDefault).map(({ id }) => id)).toEqual([policy]);
    expect(await invite(bo, asked)).toMatchObject({ ok: true, value: [{ answer: "invited" }] });
  });

  test("G1 nobody makes a default of what they do not hold, though they may keep or end one", async () => {
    const house = await makeHouse();
    const made = await create(house.owner, { name: "Settings", permissions: ["settings:update"] });
    const bo = await house.seat("bo");
    const policyId = made.ok ? made.value.policy : "";
    await db().memberPolicy.create({ data: { organizationId: house.id, memberId: bo.memberId, policyId } });
    const by = await house.actorOf(bo.accountId);
    expect(await set(house, { defaultRole: "admin" }, by)).toMatchObject({ reason: "above-you" });
    const above = [await house.policy("Delete")];
    expect(await set(house, { defaultPolicies: above }, by)).toMatchObject({ reason: "above-you" });
    expect(await set(house, { defaultPolicies: [policyId] }, by)).toMatchObject({ ok: true });
    await set(house, { defaultRole: "admin", defaultPolicies: above });
    expect(await set(house, { expiryDays: 9 }, by)).toMatchObject({ ok: true });
    expect(await set(house, { defaultRole: "member", defaultPolicies: [] }, by)).toMatchObject({ ok: true });
    expect(await change(await house.seat("cy"), await sent(house))).toMatchObject({ reason: "rights-lost" });
  });

  test("G1 another organization's policy, or one that is gone, is refused", async () => {
    const [house, other] = [await makeHouse(), await makeHouse()];
    expect(await set(house, { defaultPolicies: [await other.policy("Read")] })).toMatchObject({
      reason: "policy-gone",
    });
  });

  test("G1 of two who change the settings at once one does, and the other is told to look again", async () => {
    const house = await makeHouse();
    const bo = await house.seat("bo", "admin");
    const [mine, theirs] = [await sent(house, { expiryDays: 5 }), await sent(house, { resendLimit: 5 })];
    const outcomes = await Promise.all([change(house.owner, mine), change(bo, theirs)]);
    expect(outcomes.map((one) => (one.ok ? "saved" : one.reason)).sort()).toEqual([
      "changed-meanwhile",
      "saved",
    ]);
    const { expiryDays, resendLimit, version } = await findSettings(house.owner);
    expect([`${expiryDays}, ${resendLimit}`, version]).toEqual([expect.stringMatching(/^(5, 3|7, 5)$/), 2]);
  });

  test("G4 a change is noted by the names of what was changed, without values; saving the same again by nothing", async () => {
    const house = await makeHouse();
    await set(house, {
      replyTo: "desk@contoso.com",
      expiryDays: 9,
      defaultPolicies: [await house.policy("Read")],
    });
    await set(house, {});
    expect(await log(house)).toEqual([
      { type: "settings-changed", data: { changed: "expiryDays replyTo defaultPolicies" } },
    ]);
    const data = { changed: "expiryDays replyTo defaultPolicies" };
    expect(inTimelineWords({ type: "settings-changed", data, declineReason: null, policyNames: {} })).toBe(
      "Settings changed: expiry, reply-to address, default access policies",
    );
  });
});

describe("G3 a test email", () => {
  test("G3 goes to whoever asks for it, names where answers go, and says what became of it", async () => {
    const house = await makeHouse();
    await set(house, { replyTo: "desk@contoso.com", supportAddress: "help@contoso.com" });
    expect(await sendTest(house.owner)).toMatchObject({ ok: true });
    const letter = await db().emailMessage.findFirstOrThrow({
      where: { organizationId: house.id, kind: "test" },
    });
    expect(letter.toAddress).toBe(house.owner.email);
    await deliver({ batch: letter.batchId });
    const { payload } = await db().emailMessage.findUniqueOrThrow({ where: { id: letter.id } });
    expect(payload).toMatchObject({
      subject: "Test email from Northwind",
      replyTo: "desk@contoso.com",
      text: expect.stringContaining("Write to help@contoso.com, or answer this letter."),
    });
    expect(await findMailing(house.owner)).toMatchObject({
      provider: "mailbox",
      sender: null,
      test: { to: house.owner.email, state: "kept", detail: "no email provider" },
    });
    expect((await log(house)).map(({ type }) => type)).toEqual(["settings-changed", "test-sent"]);
  });

  test("G3 five a day are an address's letters, also of twenty asked for at once", async () => {
    const house = await makeHouse();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => sendTest(house.owner)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ reason: "recipient-limit" });
    expect(await db().emailMessage.count({ where: { organizationId: house.id, kind: "test" } })).toBe(5);
    expect(await sendTest(await house.seat("bo"))).toMatchObject({ reason: "rights-lost" });
  });
});
