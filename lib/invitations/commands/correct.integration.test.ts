import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTimelineWords } from "@/lib/activity/happenings";
import { findTimeline } from "@/lib/activity/queries";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { correct } from "@/lib/invitations/commands/correct";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { record } from "@/lib/mail/record";
import { expire, makeHouse, secretsOf, someone } from "@/lib/organizations/fixture";
import type { Role } from "@/lib/permissions/roles";

type House = Awaited<ReturnType<typeof makeHouse>>;

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

async function bounced(
  house: House,
  role: Role = "member",
  policies: string[] = [],
  by: Actor = house.owner,
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
async function everything(house: House) {
  const where = { organizationId: house.id };
  return {
    members: await db().member.findMany({ where, orderBy: { id: "asc" } }),
    invitations: await db().invitation.findMany({ where, orderBy: { id: "asc" } }),
    letters: await db().emailMessage.count({ where }),
    activity: await db().activity.count({ where }),
  };
}

describe("C10 Correct address", () => {
  test("C10 the bounced one is revoked, and the right address invited with the same role and policies", async () => {
    const house = await makeHouse();
    const policies = [await house.policy("Read"), await house.policy("Update")];
    const { invitation, email } = await bounced(house, "admin", policies);
    const address = someone("lea");
    const outcome = await correct(house.owner, {
      invitation,
      address: `Lea Stein <${address.toUpperCase()}>`,
    });
    const [wrong, right] = [await house.member(email), await house.member(address)];
    expect(outcome).toEqual({ ok: true, value: [right.id, wrong.id] });
    expect(wrong).toMatchObject({ status: "removed", invitedUntil: null });
    expect(right).toMatchObject({ status: "invited", role: "admin", grantedBy: house.owner.memberId });
    expect([...right.policyIds].sort()).toEqual([...policies].sort());
    expect(await db().invitation.findUniqueOrThrow({ where: { id: invitation } })).toMatchObject({
      settledAs: "revoked",
    });
    expect(await db().emailMessage.findMany({ where: { invitationId: right.invitationId } })).toMatchObject([
      { kind: "invitation", toAddress: address, state: "queued" },
    ]);
  });

  test("C11 the timelines tell both halves, and hold no address", async () => {
    const house = await makeHouse();
    const { invitation, email } = await bounced(house);
    const address = someone("lea");
    await correct(house.owner, { invitation, address });
    const wordsOf = async (who: string) =>
      (await findTimeline(house.owner, (await house.member(who)).id))?.map(inTimelineWords);
    expect((await wordsOf(email))?.[0]).toBe("Invitation revoked, because the address was corrected");
    expect(await wordsOf(address)).toEqual(["Invited as Member"]);
    const rows = await db().activity.findMany({ where: { organizationId: house.id } });
    expect(JSON.stringify(rows.map(({ data }) => data))).not.toContain("@");
  });

  test("C10 an expired one can be corrected too; the new one has a term of its own", async () => {
    const house = await makeHouse();
    const { invitation } = await bounced(house);
    await expire(invitation);
    const address = someone("lea");
    expect(await correct(house.owner, { invitation, address })).toMatchObject({ ok: true });
    expect((await house.member(address)).invitedUntil?.getTime()).toBeGreaterThan(Date.now());
  });

  test("C10 it answers as inviting does, and what is refused changes nothing", async () => {
    const house = await makeHouse();
    const { invitation, email } = await bounced(house);
    const blocked = await house.seat("bo");
    await db().member.update({ where: { id: blocked.memberId }, data: { status: "blocked" } });
    const waiting = await house.invite();
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
    await db().organization.update({ where: { id: house.id }, data: { refusedDomains: ["evil.test"] } });
    const before = await everything(house);
    for (const [address, reason] of [
      ["lea", "no-address"],
      [email.toUpperCase(), "same-address"],
      [house.owner.email, "already-a-user"],
      [blocked.email, "blocked"],
      [waiting.email, "already-invited"],
      [someone("lea").replace("people.test", "evil.test"), "refused-domain"],
      [full, "recipient-limit"],
    ] as const)
      expect(await correct(house.owner, { invitation, address }), address).toMatchObject({
        ok: false,
        reason,
      });
    expect(
      await correct(house.owner, { invitation: waiting.invitation, address: someone("x") }),
    ).toMatchObject({
      reason: "not-bounced",
    });
    expect(await everything(house)).toEqual(before);
  });

  test("C10 it takes the rights to invite and to revoke, the ceiling holds, and a foreign one is not found", async () => {
    const house = await makeHouse();
    const { invitation } = await bounced(house, "admin");
    const before = await everything(house);
    const address = someone("lea");
    const inviter = await house.seat("bo", "member", "Create");
    expect(await correct(inviter, { invitation, address })).toMatchObject({ reason: "rights-lost" });
    const both = await house.seat("cy", "member", "Create", "Delete");
    expect(await correct(both, { invitation, address })).toMatchObject({ reason: "above-you" });
    const other = await makeHouse();
    expect(await correct(other.owner, { invitation, address })).toMatchObject({ reason: "not-found" });
    const { members, ...rest } = await everything(house);
    expect(members).toHaveLength(before.members.length + 2);
    expect(rest).toMatchObject({ letters: before.letters, activity: before.activity });
    expect(await correct(await house.seat("di", "admin"), { invitation, address })).toMatchObject({
      ok: true,
    });
  });

  test("C10 of many who correct at once one does; against a join by the copied link one of the two wins", async () => {
    const house = await makeHouse();
    const won = new Set<string | null>();
    for (let round = 0; round < 12; round++) {
      const { invitation, email } = await bounced(house);
      const { code } = await secretsOf(invitation);
      const addresses = [someone("lea"), someone("ann")];
      const [joined, ...corrected] = await Promise.all([
        accept(`10.11.${round}.1`, null, { code, name: "Lea Stein", password: "lovely geese walk" }),
        ...addresses.map((address) => correct(house.owner, { invitation, address })),
      ]);
      expect([joined, ...corrected].filter(({ ok }) => ok)).toHaveLength(1);
      const { settledAs } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
      won.add(settledAs);
      expect((await house.member(email)).status).toBe(joined.ok ? "active" : "removed");
      const invited = await db().member.count({
        where: { organizationId: house.id, email: { in: addresses } },
      });
      expect(invited).toBe(joined.ok ? 0 : 1);
    }
    expect([...won].every((how) => how === "accepted" || how === "revoked")).toBe(true);
  });

  test("C10 two corrections that want each other's address, and a list with both, wait for nobody for ever", async () => {
    const house = await makeHouse();
    for (let round = 0; round < 12; round++) {
      const [one, other] = [await bounced(house), await bounced(house)];
      const fresh = someone("lea");
      await Promise.all([
        correct(house.owner, { invitation: one.invitation, address: round % 2 ? other.email : fresh }),
        correct(house.owner, { invitation: other.invitation, address: one.email }),
        invite(house.owner, { addresses: [other.email, fresh, one.email], role: "member", policies: [] }),
      ]);
      const open = await db().invitation.groupBy({
        by: ["email"],
        where: { organizationId: house.id, settledAs: null },
        _count: true,
      });
      expect(open.every(({ _count }) => _count === 1)).toBe(true);
    }
  });
});
