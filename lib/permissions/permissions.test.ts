import { describe, expect, test } from "vitest";
import {
  BUILT_IN_POLICIES,
  groupByResource,
  PERMISSIONS,
  pickCustomPermissions,
  validateCustomPermission,
} from "./permissions";

describe("custom permissions", () => {
  test.each(["catalog.sources:read", "catalog:*", "a:b:c", "Billing.Invoices:send-all", "user-groups:read"])(
    "%s is valid",
    (text) => expect(validateCustomPermission(text)).toBeNull(),
  );

  test.each([
    "",
    "read",
    "catalog.sources",
    "catalog sources:read",
    ":read",
    "catalog:",
    "<b>:x",
    "a:b\u200bc",
  ])("%j does not have the format of a permission", (text) =>
    expect(validateCustomPermission(text)).toBe("permission-shape"),
  );

  test("more than 100 characters are too long", () => {
    expect(validateCustomPermission(`catalog:${"r".repeat(92)}`)).toBeNull();
    expect(validateCustomPermission(`catalog:${"r".repeat(93)}`)).toBe("permission-long");
  });

  test.each([
    "users:raed",
    "Users:read",
    "user:read",
    "USERS:READ",
    "invitations:Create",
    "invitation:create",
    "invitatons:create",
    "inivtations:create",
    "policy:manage",
    "setting:update",
    "audit:raed",
  ])("%s is refused as a typo of one of Foyer's own permissions", (text) =>
    expect(validateCustomPermission(text)).toBe("permission-of-foyer"),
  );

  test.each(["audio:read", "rules:assign", "losers:see", "posters:update"])(
    "%s only resembles one of Foyer's own and is valid",
    (text) => expect(validateCustomPermission(text)).toBeNull(),
  );

  test.each(PERMISSIONS)("Foyer's own %s is valid", (permission) =>
    expect(validateCustomPermission(permission)).toBeNull(),
  );
});

test("A2 every permission belongs to a resource", () => {
  expect(
    groupByResource(PERMISSIONS)
      .flatMap(({ permissions }) => permissions)
      .sort(),
  ).toEqual([...PERMISSIONS].sort());
  expect(pickCustomPermissions(["users:read", "catalog.sources:read"])).toEqual(["catalog.sources:read"]);
});

test("A2 the four built-in policies grant what the requirements say", () => {
  const read = ["users:read", "invitations:read", "requests:read"];
  const granted = Object.fromEntries(
    BUILT_IN_POLICIES.map(({ name, permissions }) => [
      name,
      permissions.filter((permission) => !read.includes(permission)),
    ]),
  );
  expect(granted).toEqual({
    "Manage access for organization (Read)": [],
    "Manage access for organization (Create)": [
      "invitations:create",
      "invitations:resend",
      "invitations:copy_link",
      "requests:approve",
      "requests:dismiss",
    ],
    "Manage access for organization (Update)": ["users:update", "users:block", "roles:assign"],
    "Manage access for organization (Delete)": ["invitations:revoke", "users:remove"],
  });
  for (const { permissions } of BUILT_IN_POLICIES) expect(permissions).toEqual(expect.arrayContaining(read));
});
