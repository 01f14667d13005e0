import { describe, expect, test } from "vitest";
import { findProfile } from "@/lib/admin/queries/profile";
import { findUpdatedUser } from "@/lib/admin/queries/updated-user";
import { db } from "@/lib/db/client";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { removeMember } from "@/lib/members/commands/remove";
import { createTestOrganization, expireInvitation } from "@/test/factories";

describe("F2 a profile", () => {
  test("F2 contains the user, each policy with what it grants, and whether the actor can grant it", async () => {
    const org = await createTestOrganization();
    const [updater, tom] = [
      await org.addMember("updater", "member", "Update"),
      await org.addMember("tom", "member", "Read"),
    ];
    const profile = await findProfile(updater, tom.memberId);
    expect(profile).toMatchObject({
      user: { email: tom.email, role: "member", status: "active" },
      version: 1,
      roles: ["member"],
      isActor: false,
    });
    expect(
      profile?.policies.map(({ name, isAssigned, isGrantable }) => [name.slice(-8), isAssigned, isGrantable]),
    ).toEqual([
      ["(Create)", false, false],
      ["(Delete)", false, false],
      ["n (Read)", true, true],
      ["(Update)", false, true],
    ]);
    expect(profile?.policies[2]?.permissions).toEqual(["users:read", "invitations:read", "requests:read"]);
  });

  test("F2 contains the allowed actions, and why they are disabled", async () => {
    const org = await createTestOrganization();
    const [mila, updater, tom] = [
      await org.addMember("mila", "admin"),
      await org.addMember("updater", "member", "Update"),
      await org.addMember("tom"),
    ];
    const actionsOn = async (actor: typeof mila, member: string) =>
      (await findProfile(actor, member))?.actions.map(({ action, isPermitted, reason }) => [
        action,
        isPermitted,
        reason,
      ]);
    expect(await actionsOn(mila, org.owner.memberId)).toEqual([
      ["change", true, "owners-only"],
      ["block", true, "owners-only"],
      ["remove", true, "owners-only"],
    ]);
    expect(await actionsOn(updater, tom.memberId)).toEqual([
      ["change", true, null],
      ["block", true, null],
      ["remove", false, null],
    ]);
    expect(await actionsOn(updater, mila.memberId)).toMatchObject([
      ["change", true, "above-you"],
      ["block", true, "above-you"],
      ["remove", false, "above-you"],
    ]);
    expect(await actionsOn(mila, mila.memberId)).toEqual([
      ["change", true, null],
      ["block", true, "yourself"],
      ["remove", true, "yourself"],
    ]);
    const { email, invitation } = await org.invite();
    const { id } = await org.member(email);
    await expireInvitation(invitation);
    expect(await actionsOn(mila, id)).toEqual([
      ["change", true, null],
      ["revoke", true, null],
    ]);
  });

  test("A4 offers no other role for the last Owner", async () => {
    const org = await createTestOrganization();
    const own = () => findProfile(org.owner, org.owner.memberId);
    expect(await own()).toMatchObject({ isLastOwner: true, roles: ["owner"] });
    const ben = await org.addMember("ben", "owner");
    expect(await own()).toMatchObject({ isLastOwner: false, roles: ["owner", "admin", "member"] });
    await db().member.update({ where: { id: ben.memberId }, data: { addressConfirmed: false } });
    expect(await own()).toMatchObject({ isLastOwner: true });
  });

  test("C6 offers Undo for a recent revocation if the actor can revoke; C7 offers to invite a removed user again", async () => {
    const org = await createTestOrganization();
    const [samira, tom] = [await org.addMember("samira", "member", "Create"), await org.addMember("tom")];
    const { email, invitation } = await org.invite();
    const { id } = await org.member(email);
    await revokeInvitation(org.owner, { invitation });
    expect(await findProfile(org.owner, id)).toMatchObject({
      undoInvitationId: invitation,
      inviteOptions: { roles: ["owner", "admin", "member"] },
    });
    expect(await findProfile(samira, id)).toMatchObject({
      undoInvitationId: null,
      inviteOptions: { roles: ["member"] },
    });
    await removeMember(org.owner, { member: tom.memberId });
    expect(await findProfile(org.owner, tom.memberId)).toMatchObject({
      undoInvitationId: null,
      user: { status: "removed", policies: [] },
    });
  });

  test("another organization's user is not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const stranger = await other.addMember("stranger");
    expect(await findProfile(org.owner, stranger.memberId)).toBeNull();
  });

  test("an actor who gives up their own permission to read gets no profile", async () => {
    const org = await createTestOrganization();
    const samira = await org.addMember("samira", "member", "Update");
    await db().memberPolicy.deleteMany({ where: { memberId: samira.memberId } });
    expect(await findUpdatedUser(samira, samira.memberId)).toEqual({
      profile: null,
      users: [],
      invitations: [],
    });
  });
});
