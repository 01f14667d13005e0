import { describe, expect, test } from "vitest";
import { BUILT_IN_POLICIES, PERMISSIONS } from "@/lib/permissions/permissions";
import { assignableRoles, canGrant, effectivePermissions, resolveRights } from "./rights";

const create = BUILT_IN_POLICIES[1]?.permissions ?? [];
const owner = resolveRights({ role: "owner", addressConfirmed: true, policyPermissions: [] });
const admin = resolveRights({ role: "admin", addressConfirmed: true, policyPermissions: [] });
const inviter = resolveRights({ role: "member", addressConfirmed: true, policyPermissions: create });

describe("the ceiling", () => {
  test("only an Owner makes an Owner", () => {
    expect(assignableRoles(owner, "member")).toEqual(["owner", "admin", "member"]);
    expect(assignableRoles(admin, "member")).toEqual(["admin", "member"]);
    expect(assignableRoles(inviter, "member")).toEqual(["member"]);
  });

  test("no one grants a permission they do not have, nor a custom one without roles:assign", () => {
    const policy = (...permissions: string[]) => ({
      role: "member" as const,
      policies: [{ permissions, isDefault: false }],
    });
    expect(canGrant(inviter, policy("invitations:create"), "member")).toBe(true);
    expect(canGrant(inviter, policy("users:remove"), "member")).toBe(false);
    expect(canGrant(inviter, policy("catalog.sources:read"), "member")).toBe(false);
    expect(canGrant(admin, policy("catalog.sources:read"), "member")).toBe(true);
  });

  test("any inviter can grant the organization's default role and policies", () => {
    const assignment = {
      role: "admin" as const,
      policies: [{ permissions: ["users:remove"], isDefault: true }],
    };
    expect(canGrant(inviter, assignment, "admin")).toBe(true);
    expect(canGrant(inviter, assignment, "member")).toBe(false);
  });
});

test("D9 an Admin without a confirmed address has the rights of a Member", () => {
  const rights = resolveRights({ role: "admin", addressConfirmed: false, policyPermissions: create });
  expect(rights.role).toBe("member");
  expect([...rights.permissions]).toEqual([]);
});

describe("the sources of a permission", () => {
  const read = { name: "Read", permissions: ["users:read", "invitations:read"] };

  test("F2 each permission names all its sources", () => {
    const wide = { name: "Wide", permissions: ["users:read", "users:block", "catalog.sources:read"] };
    expect(effectivePermissions("member", [read, wide])).toEqual([
      { role: null, policies: ["Read", "Wide"], permissions: ["users:read"] },
      { role: null, policies: ["Wide"], permissions: ["users:block", "catalog.sources:read"] },
      { role: null, policies: ["Read"], permissions: ["invitations:read"] },
    ]);
  });

  test("F2 an Admin has every permission by the role, a Member without policies has none", () => {
    expect(effectivePermissions("admin", [])).toEqual([
      { role: "admin", policies: [], permissions: [...PERMISSIONS] },
    ]);
    expect(effectivePermissions("admin", [read])[0]).toEqual({
      role: "admin",
      policies: ["Read"],
      permissions: read.permissions,
    });
    expect(effectivePermissions("member", [])).toEqual([]);
  });
});
