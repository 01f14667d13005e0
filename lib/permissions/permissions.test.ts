import { describe, expect, test } from "vitest";
import {
  BUILT_IN_POLICIES,
  badPermission,
  groupsOf,
  ownOf,
  PERMISSION_MESSAGES,
  PERMISSIONS,
} from "./permissions";

describe("permissions of the organization's own product", () => {
  test.each(["catalog.sources:read", "catalog:*", "a:b:c", "Billing.Invoices:send-all", "user-groups:read"])(
    "%s can be one",
    (text) => expect(badPermission(text)).toBeNull(),
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
  ])("%j has not the shape of one", (text) => expect(badPermission(text)).toBe("permission-shape"));

  test("one of more than 100 characters is too long", () => {
    expect(badPermission(`catalog:${"r".repeat(92)}`)).toBeNull();
    expect(badPermission(`catalog:${"r".repeat(93)}`)).toBe("permission-long");
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
  ])("%s is one of Foyer's own typed wrongly, and refused as that", (text) =>
    expect(badPermission(text)).toBe("permission-of-foyer"),
  );

  test.each(["audio:read", "rules:assign", "losers:see", "posters:update"])(
    "%s only sounds like one of Foyer's",
    (text) => expect(badPermission(text)).toBeNull(),
  );

  test.each(PERMISSIONS)("Foyer's own %s is no mistake", (one) => expect(badPermission(one)).toBeNull());
});

test("A2 every permission has its sentence and its noun, and none is lost in the groups", () => {
  expect(
    groupsOf(PERMISSIONS)
      .flatMap(({ permissions }) => permissions)
      .sort(),
  ).toEqual(Object.keys(PERMISSION_MESSAGES).sort());
  expect(ownOf(["users:read", "catalog.sources:read"])).toEqual(["catalog.sources:read"]);
});

test("A2 the four built-in policies hold what the requirements say", () => {
  const read = ["users:read", "invitations:read", "requests:read"];
  const holds = Object.fromEntries(
    BUILT_IN_POLICIES.map(({ name, permissions }) => [
      name,
      permissions.filter((one) => !read.includes(one)),
    ]),
  );
  expect(holds).toEqual({
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
