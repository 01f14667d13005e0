import { BOUNCE_MESSAGES, type BounceReason } from "@/lib/mail/bounces";
import { ROLE_NAMES, type Role } from "@/lib/permissions/roles";

/** The types of activity in timelines and the log (REQ-C11). */
export type ActivityType =
  | "organization-created"
  | "requested"
  | "invited"
  | "copied"
  | "resent"
  | "renewed"
  | "reminded"
  | "bounced"
  | "complained"
  | "emails-allowed"
  | "revoked"
  | "revoke-undone"
  | "accepted"
  | "declined"
  | "vouched"
  | "changed"
  | "blocked"
  | "unblocked"
  | "removed"
  | "left"
  | "confirmed"
  | "request-dismissed"
  | "renamed"
  | "address-changed"
  | "replaced"
  | "policy-created"
  | "policy-changed"
  | "policy-deleted"
  | "settings-changed"
  | "test-sent"
  | "person-erased"
  | "organization-erased";

/** The names for the filter of Activity: first a person's activity, then the organization's. */
export const ACTIVITY_TYPE_NAMES: Record<ActivityType, string> = {
  requested: "Invitation requested",
  "request-dismissed": "Request dismissed",
  invited: "Invited",
  copied: "Link or code copied",
  resent: "Invitation resent",
  renewed: "New invitation sent",
  reminded: "Reminder",
  bounced: "Email bounced",
  complained: "Email marked as spam",
  "emails-allowed": "Emails resumed",
  revoked: "Invitation revoked",
  "revoke-undone": "Revoking undone",
  accepted: "Joined",
  declined: "Declined",
  confirmed: "Address confirmed",
  vouched: "Address vouched for",
  renamed: "Name changed",
  "address-changed": "Address changed",
  replaced: "Invitation replaced",
  changed: "Role or policies changed",
  blocked: "Blocked",
  unblocked: "Unblocked",
  removed: "Removed",
  left: "Left",
  "person-erased": "Person erased",
  "policy-created": "Access policy made",
  "policy-changed": "Access policy changed",
  "policy-deleted": "Access policy deleted",
  "settings-changed": "Settings changed",
  "test-sent": "Test email sent",
  "organization-created": "Organization founded",
  "organization-erased": "Organization erased",
};

/** The names of changed settings; the log does not contain their values. */
const SETTING_NAMES: Readonly<Record<string, string>> = {
  newUserInvitations: "new user invitations",
  allowedDomains: "allowed domains",
  refusedDomains: "refused domains",
  expiryDays: "expiry",
  resendLimit: "resend limit",
  reminders: "reminders",
  replyTo: "reply-to address",
  supportAddress: "support address",
  defaultRole: "default role",
  defaultPolicies: "default access policies",
};

/**
 * The details of an entry, which contain no personal data: ids of policies separated by commas, permissions and names of
 * settings separated by spaces, and numbers as text, except those of resends.
 */
export type ActivityData = {
  [Name in
    | "added"
    | "addedOwn"
    | "asked"
    | "by"
    | "changed"
    | "corrected"
    | "from"
    | "given"
    | "hard"
    | "people"
    | "policy"
    | "reason"
    | "removed"
    | "removedOwn"
    | "renamed"
    | "request"
    | "role"
    | "shape"
    | "taken"
    | "withdrawn"
    | "withheld"]?: string;
} & { count?: number; limit?: number };

/** An entry of a timeline. */
export type TimelineEntry = {
  id: string;
  type: ActivityType;
  at: Date;
  data: ActivityData;
  /** Null if it was the person themselves, or the system. */
  actorName: string | null;
  declineReason: string | null;
  /** The names of the access policies in `data`, by id. */
  policyNames: Readonly<Record<string, string>>;
  now: Date;
};

/** Returns what to show for an entry without a member: a requester may not be one yet. */
export function fallbackActor(type: ActivityType): { person: string; actor: string } {
  const isRequest = type === "requested" || type === "request-dismissed";
  return {
    person: isRequest ? "A visitor" : "The organization",
    actor: type === "requested" ? "The visitor" : "Foyer itself",
  };
}

/** Returns the description of an entry. The caller adds the actor, if it is someone other than the person. */
export function describeActivity({
  type,
  data,
  declineReason,
  policyNames,
}: Pick<TimelineEntry, "type" | "data" | "declineReason" | "policyNames">): string {
  const as = data.role && data.role in ROLE_NAMES ? ` as ${ROLE_NAMES[data.role as Role]}` : "";
  switch (type) {
    case "organization-created":
      return "Founded the organization";
    case "invited":
      return `Invited${as}${data.asked ? ", as asked for" : ""}`;
    case "requested":
      return "Asked for an invitation";
    case "request-dismissed":
      return "Request for an invitation dismissed";
    case "copied":
      return data.shape === "code" ? "Invitation code copied" : "Invitation link copied";
    case "resent":
      return `Invitation resent, ${data.count} of ${data.limit}`;
    case "renewed":
      return data.asked ? "New invitation sent, as asked for" : "New invitation sent";
    case "reminded":
      return "Reminder, because the invitation expires soon";
    case "bounced":
      return describeBounce(data);
    case "complained":
      return "Email marked as spam by the recipient";
    case "emails-allowed":
      return "Emails to this address resumed";
    case "revoked":
      return data.corrected ? "Invitation revoked, because the address was corrected" : "Invitation revoked";
    case "revoke-undone":
      return "Revoking undone";
    case "accepted":
      return describeJoin(data, policyNames);
    case "declined":
      return declineReason ? `Declined: “${declineReason}”` : "Declined";
    case "vouched":
      return "Address vouched for";
    case "changed":
      return describeAccessChange(data, policyNames);
    case "blocked":
      return "Blocked";
    case "unblocked":
      return "Unblocked";
    case "removed":
      return "Removed";
    case "left":
      return "Left the organization";
    case "confirmed":
      return "Address confirmed from its mailbox";
    case "renamed":
      return "Changed their name";
    case "address-changed":
      return "Changed their address; both mailboxes confirmed it";
    case "replaced":
      return "Invitation replaced: the person was in already, and took this address";
    case "policy-created":
      return `Access policy made: ${listPolicyNames(data.policy, policyNames)}${describePermissionChanges(data)}`;
    case "policy-changed":
      return `Access policy changed: ${listPolicyNames(data.policy, policyNames)}${describePermissionChanges(data)}`;
    case "policy-deleted":
      return `Access policy deleted: ${listPolicyNames(data.policy, policyNames)}; ${pluralize(data.people, "person", "people")} had it`;
    case "settings-changed":
      return `Settings changed: ${listSettingNames(data.changed)}`;
    case "test-sent":
      return "Test email sent";
    case "person-erased":
      return "Personal data erased";
    case "organization-erased":
      return "Organization erased";
  }
}

type PolicyNames = TimelineEntry["policyNames"];

function describePermissionChanges({ renamed, added, addedOwn, removed, removedOwn }: ActivityData): string {
  const parts = [
    renamed ? "renamed" : "",
    ...describePermissions("added", added, addedOwn),
    ...describePermissions("removed", removed, removedOwn),
  ].filter(Boolean);
  return parts.length > 0 ? `; ${parts.join("; ")}` : "";
}

/** `builtIn`: Foyer's permissions, separated by spaces; `customCount`: how many custom permissions. */
function describePermissions(
  verb: string,
  builtIn: string | undefined,
  customCount: string | undefined,
): string[] {
  const all = [
    ...(builtIn?.split(" ") ?? []),
    ...(customCount ? [`${pluralize(customCount, "permission", "permissions")} of your product`] : []),
  ];
  return all.length > 0 ? [`${verb} ${all.join(", ")}`] : [];
}

/** Returns the names of the settings as on the Settings page. */
function listSettingNames(names = ""): string {
  return names
    .split(" ")
    .map((name) => SETTING_NAMES[name] ?? name)
    .join(", ");
}

function pluralize(number: string | undefined, one: string, many: string): string {
  return `${number ?? 0} ${number === "1" ? one : many}`;
}

const JOIN_METHODS: Record<JoinMethod, string> = {
  "mailed-link": "Joined by the mailed link",
  code: "Joined by a copied link or the code",
  "sign-in-link": "Joined by a mailed link to log in",
  "openid-connect": "Joined by logging in with a provider",
  offer: "Joined from the invitations offered after logging in",
};

function describeJoin({ by, withdrawn, withheld }: ActivityData, names: PolicyNames): string {
  const method = JOIN_METHODS[by as JoinMethod] ?? JOIN_METHODS.code;
  const notGranted = [
    withdrawn ? `the role ${ROLE_NAMES[withdrawn as Role]}` : "",
    withheld ? listPolicyNames(withheld, names) : "",
  ].filter(Boolean);
  return notGranted.length > 0
    ? `${method}; not granted, because the inviter no longer had that access: ${notGranted.join(", ")}`
    : method;
}

function describeBounce({ reason = "", hard }: ActivityData): string {
  const message = Object.hasOwn(BOUNCE_MESSAGES, reason)
    ? `: ${BOUNCE_MESSAGES[reason as BounceReason]}`
    : "";
  return `Email bounced${hard === "true" ? " permanently" : ""}${message}`;
}

function describeAccessChange({ from, role, given, taken }: ActivityData, names: PolicyNames): string {
  const changes = [
    from && role ? `role changed from ${ROLE_NAMES[from as Role]} to ${ROLE_NAMES[role as Role]}` : "",
    given ? `given ${listPolicyNames(given, names)}` : "",
    taken ? `taken away ${listPolicyNames(taken, names)}` : "",
  ].filter(Boolean);
  const text = changes.join("; ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Entries contain the ids of policies, separated by commas. */
function listPolicyNames(ids = "", names: PolicyNames): string {
  return ids
    .split(",")
    .map((id) => names[id] ?? "a policy that is gone")
    .join(", ");
}

/** How a user joined, as recorded in the timeline (REQ-C11). */
export type JoinMethod = "mailed-link" | "code" | "sign-in-link" | "openid-connect" | "offer";
