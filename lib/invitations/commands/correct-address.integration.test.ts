import { describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { findTimeline } from "@/lib/activity/queries";
import type { Actor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { correctAddress } from "@/lib/invitations/commands/correct-address";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { updateDeliveryStatus } from "@/lib/mail/update-delivery-status";
import type { Role } from "@/lib/permissions/roles";
import {
  createTestOrganization,
  expireInvitation,
  findInvitationSecrets,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";

async function inviteBounced(
  org: TestOrganization,
  role: Role = "member",
  policies: string[] = [],
  by: Actor = org.owner,
) {
  const email = uniqueEmail("lae");
  const result = await inviteMembers(by, { addresses: [email], role, policies });
  const [{ invitationId = "" } = {}] = result.ok ? result.value : [];
  await markBounced(invitationId);
  return { invitation: invitationId, email };
}

async function markBounced(invitation: string): Promise<void> {
  const { emailMessageId } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
  const update = { id: emailMessageId ?? "", state: "bounced" as const, detail: "mailbox does not exist" };
  await transaction((tx) => updateDeliveryStatus(tx, [update]));
}

/** Reads all rows that a refusal must not change. */
async function readState(org: TestOrganization) {
  const where = { organizationId: org.id };
  return {
    members: await db().member.findMany({ where, orderBy: { id: "asc" } }),
    invitations: await db().invitation.findMany({ where, orderBy: { id: "asc" } }),
    emails: await db().emailMessage.count({ where }),
    activity: await db().activity.count({ where }),
  };
}

describe("C10 Correct address", () => {
  test("C10 the bounced invitation is revoked and the corrected address invited with the same role and policies", async () => {
    const org = await createTestOrganization();
    const policies = [await org.findPolicyId("Read"), await org.findPolicyId("Update")];
    const { invitation, email } = await inviteBounced(org, "admin", policies);
    const address = uniqueEmail("lea");
    const result = await correctAddress(org.owner, {
      invitation,
      address: `Lea Stein <${address.toUpperCase()}>`,
    });
    const [wrong, right] = [await org.member(email), await org.member(address)];
    expect(result).toEqual({ ok: true, value: [right.id, wrong.id] });
    expect(wrong).toMatchObject({ status: "removed", invitedUntil: null });
    expect(right).toMatchObject({ status: "invited", role: "admin", grantedBy: org.owner.memberId });
    expect([...right.policyIds].sort()).toEqual([...policies].sort());
    expect(await db().invitation.findUniqueOrThrow({ where: { id: invitation } })).toMatchObject({
      settledAs: "revoked",
    });
    expect(await db().emailMessage.findMany({ where: { invitationId: right.invitationId } })).toMatchObject([
      { kind: "invitation", toAddress: address, state: "queued" },
    ]);
  });

  test("C11 both timelines have an entry, and no entry contains an address", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await inviteBounced(org);
    const address = uniqueEmail("lea");
    await correctAddress(org.owner, { invitation, address });
    const describeTimeline = async (address: string) =>
      (await findTimeline(org.owner, (await org.member(address)).id))?.map((entry) =>
        describeActivity(translationFor("en"), entry),
      );
    expect((await describeTimeline(email))?.[0]).toBe("ana revoked the invitation, correcting its address");
    expect(await describeTimeline(address)).toEqual([`ana invited ${address} as a Member`]);
    const rows = await db().activity.findMany({ where: { organizationId: org.id } });
    expect(JSON.stringify(rows.map(({ data }) => data))).not.toContain("@");
  });

  test("C10 an expired invitation can be corrected; the new one has its own expiry", async () => {
    const org = await createTestOrganization();
    const { invitation } = await inviteBounced(org);
    await expireInvitation(invitation);
    const address = uniqueEmail("lea");
    expect(await correctAddress(org.owner, { invitation, address })).toMatchObject({ ok: true });
    expect((await org.member(address)).invitedUntil?.getTime()).toBeGreaterThan(Date.now());
  });

  test("C10 it is refused for the same reasons as inviting, and a refusal changes nothing", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await inviteBounced(org);
    const blocked = await org.addMember("bo");
    await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
    const pending = await org.invite();
    const overLimit = uniqueEmail("full");
    await db().emailBatch.create({
      data: {
        id: crypto.randomUUID(),
        emails: {
          create: Array.from({ length: 5 }, (_, position) => ({
            id: crypto.randomUUID(),
            position,
            kind: "test",
            toAddress: overLimit,
          })),
        },
      },
    });
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["evil.test"] } });
    const before = await readState(org);
    for (const [address, reason] of [
      ["lea", "no-address"],
      [email.toUpperCase(), "same-address"],
      [org.owner.email, "already-a-user"],
      [blocked.email, "blocked"],
      [pending.email, "already-invited"],
      [uniqueEmail("lea").replace("people.test", "evil.test"), "refused-domain"],
      [overLimit, "recipient-limit"],
    ] as const)
      expect(await correctAddress(org.owner, { invitation, address }), address).toMatchObject({
        ok: false,
        reason,
      });
    expect(
      await correctAddress(org.owner, { invitation: pending.invitation, address: uniqueEmail("x") }),
    ).toMatchObject({
      reason: "not-bounced",
    });
    expect(await readState(org)).toEqual(before);
  });

  test("C10 it requires the permissions to invite and to revoke, respects the ceiling, and does not find another organization's invitation", async () => {
    const org = await createTestOrganization();
    const { invitation } = await inviteBounced(org, "admin");
    const before = await readState(org);
    const address = uniqueEmail("lea");
    const inviter = await org.addMember("bo", "member", "Create");
    expect(await correctAddress(inviter, { invitation, address })).toMatchObject({ reason: "rights-lost" });
    const both = await org.addMember("cy", "member", "Create", "Delete");
    expect(await correctAddress(both, { invitation, address })).toMatchObject({ reason: "above-you" });
    const other = await createTestOrganization();
    expect(await correctAddress(other.owner, { invitation, address })).toMatchObject({ reason: "not-found" });
    const { members, ...rest } = await readState(org);
    expect(members).toHaveLength(before.members.length + 2);
    expect(rest).toMatchObject({ emails: before.emails, activity: before.activity });
    expect(await correctAddress(await org.addMember("di", "admin"), { invitation, address })).toMatchObject({
      ok: true,
    });
  });

  test("C10 only one of several concurrent corrections and a join by the copied link succeeds", async () => {
    const org = await createTestOrganization();
    const resolutions = new Set<string | null>();
    for (let round = 0; round < 12; round++) {
      const { invitation, email } = await inviteBounced(org);
      const { code } = await findInvitationSecrets(invitation);
      const addresses = [uniqueEmail("lea"), uniqueEmail("ann")];
      const [joined, ...corrected] = await Promise.all([
        acceptInvitation(`10.11.${round}.1`, null, {
          code,
          name: "Lea Stein",
          password: "lovely geese walk",
        }),
        ...addresses.map((address) => correctAddress(org.owner, { invitation, address })),
      ]);
      expect([joined, ...corrected].filter(({ ok }) => ok)).toHaveLength(1);
      const { settledAs } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
      resolutions.add(settledAs);
      expect((await org.member(email)).status).toBe(joined.ok ? "active" : "removed");
      const invited = await db().member.count({
        where: { organizationId: org.id, email: { in: addresses } },
      });
      expect(invited).toBe(joined.ok ? 0 : 1);
    }
    expect(
      [...resolutions].every((resolution) => resolution === "accepted" || resolution === "revoked"),
    ).toBe(true);
  });

  test("C10 two corrections to each other's address and an invitation of both do not deadlock", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 12; round++) {
      const [one, other] = [await inviteBounced(org), await inviteBounced(org)];
      const fresh = uniqueEmail("lea");
      await Promise.all([
        correctAddress(org.owner, { invitation: one.invitation, address: round % 2 ? other.email : fresh }),
        correctAddress(org.owner, { invitation: other.invitation, address: one.email }),
        inviteMembers(org.owner, {
          addresses: [other.email, fresh, one.email],
          role: "member",
          policies: [],
        }),
      ]);
      const open = await db().invitation.groupBy({
        by: ["email"],
        where: { organizationId: org.id, settledAs: null },
        _count: true,
      });
      expect(open.every(({ _count }) => _count === 1)).toBe(true);
    }
  });
});
