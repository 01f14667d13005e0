import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { findTimeline } from "@/lib/activity/queries";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { correct } from "@/lib/invitations/commands/correct";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { record } from "@/lib/mail/record";
import { createTestOrganization, expire, secretsOf, someone } from "@/lib/organizations/fixture";
import type { Role } from "@/lib/permissions/roles";

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

async function bounced(
  org: TestOrganization,
  role: Role = "member",
  policies: string[] = [],
  by: Actor = org.owner,
) {
  const email = someone("lae");
  const outcome = await invite(by, { addresses: [email], role, policies });
  const [{ invitationId = "" } = {}] = outcome.ok ? outcome.value : [];
  await bounce(invitationId);
  return { invitation: invitationId, email };
}

async function bounce(invitation: string): Promise<void> {
  const { emailMessageId } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
  const news = { id: emailMessageId ?? "", state: "bounced" as const, detail: "mailbox does not exist" };
  await transaction((tx) => record(tx, [news]));
}

/** Everything that a refusal must leave as it was. */
async function everything(org: TestOrganization) {
  const where = { organizationId: org.id };
  return {
    members: await db().member.findMany({ where, orderBy: { id: "asc" } }),
    invitations: await db().invitation.findMany({ where, orderBy: { id: "asc" } }),
    letters: await db().emailMessage.count({ where }),
    activity: await db().activity.count({ where }),
  };
}

describe("C10 Correct address", () => {
  test("C10 the bounced one is revoked, and the right address invited with the same role and policies", async () => {
    const org = await createTestOrganization();
    const policies = [await org.policy("Read"), await org.policy("Update")];
    const { invitation, email } = await bounced(org, "admin", policies);
    const address = someone("lea");
    const outcome = await correct(org.owner, {
      invitation,
      address: `Lea Stein <${address.toUpperCase()}>`,
    });
    const [wrong, right] = [await org.member(email), await org.member(address)];
    expect(outcome).toEqual({ ok: true, value: [right.id, wrong.id] });
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

  test("C11 the timelines tell both halves, and hold no address", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await bounced(org);
    const address = someone("lea");
    await correct(org.owner, { invitation, address });
    const wordsOf = async (who: string) =>
      (await findTimeline(org.owner, (await org.member(who)).id))?.map(describeActivity);
    expect((await wordsOf(email))?.[0]).toBe("Invitation revoked, because the address was corrected");
    expect(await wordsOf(address)).toEqual(["Invited as Member"]);
    const rows = await db().activity.findMany({ where: { organizationId: org.id } });
    expect(JSON.stringify(rows.map(({ data }) => data))).not.toContain("@");
  });

  test("C10 an expired one can be corrected too; the new one has a term of its own", async () => {
    const org = await createTestOrganization();
    const { invitation } = await bounced(org);
    await expire(invitation);
    const address = someone("lea");
    expect(await correct(org.owner, { invitation, address })).toMatchObject({ ok: true });
    expect((await org.member(address)).invitedUntil?.getTime()).toBeGreaterThan(Date.now());
  });

  test("C10 it answers as inviting does, and what is refused changes nothing", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await bounced(org);
    const blocked = await org.seat("bo");
    await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
    const waiting = await org.invite();
    const full = someone("full");
    await db().emailBatch.create({
      data: {
        id: crypto.randomUUID(),
        emails: {
          create: Array.from({ length: 5 }, (_, position) => ({
            id: crypto.randomUUID(),
            position,
            kind: "test",
            toAddress: full,
          })),
        },
      },
    });
    await db().organization.update({ where: { id: org.id }, data: { refusedDomains: ["evil.test"] } });
    const before = await everything(org);
    for (const [address, reason] of [
      ["lea", "no-address"],
      [email.toUpperCase(), "same-address"],
      [org.owner.email, "already-a-user"],
      [blocked.email, "blocked"],
      [waiting.email, "already-invited"],
      [someone("lea").replace("people.test", "evil.test"), "refused-domain"],
      [full, "recipient-limit"],
    ] as const)
      expect(await correct(org.owner, { invitation, address }), address).toMatchObject({
        ok: false,
        reason,
      });
    expect(await correct(org.owner, { invitation: waiting.invitation, address: someone("x") })).toMatchObject(
      {
        reason: "not-bounced",
      },
    );
    expect(await everything(org)).toEqual(before);
  });

  test("C10 it takes the rights to invite and to revoke, the ceiling holds, and a foreign one is not found", async () => {
    const org = await createTestOrganization();
    const { invitation } = await bounced(org, "admin");
    const before = await everything(org);
    const address = someone("lea");
    const inviter = await org.seat("bo", "member", "Create");
    expect(await correct(inviter, { invitation, address })).toMatchObject({ reason: "rights-lost" });
    const both = await org.seat("cy", "member", "Create", "Delete");
    expect(await correct(both, { invitation, address })).toMatchObject({ reason: "above-you" });
    const other = await createTestOrganization();
    expect(await correct(other.owner, { invitation, address })).toMatchObject({ reason: "not-found" });
    const { members, ...rest } = await everything(org);
    expect(members).toHaveLength(before.members.length + 2);
    expect(rest).toMatchObject({ letters: before.letters, activity: before.activity });
    expect(await correct(await org.seat("di", "admin"), { invitation, address })).toMatchObject({
      ok: true,
    });
  });

  test("C10 of many who correct at once one does; against a join by the copied link one of the two wins", async () => {
    const org = await createTestOrganization();
    const won = new Set<string | null>();
    for (let round = 0; round < 12; round++) {
      const { invitation, email } = await bounced(org);
      const { code } = await secretsOf(invitation);
      const addresses = [someone("lea"), someone("ann")];
      const [joined, ...corrected] = await Promise.all([
        accept(`10.11.${round}.1`, null, { code, name: "Lea Stein", password: "lovely geese walk" }),
        ...addresses.map((address) => correct(org.owner, { invitation, address })),
      ]);
      expect([joined, ...corrected].filter(({ ok }) => ok)).toHaveLength(1);
      const { settledAs } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
      won.add(settledAs);
      expect((await org.member(email)).status).toBe(joined.ok ? "active" : "removed");
      const invited = await db().member.count({
        where: { organizationId: org.id, email: { in: addresses } },
      });
      expect(invited).toBe(joined.ok ? 0 : 1);
    }
    expect([...won].every((how) => how === "accepted" || how === "revoked")).toBe(true);
  });

  test("C10 two corrections that want each other's address, and a list with both, wait for nobody for ever", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 12; round++) {
      const [one, other] = [await bounced(org), await bounced(org)];
      const fresh = someone("lea");
      await Promise.all([
        correct(org.owner, { invitation: one.invitation, address: round % 2 ? other.email : fresh }),
        correct(org.owner, { invitation: other.invitation, address: one.email }),
        invite(org.owner, { addresses: [other.email, fresh, one.email], role: "member", policies: [] }),
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
