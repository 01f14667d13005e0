import { describe, expect, test } from "vitest";
import { BUILT_IN_POLICIES } from "@/lib/permissions/permissions";
import { rightsOf } from "@/lib/permissions/rights";
import { makesOwnerless, mayGivePolicy, mayMake, movesOf, obstacleTo, rolesFor, type Subject } from "./moves";

const holding = (role: "owner" | "admin" | "member", policyPermissions: readonly string[] = []) =>
  rightsOf({ role, addressConfirmed: true, policyPermissions });
const [owner, admin] = [holding("owner"), holding("admin")];
const updater = holding("member", BUILT_IN_POLICIES[2]?.permissions);

const somebody = (subject: Partial<Subject> = {}): Subject => ({
  role: "member",
  policies: [],
  isActor: false,
  isLastOwner: false,
  ...subject,
});

describe("what a status allows", () => {
  test("F2 whoever is in can be blocked or removed; who is invited is revoked instead, who was removed invited again", () => {
    expect(movesOf("active")).toEqual(["change", "block", "remove"]);
    expect(movesOf("blocked")).toEqual(["change", "unblock", "remove"]);
    expect(movesOf("invited")).toEqual(["change", "revoke"]);
    expect(movesOf("expired")).toEqual(["change", "revoke"]);
    expect(movesOf("removed")).toEqual(["invite"]);
  });
});

describe("who is out of reach", () => {
  test("A3 only an Owner changes, blocks or removes an Owner", () => {
    for (const move of ["change", "block", "unblock", "remove", "revoke"] as const) {
      expect(obstacleTo(move, admin, somebody({ role: "owner" }))).toBe("owners-only");
      expect(obstacleTo(move, owner, somebody({ role: "owner" }))).toBeNull();
    }
  });

  test("A3 nobody touches a person who holds more than they do, by role or by policy", () => {
    expect(obstacleTo("block", updater, somebody({ role: "admin" }))).toBe("above-you");
    const remover = somebody({ policies: [{ permissions: ["users:remove"], isDefault: true }] });
    expect(obstacleTo("block", updater, remover)).toBe("above-you");
    expect(obstacleTo("block", updater, somebody())).toBeNull();
    expect(obstacleTo("block", admin, remover)).toBeNull();
  });

  test("A4 nobody blocks or removes themselves, but may change what they hold", () => {
    const self = somebody({ role: "owner", isActor: true });
    expect(obstacleTo("block", owner, self)).toBe("yourself");
    expect(obstacleTo("remove", owner, self)).toBe("yourself");
    expect(obstacleTo("change", owner, self)).toBeNull();
  });

  test("A4 the last Owner is neither blocked nor removed nor demoted", () => {
    const last = somebody({ role: "owner", isLastOwner: true });
    expect(obstacleTo("block", owner, last)).toBe("last-owner");
    expect(obstacleTo("remove", owner, last)).toBe("last-owner");
    expect(makesOwnerless(last, "admin")).toBe(true);
    expect(makesOwnerless(last, "owner")).toBe(false);
    expect(makesOwnerless({ ...last, isLastOwner: false }, "member")).toBe(false);
  });

  test("C7 what somebody held before they were removed keeps nobody from inviting them again", () => {
    expect(obstacleTo("invite", updater, somebody({ role: "owner" }))).toBeNull();
  });
});

describe("what can be made of somebody", () => {
  test("A3 only an Owner makes an Owner, and nobody gives more than they hold", () => {
    expect(rolesFor(owner, somebody(), "member")).toEqual(["owner", "admin", "member"]);
    expect(rolesFor(admin, somebody(), "member")).toEqual(["admin", "member"]);
    expect(rolesFor(updater, somebody(), "member")).toEqual(["member"]);
    expect(mayGivePolicy(updater, somebody(), { permissions: ["users:block"], isDefault: false })).toBe(true);
    expect(mayGivePolicy(updater, somebody(), { permissions: ["users:remove"], isDefault: false })).toBe(
      false,
    );
  });

  test("A3 free strings need roles:assign, which whoever changes anybody holds", () => {
    const ours = { permissions: ["catalog.sources:read"], isDefault: false };
    expect(mayGivePolicy(updater, somebody(), ours)).toBe(true);
  });

  test("A3 the defaults are for others: nobody raises themselves by them", () => {
    const gift = { role: "admin" as const, policies: [] };
    expect(mayMake(updater, somebody(), gift, "admin")).toBe(true);
    expect(mayMake(updater, somebody({ isActor: true }), gift, "admin")).toBe(false);
    const policy = { permissions: ["users:remove"], isDefault: true };
    expect(mayGivePolicy(updater, somebody(), policy)).toBe(true);
    expect(mayGivePolicy(updater, somebody({ isActor: true }), policy)).toBe(false);
  });
});
