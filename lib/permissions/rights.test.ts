import { describe, expect, test } from "vitest";
import { BUILT_IN_POLICIES, PERMISSIONS } from "@/lib/permissions/permissions";
import { grantsOf, mayGive, rightsOf, rolesToGive } from "./rights";

const create = BUILT_IN_POLICIES[1]?.permissions ?? [];
const owner = rightsOf({ role: "owner", addressConfirmed: true, policyPermissions: [] });
const admin = rightsOf({ role: "admin", addressConfirmed: true, policyPermissions: [] });
const inviter = rightsOf({ role: "member", addressConfirmed: true, policyPermissions: create });

describe("the ceiling", () => {
  test("only an Owner makes an Owner", () => {
    expect(rolesToGive(owner, "member")).toEqual(["owner", "admin", "member"]);
    expect(rolesToGive(admin, "member")).toEqual(["admin", "member"]);
    expect(rolesToGive(inviter, "member")).toEqual(["member"]);
  });

  test("nobody gives a permission they do not hold, nor a free string without roles:assign", () => {
    const policy = (...permissions: string[]) => ({
      role: "member" as const,
      policies: [{ permissions, isDefault: false }],
    });
    expect(mayGive(inviter, policy("invitations:create"), "member")).toBe(true);
    expect(mayGive(inviter, policy("users:remove"), "member")).toBe(false);
    expect(mayGive(inviter, policy("catalog.sources:read"), "member")).toBe(false);
    expect(mayGive(admin, policy("catalog.sources:read"), "member")).toBe(true);
  });

  test("the organization's default role and policies may be given by any inviter", () => {
    const gift = { role: "admin" as const, policies: [{ permissions: ["users:remove"], isDefault: true }] };
    expect(mayGive(inviter, gift, "admin")).toBe(true);
    expect(mayGive(inviter, gift, "member")).toBe(false);
  });
});

test("D9 without a confirmed address an Admin has Member's rights", () => {
  const rights = rightsOf({ role: "admin", addressConfirmed: false, policyPermissions: create });
  expect(rights.role).toBe("member");
  expect([...rights.permissions]).toEqual([]);
});

describe("where a permission comes from", () => {
  const read = { name: "Read", permissions: ["users:read", "invitations:read"] };

  test("F2 each permission names all its sources", () => {
    const wide = { name: "Wide", permissions: ["users:read", "users:block", "catalog.sources:read"] };
    expect(grantsOf("member", [read, wide])).toEqual([
      { from: ["Read", "Wide"], permissions: ["users:read"] },
      { from: ["Wide"], permissions: ["users:block", "catalog.sources:read"] },
      { from: ["Read"], permissions: ["invitations:read"] },
    ]);
  });

  test("F2 an Admin holds all by the role; a Member without policies nothing", () => {
    expect(grantsOf("admin", [])).toEqual([{ from: ["the role Admin"], permissions: [...PERMISSIONS] }]);
    expect(grantsOf("admin", [read])[0]).toEqual({
      from: ["the role Admin", "Read"],
      permissions: read.permissions,
    });
    expect(grantsOf("member", [])).toEqual([]);
  });
});
