import { describe, expect, test } from "vitest";
import { BUILT_IN_POLICIES } from "@/lib/permissions/permissions";
import { resolveRights } from "@/lib/permissions/rights";
import {
  allowedMemberActions,
  assignableRolesFor,
  canChangeTo,
  canGrantPolicyTo,
  disabledMemberReason,
  removesLastOwner,
  type TargetMember,
} from "./member-actions";

const rightsWith = (role: "owner" | "admin" | "member", policyPermissions: readonly string[] = []) =>
  resolveRights({ role, addressConfirmed: true, policyPermissions });
const [owner, admin] = [rightsWith("owner"), rightsWith("admin")];
const updater = rightsWith("member", BUILT_IN_POLICIES[2]?.permissions);

const target = (subject: Partial<TargetMember> = {}): TargetMember => ({
  role: "member",
  policies: [],
  isActor: false,
  isLastOwner: false,
  ...subject,
});

describe("what a status allows", () => {
  test("F2 users can be blocked or removed, invited users revoked, and removed users invited again", () => {
    expect(allowedMemberActions("active")).toEqual(["change", "block", "remove"]);
    expect(allowedMemberActions("blocked")).toEqual(["change", "unblock", "remove"]);
    expect(allowedMemberActions("invited")).toEqual(["change", "revoke"]);
    expect(allowedMemberActions("expired")).toEqual(["change", "revoke"]);
    expect(allowedMemberActions("removed")).toEqual(["invite"]);
  });
});

describe("why an action is disabled", () => {
  test("A3 only an Owner changes, blocks or removes an Owner", () => {
    for (const action of ["change", "block", "unblock", "remove", "revoke"] as const) {
      expect(disabledMemberReason(action, admin, target({ role: "owner" }))).toBe("owners-only");
      expect(disabledMemberReason(action, owner, target({ role: "owner" }))).toBeNull();
    }
  });

  test("A3 no one acts on a user with more access, by role or by policy", () => {
    expect(disabledMemberReason("block", updater, target({ role: "admin" }))).toBe("above-you");
    const remover = target({ policies: [{ permissions: ["users:remove"], isDefault: true }] });
    expect(disabledMemberReason("block", updater, remover)).toBe("above-you");
    expect(disabledMemberReason("block", updater, target())).toBeNull();
    expect(disabledMemberReason("block", admin, remover)).toBeNull();
  });

  test("A4 no one blocks or removes themselves, but they can change their own access", () => {
    const self = target({ role: "owner", isActor: true });
    expect(disabledMemberReason("block", owner, self)).toBe("yourself");
    expect(disabledMemberReason("remove", owner, self)).toBe("yourself");
    expect(disabledMemberReason("change", owner, self)).toBeNull();
  });

  test("A4 the last Owner is neither blocked nor removed nor demoted", () => {
    const last = target({ role: "owner", isLastOwner: true });
    expect(disabledMemberReason("block", owner, last)).toBe("last-owner");
    expect(disabledMemberReason("remove", owner, last)).toBe("last-owner");
    expect(removesLastOwner(last, "admin")).toBe(true);
    expect(removesLastOwner(last, "owner")).toBe(false);
    expect(removesLastOwner({ ...last, isLastOwner: false }, "member")).toBe(false);
  });

  test("C7 the role of a removed membership does not prevent inviting again", () => {
    expect(disabledMemberReason("invite", updater, target({ role: "owner" }))).toBeNull();
  });
});

describe("the ceiling of an assignment", () => {
  test("A3 only an Owner makes an Owner, and no one grants more access than they have", () => {
    expect(assignableRolesFor(owner, target(), "member")).toEqual(["owner", "admin", "member"]);
    expect(assignableRolesFor(admin, target(), "member")).toEqual(["admin", "member"]);
    expect(assignableRolesFor(updater, target(), "member")).toEqual(["member"]);
    expect(canGrantPolicyTo(updater, target(), { permissions: ["users:block"], isDefault: false })).toBe(
      true,
    );
    expect(canGrantPolicyTo(updater, target(), { permissions: ["users:remove"], isDefault: false })).toBe(
      false,
    );
  });

  test("A3 custom permissions need roles:assign, which everyone who changes access has", () => {
    const ours = { permissions: ["catalog.sources:read"], isDefault: false };
    expect(canGrantPolicyTo(updater, target(), ours)).toBe(true);
  });

  test("A3 no one grants the organization's defaults to themselves", () => {
    const assignment = { role: "admin" as const, policies: [] };
    expect(canChangeTo(updater, target(), assignment, "admin")).toBe(true);
    expect(canChangeTo(updater, target({ isActor: true }), assignment, "admin")).toBe(false);
    const policy = { permissions: ["users:remove"], isDefault: true };
    expect(canGrantPolicyTo(updater, target(), policy)).toBe(true);
    expect(canGrantPolicyTo(updater, target({ isActor: true }), policy)).toBe(false);
  });
});
