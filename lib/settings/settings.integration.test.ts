import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { closeDatabase, db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { deliver } from "@/lib/mail/delivery";
import { createTestOrganization, expire, secretsOf, someone } from "@/lib/organizations/fixture";
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

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

/** The settings as they stand, with some of them changed, as the page would send them. */
async function sent(org: TestOrganization, more: Partial<ChangeSettings> = {}): Promise<ChangeSettings> {
  const settings = await findSettings(org.owner);
  const input = { organization: org.slug, version: settings.version, ...inputOf(draftOf(settings)) };
  const { organization: _, ...parsed } = settingsInput.parse(input);
  return { ...parsed, ...more };
}

const set = async (org: TestOrganization, more: Partial<ChangeSettings>, by = org.owner) =>
  change(by, await sent(org, more));
const days = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 86_400_000);
const invitationOf = (id: string) => db().invitation.findUniqueOrThrow({ where: { id } });
const log = (org: TestOrganization) =>
  db().activity.findMany({
    where: { organizationId: org.id, memberId: null },
    orderBy: { id: "asc" },
    select: { type: true, data: true },
  });

describe("G1 what is set", () => {
  test("G1 the defaults are the documents': requests off, every domain, 7 days, 3 resends, reminders, Member, no policy", async () => {
    expect(await findSettings((await createTestOrganization()).owner)).toMatchObject({
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
    const org = await createTestOrganization();
    const [before, later] = [await org.invite(someone("lea")), someone("kai")];
    expect(await set(org, { expiryDays: 30 })).toMatchObject({ ok: true });
    const kept = await invitationOf(before.invitation);
    expect(days(kept.issuedAt, kept.expiresAt)).toBe(7);
    const { invitation } = await org.invite(later);
    const made = await invitationOf(invitation);
    expect(days(made.issuedAt, made.expiresAt)).toBe(30);
    await resend(org.owner, before);
    const again = await invitationOf(before.invitation);
    expect(days(again.issuedAt, again.expiresAt)).toBe(30);
    await set(org, { expiryDays: 2 });
    await expire(invitation);
    const renewed = await renew(org.owner, { invitation });
    const fresh = await invitationOf((renewed.ok && renewed.value.invitationId) || "");
    expect(days(fresh.issuedAt, fresh.expiresAt)).toBe(2);
  });

  test("G1 the resend limit is read at the resend, also by invitations sent before", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    await set(org, { resendLimit: 0 });
    expect(await resend(org.owner, lea)).toMatchObject({ reason: "resend-limit", facts: { limit: 0 } });
    await set(org, { resendLimit: 1 });
    expect(await resend(org.owner, lea)).toMatchObject({ ok: true });
    expect(await resend(org.owner, lea)).toMatchObject({ reason: "resend-limit", facts: { limit: 1 } });
  });

  test("G1 domains are looked at whenever something is sent: inviting, resending, sending new", async () => {
    const org = await createTestOrganization();
    const [lea, kai] = [await org.invite(), await org.invite(someone("kai"))];
    await set(org, { refusedDomains: ["people.test"] });
    const outcome = await invite(org.owner, {
      addresses: [someone("mo"), "mo@elsewhere.test"],
      role: "member",
      policies: [],
    });
    expect(outcome.ok && outcome.value.map(({ answer }) => answer)).toEqual(["refused-domain", "invited"]);
    expect(await resend(org.owner, lea)).toMatchObject({ reason: "refused-domain" });
    await expire(kai.invitation);
    expect(await renew(org.owner, kai)).toMatchObject({ reason: "refused-domain" });
    await set(org, { refusedDomains: [], allowedDomains: ["elsewhere.test"] });
    expect(await resend(org.owner, lea)).toMatchObject({ reason: "refused-domain" });
    await set(org, { allowedDomains: [] });
    expect(await resend(org.owner, lea)).toMatchObject({ ok: true });
    // Nobody is locked out who was invited before.
    await set(org, { refusedDomains: ["people.test"] });
    const entry = { ...(await secretsOf(lea.invitation)), name: "Lea", password: "lovely geese walk" };
    expect(await accept("10.9.0.1", null, entry)).toMatchObject({ ok: true });
  });

  test("G1 domains are kept in the form that addresses have, each once; one that is allowed and refused says so", async () => {
    const good = { ...(await sent(await createTestOrganization())), organization: "x" };
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
    const org = await createTestOrganization();
    const bo = await org.seat("bo", "member", "Create");
    const policy = await org.policy("Delete");
    const asked = { addresses: [someone("lea")], role: "admin" as const, policies: [policy] };
    expect(await invite(bo, asked)).toMatchObject({ reason: "above-you" });
    await set(org, { defaultRole: "admin", defaultPolicies: [policy] });
    const options = await findInviteOptions(bo);
    expect(options?.defaultRole).toBe("admin");
    expect(options?.policies.filter((one) => one.isDefault).map(({ id }) => id)).toEqual([policy]);
    expect(await invite(bo, asked)).toMatchObject({ ok: true, value: [{ answer: "invited" }] });
  });

  test("G1 nobody makes a default of what they do not hold, though they may keep or end one", async () => {
    const org = await createTestOrganization();
    const made = await create(org.owner, { name: "Settings", permissions: ["settings:update"] });
    const bo = await org.seat("bo");
    const policyId = made.ok ? made.value.policy : "";
    await db().memberPolicy.create({ data: { organizationId: org.id, memberId: bo.memberId, policyId } });
    const by = await org.actorOf(bo.accountId);
    expect(await set(org, { defaultRole: "admin" }, by)).toMatchObject({ reason: "above-you" });
    const above = [await org.policy("Delete")];
    expect(await set(org, { defaultPolicies: above }, by)).toMatchObject({ reason: "above-you" });
    expect(await set(org, { defaultPolicies: [policyId] }, by)).toMatchObject({ ok: true });
    await set(org, { defaultRole: "admin", defaultPolicies: above });
    expect(await set(org, { expiryDays: 9 }, by)).toMatchObject({ ok: true });
    expect(await set(org, { defaultRole: "member", defaultPolicies: [] }, by)).toMatchObject({ ok: true });
    expect(await change(await org.seat("cy"), await sent(org))).toMatchObject({ reason: "rights-lost" });
  });

  test("G1 another organization's policy, or one that is gone, is refused", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    expect(await set(org, { defaultPolicies: [await other.policy("Read")] })).toMatchObject({
      reason: "policy-gone",
    });
  });

  test("G1 of two who change the settings at once one does, and the other is told to look again", async () => {
    const org = await createTestOrganization();
    const bo = await org.seat("bo", "admin");
    const [mine, theirs] = [await sent(org, { expiryDays: 5 }), await sent(org, { resendLimit: 5 })];
    const outcomes = await Promise.all([change(org.owner, mine), change(bo, theirs)]);
    expect(outcomes.map((one) => (one.ok ? "saved" : one.reason)).sort()).toEqual([
      "changed-meanwhile",
      "saved",
    ]);
    const { expiryDays, resendLimit, version } = await findSettings(org.owner);
    expect([`${expiryDays}, ${resendLimit}`, version]).toEqual([expect.stringMatching(/^(5, 3|7, 5)$/), 2]);
  });

  test("G4 a change is noted by the names of what was changed, without values; saving the same again by nothing", async () => {
    const org = await createTestOrganization();
    await set(org, {
      replyTo: "desk@contoso.com",
      expiryDays: 9,
      defaultPolicies: [await org.policy("Read")],
    });
    await set(org, {});
    expect(await log(org)).toEqual([
      { type: "settings-changed", data: { changed: "expiryDays replyTo defaultPolicies" } },
    ]);
    const data = { changed: "expiryDays replyTo defaultPolicies" };
    expect(describeActivity({ type: "settings-changed", data, declineReason: null, policyNames: {} })).toBe(
      "Settings changed: expiry, reply-to address, default access policies",
    );
  });
});

describe("G3 a test email", () => {
  test("G3 goes to whoever asks for it, names where answers go, and says what became of it", async () => {
    const org = await createTestOrganization();
    await set(org, { replyTo: "desk@contoso.com", supportAddress: "help@contoso.com" });
    expect(await sendTest(org.owner)).toMatchObject({ ok: true });
    const letter = await db().emailMessage.findFirstOrThrow({
      where: { organizationId: org.id, kind: "test" },
    });
    expect(letter.toAddress).toBe(org.owner.email);
    await deliver({ batch: letter.batchId });
    const { payload } = await db().emailMessage.findUniqueOrThrow({ where: { id: letter.id } });
    expect(payload).toMatchObject({
      subject: "Test email from Northwind",
      replyTo: "desk@contoso.com",
      text: expect.stringContaining("Write to help@contoso.com, or answer this letter."),
    });
    expect(await findMailing(org.owner)).toMatchObject({
      provider: "mailbox",
      sender: null,
      test: { to: org.owner.email, state: "kept", detail: "no email provider" },
    });
    expect((await log(org)).map(({ type }) => type)).toEqual(["settings-changed", "test-sent"]);
  });

  test("G3 five a day are an address's letters, also of twenty asked for at once", async () => {
    const org = await createTestOrganization();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => sendTest(org.owner)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ reason: "recipient-limit" });
    expect(await db().emailMessage.count({ where: { organizationId: org.id, kind: "test" } })).toBe(5);
    expect(await sendTest(await org.seat("bo"))).toMatchObject({ reason: "rights-lost" });
  });
});
