import { describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { readActivityState } from "@/lib/activity/list";
import { listActivity } from "@/lib/activity/queries";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { db } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { sendBatch } from "@/lib/mail/send-batch";
import { createPolicy } from "@/lib/policies/commands/create";
import { sendTestEmail } from "@/lib/settings/commands/send-test";
import { type SettingsUpdate, updateSettings } from "@/lib/settings/commands/update";
import { toFormValues, toInput } from "@/lib/settings/form-values";
import { findEmailStatus, findSettings } from "@/lib/settings/queries";
import { settingsInput } from "@/lib/settings/schema";
import {
  createTestOrganization,
  expireInvitation,
  findInvitationSecrets,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";

/** Returns the current settings with some changes, as the form would send them. */
async function formInput(
  org: TestOrganization,
  changes: Partial<SettingsUpdate> = {},
): Promise<SettingsUpdate> {
  const settings = await findSettings(org.owner);
  const input = { organization: org.slug, version: settings.version, ...toInput(toFormValues(settings)) };
  const { organization: _, ...parsed } = settingsInput.parse(input);
  return { ...parsed, ...changes };
}

const saveSettings = async (org: TestOrganization, changes: Partial<SettingsUpdate>, actor = org.owner) =>
  updateSettings(actor, await formInput(org, changes));
const daysBetween = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 86_400_000);
const invitationOf = (id: string) => db().invitation.findUniqueOrThrow({ where: { id } });
const findLogEntries = (org: TestOrganization) =>
  db().activity.findMany({
    where: { organizationId: org.id, memberId: null },
    orderBy: { id: "asc" },
    select: { type: true, data: true },
  });

describe("G1 the settings", () => {
  test("G1 the defaults: requests off, all domains, 7 days, 3 resends, reminders on, Member, no policy", async () => {
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

  test("G1 the expiry applies to later invites, resends and renewals; invitations that were sent before keep theirs", async () => {
    const org = await createTestOrganization();
    const [before, later] = [await org.invite(uniqueEmail("lea")), uniqueEmail("kai")];
    expect(await saveSettings(org, { expiryDays: 30 })).toMatchObject({ ok: true });
    const unchanged = await invitationOf(before.invitation);
    expect(daysBetween(unchanged.issuedAt, unchanged.expiresAt)).toBe(7);
    const { invitation } = await org.invite(later);
    const created = await invitationOf(invitation);
    expect(daysBetween(created.issuedAt, created.expiresAt)).toBe(30);
    await resendInvitation(org.owner, before);
    const again = await invitationOf(before.invitation);
    expect(daysBetween(again.issuedAt, again.expiresAt)).toBe(30);
    await saveSettings(org, { expiryDays: 2 });
    await expireInvitation(invitation);
    const renewed = await renewInvitation(org.owner, { invitation });
    const replacement = await invitationOf((renewed.ok && renewed.value.invitationId) || "");
    expect(daysBetween(replacement.issuedAt, replacement.expiresAt)).toBe(2);
  });

  test("G1 the resend limit also applies to invitations that were sent before", async () => {
    const org = await createTestOrganization();
    const lea = await org.invite();
    await saveSettings(org, { resendLimit: 0 });
    expect(await resendInvitation(org.owner, lea)).toMatchObject({
      reason: "resend-limit",
      params: { limit: 0 },
    });
    await saveSettings(org, { resendLimit: 1 });
    expect(await resendInvitation(org.owner, lea)).toMatchObject({ ok: true });
    expect(await resendInvitation(org.owner, lea)).toMatchObject({
      reason: "resend-limit",
      params: { limit: 1 },
    });
  });

  test("G1 domains are checked when inviting, resending and renewing", async () => {
    const org = await createTestOrganization();
    const [lea, kai] = [await org.invite(), await org.invite(uniqueEmail("kai"))];
    await saveSettings(org, { refusedDomains: ["people.test"] });
    const result = await inviteMembers(org.owner, {
      addresses: [uniqueEmail("mo"), "mo@elsewhere.test"],
      role: "member",
      policies: [],
    });
    expect(result.ok && result.value.map(({ status }) => status)).toEqual(["refused-domain", "invited"]);
    expect(await resendInvitation(org.owner, lea)).toMatchObject({ reason: "refused-domain" });
    await expireInvitation(kai.invitation);
    expect(await renewInvitation(org.owner, kai)).toMatchObject({ reason: "refused-domain" });
    await saveSettings(org, { refusedDomains: [], allowedDomains: ["elsewhere.test"] });
    expect(await resendInvitation(org.owner, lea)).toMatchObject({ reason: "refused-domain" });
    await saveSettings(org, { allowedDomains: [] });
    expect(await resendInvitation(org.owner, lea)).toMatchObject({ ok: true });
    // People who were invited before can still join.
    await saveSettings(org, { refusedDomains: ["people.test"] });
    const joinInput = {
      ...(await findInvitationSecrets(lea.invitation)),
      name: "Lea",
      password: "lovely geese walk",
    };
    expect(await acceptInvitation("10.9.0.1", null, joinInput)).toMatchObject({ ok: true });
  });

  test("G1 domains are normalized and deduplicated; one that is both allowed and refused is an error", async () => {
    const validInput = { ...(await formInput(await createTestOrganization())), organization: "x" };
    const parse = (changes: object) =>
      settingsInput.safeParse({ ...validInput, replyTo: "", supportAddress: "", ...changes });
    expect(
      parse({ allowedDomains: ["@Contoso.com", "contoso.com ", "bücher.example"] }).data?.allowedDomains,
    ).toEqual(["contoso.com", "xn--bcher-kva.example"]);
    for (const bad of ["", "localhost", "a b.com", "http://contoso.com", "contoso.com/x", "con​toso.com"])
      expect(parse({ allowedDomains: [bad] }).success, bad).toBe(false);
    expect(parse({ allowedDomains: ["a.com"], refusedDomains: ["A.com"] }).error?.issues[0]).toMatchObject({
      message: "admin.settings.errors.domainInBoth",
      params: { domain: "a.com" },
    });
    for (const bad of [
      { expiryDays: 0 },
      { expiryDays: 31 },
      { expiryDays: 1.5 },
      { expiryDays: Number.NaN },
      { resendLimit: -1 },
      { resendLimit: 11 },
      { replyTo: "no-address" },
      { replyTo: "a@b.com\r\nBcc: c@d.com" },
      { defaultRole: "owner" },
    ])
      expect(parse(bad).success, JSON.stringify(bad)).toBe(false);
  });

  test("G1 the default role and policies are preselected, and any inviter can grant them", async () => {
    const org = await createTestOrganization();
    const bo = await org.addMember("bo", "member", "Create");
    const policy = await org.findPolicyId("Delete");
    const input = { addresses: [uniqueEmail("lea")], role: "admin" as const, policies: [policy] };
    expect(await inviteMembers(bo, input)).toMatchObject({ reason: "above-you" });
    await saveSettings(org, { defaultRole: "admin", defaultPolicies: [policy] });
    const options = await findInviteOptions(bo);
    expect(options?.defaultRole).toBe("admin");
    expect(options?.policies.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([policy]);
    expect(await inviteMembers(bo, input)).toMatchObject({ ok: true, value: [{ status: "invited" }] });
  });

  test("G1 A3 a user cannot make a default of what they do not have, but can keep or remove one", async () => {
    const org = await createTestOrganization();
    const created = await createPolicy(org.owner, { name: "Settings", permissions: ["settings:update"] });
    const bo = await org.addMember("bo");
    const policyId = created.ok ? created.value.policy : "";
    await db().memberPolicy.create({ data: { organizationId: org.id, memberId: bo.memberId, policyId } });
    const actor = await org.actorOf(bo.accountId);
    expect(await saveSettings(org, { defaultRole: "admin" }, actor)).toMatchObject({ reason: "above-you" });
    const ungrantable = [await org.findPolicyId("Delete")];
    expect(await saveSettings(org, { defaultPolicies: ungrantable }, actor)).toMatchObject({
      reason: "above-you",
    });
    expect(await saveSettings(org, { defaultPolicies: [policyId] }, actor)).toMatchObject({ ok: true });
    await saveSettings(org, { defaultRole: "admin", defaultPolicies: ungrantable });
    expect(await saveSettings(org, { expiryDays: 9 }, actor)).toMatchObject({ ok: true });
    expect(await saveSettings(org, { defaultRole: "member", defaultPolicies: [] }, actor)).toMatchObject({
      ok: true,
    });
    expect(await updateSettings(await org.addMember("cy"), await formInput(org))).toMatchObject({
      reason: "rights-lost",
    });
  });

  test("G1 a policy of another organization or a deleted one is refused", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    expect(await saveSettings(org, { defaultPolicies: [await other.findPolicyId("Read")] })).toMatchObject({
      reason: "policy-gone",
    });
  });

  test("G1 one of two concurrent changes is saved, and the other is refused", async () => {
    const org = await createTestOrganization();
    const bo = await org.addMember("bo", "admin");
    const [mine, theirs] = [
      await formInput(org, { expiryDays: 5 }),
      await formInput(org, { resendLimit: 5 }),
    ];
    const results = await Promise.all([updateSettings(org.owner, mine), updateSettings(bo, theirs)]);
    expect(results.map((result) => (result.ok ? "saved" : result.reason)).sort()).toEqual([
      "changed-concurrently",
      "saved",
    ]);
    const { expiryDays, resendLimit, version } = await findSettings(org.owner);
    expect([`${expiryDays}, ${resendLimit}`, version]).toEqual([expect.stringMatching(/^(5, 3|7, 5)$/), 2]);
  });

  test("G4 the audit log has the names of the changed settings, not their values; saving without changes logs nothing", async () => {
    const org = await createTestOrganization();
    await saveSettings(org, {
      replyTo: "desk@contoso.com",
      expiryDays: 9,
      defaultPolicies: [await org.findPolicyId("Read")],
    });
    await saveSettings(org, {});
    expect(await findLogEntries(org)).toEqual([
      { type: "settings-changed", data: { changed: "expiryDays replyTo defaultPolicies" } },
    ]);
    const log = await listActivity(org.owner, readActivityState({ type: "settings-changed" }));
    expect(log.ok && log.value.rows.map((row) => describeActivity(translationFor("en"), row))).toEqual([
      "ana changed these settings: invitation expiry, reply-to address, and default access policies",
    ]);
  });
});

describe("G3 a test email", () => {
  test("G3 goes to the user who requested it, uses the reply-to address, and shows its delivery status", async () => {
    const org = await createTestOrganization();
    await saveSettings(org, { replyTo: "desk@contoso.com", supportAddress: "help@contoso.com" });
    expect(await sendTestEmail(org.owner)).toMatchObject({ ok: true });
    const message = await db().emailMessage.findFirstOrThrow({
      where: { organizationId: org.id, kind: "test" },
    });
    expect(message.toAddress).toBe(org.owner.email);
    await sendBatch({ batch: message.batchId });
    const { payload } = await db().emailMessage.findUniqueOrThrow({ where: { id: message.id } });
    expect(payload).toMatchObject({
      subject: "Test email from Northwind",
      replyTo: "desk@contoso.com",
      text: expect.stringContaining("Reply to this email or write to help@contoso.com."),
    });
    expect(await findEmailStatus(org.owner)).toMatchObject({
      provider: "mailbox",
      sender: null,
      test: { to: org.owner.email, state: "kept", detail: "no email provider" },
    });
    expect((await findLogEntries(org)).map(({ type }) => type)).toEqual(["settings-changed", "test-sent"]);
  });

  test("G3 counts toward the address's daily limit: five of twenty parallel requests are sent", async () => {
    const org = await createTestOrganization();
    const results = await Promise.all(Array.from({ length: 20 }, () => sendTestEmail(org.owner)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(5);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: "recipient-limit" });
    expect(await db().emailMessage.count({ where: { organizationId: org.id, kind: "test" } })).toBe(5);
    expect(await sendTestEmail(await org.addMember("bo"))).toMatchObject({ reason: "rights-lost" });
  });
});
