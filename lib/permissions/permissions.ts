/** Every permission Foyer itself knows (REQ-A2). An organization's policies may also hold free strings of its own product. */
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

/** What each lets somebody do: in a word or two beside its noun, and as a sentence for whoever gives it. */
export const PERMISSION_MESSAGES: Record<Permission, { short: string; sentence: string }> = {
  "users:read": { short: "see", sentence: "See users with their roles and access policies." },
  "users:update": { short: "change", sentence: "Change what is kept of users." },
  "users:block": { short: "block", sentence: "Block and unblock users." },
  "users:remove": { short: "remove", sentence: "Remove users from the organization." },
  "roles:assign": {
    short: "assign",
    sentence: "Give and take roles, access policies, and permissions of your own product.",
  },
  "policies:manage": { short: "manage", sentence: "Make, change and delete access policies." },
  "invitations:read": { short: "see", sentence: "See invitations and what happened to them." },
  "invitations:create": {
    short: "send",
    sentence: "Invite people, and send a new invitation for an expired one.",
  },
  "invitations:resend": { short: "resend", sentence: "Send an invitation again." },
  "invitations:copy_link": { short: "copy", sentence: "Copy the link or the code of an invitation." },
  "invitations:revoke": { short: "revoke", sentence: "Take an invitation back." },
  "requests:read": { short: "see", sentence: "See who asks for an invitation." },
  "requests:approve": { short: "approve", sentence: "Answer a request with an invitation." },
  "requests:dismiss": { short: "dismiss", sentence: "Dismiss a request." },
  "settings:update": { short: "change", sentence: "Change the organization's settings." },
  "audit:read": { short: "see", sentence: "See and export everything done in the organization." },
};

const NOUN_NAMES: Record<string, string> = {
  users: "Users",
  roles: "Roles",
  policies: "Access policies",
  invitations: "Invitations",
  requests: "Invitation requests",
  settings: "Settings",
  audit: "Activity",
};

/** Foyer's permissions among these, by their nouns, in the order of the list above. */
export function groupsOf(permissions: readonly string[]): { noun: string; permissions: Permission[] }[] {
  return Object.entries(NOUN_NAMES).flatMap(([prefix, noun]) => {
    const these = PERMISSIONS.filter((one) => one.startsWith(`${prefix}:`) && permissions.includes(one));
    return these.length > 0 ? [{ noun, permissions: these }] : [];
  });
}

/** The free strings among these: permissions of the organization's own product, which Foyer stores and hands on. */
export function ownOf(permissions: readonly string[]): string[] {
  return permissions.filter((one) => !isPermission(one));
}

/** Why a text cannot be a permission of the organization's own product; worded in messages.ts. */
export type BadPermission = "permission-shape" | "permission-long" | "permission-of-foyer";

/** So many free strings a policy holds at most, each so long. */
export const MOST_OWN_PERMISSIONS = 50;
const LONGEST_PERMISSION = 100;

const PART = "[A-Za-z0-9*](?:[A-Za-z0-9*._/-]*[A-Za-z0-9*])?";
const SHAPE = new RegExp(`^${PART}(?::${PART})+$`);

/**
 * What is wrong with a free string; null: nothing. It has the shape `catalog.sources:read`. Foyer's own nouns are
 * Foyer's: `users:raed` or `User:read` is one of Foyer's permissions typed wrongly, and would grant nothing in silence.
 */
export function badPermission(text: string): BadPermission | null {
  if (isPermission(text)) return null;
  if (text.length > LONGEST_PERMISSION) return "permission-long";
  const noun = (text.split(":")[0] ?? "").toLowerCase();
  if (text.includes(":") && Object.keys(NOUN_NAMES).some((ours) => isSlipOf(ours, noun)))
    return "permission-of-foyer";
  return SHAPE.test(text) ? null : "permission-shape";
}

/** The same noun, its singular or plural, or, for long ones that nobody types by chance, with one letter amiss. */
function isSlipOf(noun: string, typed: string): boolean {
  if ([noun, `${noun}s`, noun.replace(/s$/, ""), noun.replace(/ies$/, "y")].includes(typed)) return true;
  return noun.length >= 8 && typed.length >= 7 && oneLetterApart(noun, typed);
}

/** Do two words differ by a letter more, a letter less, another letter, or two that changed places? */
function oneLetterApart(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [a, b] = [one.slice(start), other.slice(start)];
  const swapped = a.length > 1 && b === `${a[1]}${a[0]}${a.slice(2)}`;
  return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || swapped;
}

/** What the menu of an invitation asks for. */
export const INVITATION_MOVES = [
  "invitations:create",
  "invitations:resend",
  "invitations:copy_link",
  "invitations:revoke",
  "users:update",
] as const satisfies Permission[];

const READ: Permission[] = ["users:read", "invitations:read", "requests:read"];

/** The four policies every organization starts with (REQ-A2). */
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
