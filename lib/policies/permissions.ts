/** Every permission Foyer itself knows (R A2). An organization's policies may also hold free strings of its own product. */
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

const known: ReadonlySet<string> = new Set(PERMISSIONS);

/** Is this one of Foyer's own permissions, not a free string of the organization's product? */
export function isPermission(text: string): text is Permission {
  return known.has(text);
}

/** What the menu of an invitation asks for. */
export const INVITATION_MOVES = [
  "invitations:create",
  "invitations:resend",
  "invitations:copy_link",
  "invitations:revoke",
] as const satisfies Permission[];

const READ: Permission[] = ["users:read", "invitations:read", "requests:read"];

/** The four policies every organization starts with (R A2). */
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
