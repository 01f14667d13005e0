/**
 * Foyer's own permissions (REQ-A2). An organization's policies can also contain custom permissions: free
 * strings for the organization's own product.
 */
export const PERMISSIONS = [
  "users:read",
  "users:update",
  "users:block",
  "users:remove",
  "roles:assign",
  "policies:manage",
  "invitations:read",
  "invitations:create",
  "invitations:resend",
  "invitations:copy_link",
  "invitations:revoke",
  "requests:read",
  "requests:approve",
  "requests:dismiss",
  "settings:update",
  "audit:read",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS);

/** Returns true for one of Foyer's own permissions, false for a custom one. */
export function isPermission(text: string): text is Permission {
  return KNOWN.has(text);
}

/** What permissions are about: the part of their name before the colon. */
const RESOURCES = ["users", "roles", "policies", "invitations", "requests", "settings", "audit"] as const;

export type Resource = (typeof RESOURCES)[number];

/** Returns Foyer's own permissions among these, grouped by resource, in the order of `PERMISSIONS`. */
export function groupByResource(
  permissions: readonly string[],
): { resource: Resource; permissions: Permission[] }[] {
  return RESOURCES.flatMap((resource) => {
    const group = PERMISSIONS.filter(
      (permission) => permission.startsWith(`${resource}:`) && permissions.includes(permission),
    );
    return group.length > 0 ? [{ resource, permissions: group }] : [];
  });
}

/**
 * Returns the custom permissions among these. Foyer stores them and returns them to the organization's
 * product.
 */
export function pickCustomPermissions(permissions: readonly string[]): string[] {
  return permissions.filter((permission) => !isPermission(permission));
}

/** Why a text cannot be a custom permission; `lib/policies/messages.ts` has the messages. */
export type InvalidPermission = "permission-shape" | "permission-long" | "permission-of-foyer";

/** Custom permissions per policy. */
export const MAX_CUSTOM_PERMISSIONS = 50;
/** In characters. */
const MAX_PERMISSION_LENGTH = 100;

const SEGMENT = "[A-Za-z0-9*](?:[A-Za-z0-9*._/-]*[A-Za-z0-9*])?";
const FORMAT = new RegExp(`^${SEGMENT}(?::${SEGMENT})+$`);

/**
 * Returns why a text is not a valid custom permission, or null if it is valid. The format is
 * `catalog.sources:read`. The names of Foyer's own resources are reserved: `users:raed` or `User:read` is a
 * mistyped permission of Foyer and would silently grant nothing.
 */
export function validateCustomPermission(text: string): InvalidPermission | null {
  if (isPermission(text)) return null;
  if (text.length > MAX_PERMISSION_LENGTH) return "permission-long";
  const resource = (text.split(":")[0] ?? "").toLowerCase();
  if (text.includes(":") && RESOURCES.some((reserved) => isTypoOf(reserved, resource)))
    return "permission-of-foyer";
  return FORMAT.test(text) ? null : "permission-shape";
}

/** Returns true for the same word, its singular or plural, and, for long words, one edit away from it. */
function isTypoOf(resource: string, typed: string): boolean {
  const forms = [resource, `${resource}s`, resource.replace(/s$/, ""), resource.replace(/ies$/, "y")];
  if (forms.includes(typed)) return true;
  return resource.length >= 8 && typed.length >= 7 && isOneEditApart(resource, typed);
}

/**
 * Returns true if one insertion, deletion, substitution or swap of neighbors turns one word into the other.
 */
function isOneEditApart(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [a, b] = [one.slice(start), other.slice(start)];
  const swapped = a.length > 1 && b === `${a[1]}${a[0]}${a.slice(2)}`;
  return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || swapped;
}

/** The permissions that an invitation's menu depends on. */
export const INVITATION_PERMISSIONS = [
  "invitations:create",
  "invitations:resend",
  "invitations:copy_link",
  "invitations:revoke",
  "users:update",
] as const satisfies Permission[];

const READ: Permission[] = ["users:read", "invitations:read", "requests:read"];

/** The four policies that every organization starts with (REQ-A2). */
export const BUILT_IN_POLICIES: readonly { name: string; permissions: Permission[] }[] = [
  { name: "Manage access for organization (Read)", permissions: READ },
  {
    name: "Manage access for organization (Create)",
    permissions: [
      ...READ,
      "invitations:create",
      "invitations:resend",
      "invitations:copy_link",
      "requests:approve",
      "requests:dismiss",
    ],
  },
  {
    name: "Manage access for organization (Update)",
    permissions: [...READ, "users:update", "users:block", "roles:assign"],
  },
  {
    name: "Manage access for organization (Delete)",
    permissions: [...READ, "invitations:revoke", "users:remove"],
  },
];
