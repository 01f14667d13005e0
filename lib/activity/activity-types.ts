import { BOUNCE_MESSAGES, type BounceReason } from "@/lib/mail/bounces";
import { ROLE_NAMES, type Role } from "@/lib/permissions/roles";

/** What a timeline tells of (REQ-C11). */
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

/** Each by itself, for the filter of Activity, in the order of a person's and then the organization's life. */
export const HAPPENING_NAMES: Record<ActivityType, string> = {
  requested: "Invitation requested",
  "request-dismissed": "Request dismissed",
  invited: "Invited",
  copied: "Link or code copied",
  resent: "Invitation resent",
  renewed: "New invitation sent",
  reminded: "Reminder",
  bounced: "Letter bounced",
  complained: "Letter marked as spam",
  "emails-allowed": "Letters allowed again",
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

/** What the settings are called in the log: it names those that were changed, without their values. */
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

/** One line of a timeline. */
export type TimelineEntry = {
  id: string;
  type: ActivityType;
  at: Date;
  data: Record<string, string>;
  /** Null: done by the person themselves, or by nobody in particular. */
  actorName: string | null;
  declineReason: string | null;
  /** The names of the access policies it speaks of, by their ids; one that is gone has none. */
  policyNames: Readonly<Record<string, string>>;
  now: Date;
};

/** Who is meant where an entry names nobody: whoever asks for an invitation may have no place here yet. */
export function fallbackActor(type: ActivityType): { person: string; actor: string } {
  const isRequest = type === "requested" || type === "request-dismissed";
  return {
    person: isRequest ? "A visitor" : "The organization",
    actor: type === "requested" ? "The visitor" : "Foyer itself",
  };
}

/** The entry in words. Who did it stands behind it, where somebody else did. */
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
      return bouncedWords(data);
    case "complained":
      return "Letter marked as spam by its reader";
    case "emails-allowed":
      return "Letters to this address allowed again";
    case "revoked":
      return data.corrected ? "Invitation revoked, because the address was corrected" : "Invitation revoked";
    case "revoke-undone":
      return "Revoking undone";
    case "accepted":
      return acceptedWords(data, policyNames);
    case "declined":
      return declineReason ? `Declined: “${declineReason}”` : "Declined";
    case "vouched":
      return "Address vouched for";
    case "changed":
      return changedWords(data, policyNames);
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
      return `Access policy made: ${policiesIn(data.policy, policyNames)}${grantsOf(data)}`;
    case "policy-changed":
      return `Access policy changed: ${policiesIn(data.policy, policyNames)}${grantsOf(data)}`;
    case "policy-deleted":
      return `Access policy deleted: ${policiesIn(data.policy, policyNames)}; ${count(data.people, "person", "people")} had it`;
    case "settings-changed":
      return `Settings changed: ${settingsIn(data.changed)}`;
    case "test-sent":
      return "Test email sent";
    case "person-erased":
      return "Personal data erased";
    case "organization-erased":
      return "Organization erased";
  }
}

type Names = TimelineEntry["policyNames"];

function grantsOf({ renamed, added, addedOwn, removed, removedOwn }: Record<string, string>): string {
  const parts = [
    renamed ? "renamed" : "",
    ...parted("added", added, addedOwn),
    ...parted("removed", removed, removedOwn),
  ].filter(Boolean);
  return parts.length > 0 ? `; ${parts.join("; ")}` : "";
}

function parted(verb: string, ours: string | undefined, own: string | undefined): string[] {
  const all = [
    ...(ours?.split(" ") ?? []),
    ...(own ? [`${count(own, "permission", "permissions")} of your product`] : []),
  ];
  return all.length > 0 ? [`${verb} ${all.join(", ")}`] : [];
}

/** The settings by the words of their page. */
function settingsIn(names = ""): string {
  return names
    .split(" ")
    .map((name) => SETTING_NAMES[name] ?? name)
    .join(", ");
}

function count(number: string | undefined, one: string, many: string): string {
  return `${number ?? 0} ${number === "1" ? one : many}`;
}

const JOINED_BY: Record<JoinedBy, string> = {
  "mailed-link": "Joined by the mailed link",
  code: "Joined by a copied link or the code",
  "sign-in-link": "Joined by a mailed link to log in",
  "openid-connect": "Joined by logging in with a provider",
  offer: "Joined from the invitations offered after logging in",
};

function acceptedWords({ by, withdrawn, withheld }: Record<string, string>, names: Names): string {
  const how = JOINED_BY[by as JoinedBy] ?? JOINED_BY.code;
  const lost = [
    withdrawn ? `the role ${ROLE_NAMES[withdrawn as Role]}` : "",
    withheld ? policiesIn(withheld, names) : "",
  ].filter(Boolean);
  return lost.length > 0
    ? `${how}; withheld, because whoever gave it could no longer give it: ${lost.join(", ")}`
    : how;
}

function bouncedWords({ reason = "", hard }: Record<string, string>): string {
  const why = Object.hasOwn(BOUNCE_MESSAGES, reason) ? `: ${BOUNCE_MESSAGES[reason as BounceReason]}` : "";
  return `Letter bounced${hard === "true" ? " for good" : ""}${why}`;
}

function changedWords({ from, role, given, taken }: Record<string, string>, names: Names): string {
  const changes = [
    from && role ? `role changed from ${ROLE_NAMES[from as Role]} to ${ROLE_NAMES[role as Role]}` : "",
    given ? `given ${policiesIn(given, names)}` : "",
    taken ? `taken away ${policiesIn(taken, names)}` : "",
  ].filter(Boolean);
  const words = changes.join("; ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The names are joined at reading: entries hold ids. */
function policiesIn(ids = "", names: Names): string {
  return ids
    .split(",")
    .map((id) => names[id] ?? "a policy that is gone")
    .join(", ");
}

/** By what somebody joins; the timeline says it (REQ-C11). */
export type JoinedBy = "mailed-link" | "code" | "sign-in-link" | "openid-connect" | "offer";
