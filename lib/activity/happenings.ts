import { ROLE_NAMES, type Role } from "@/lib/members/roles";

/** What a timeline tells of (R C11). */
export type Happening =
  | "founded"
  | "invited"
  | "copied"
  | "resent"
  | "renewed"
  | "revoked"
  | "revoke-undone"
  | "accepted"
  | "declined"
  | "vouched"
  | "changed"
  | "blocked"
  | "unblocked"
  | "removed"
  | "left";

/** One line of a timeline. */
export type TimelineEntry = {
  id: string;
  what: Happening;
  at: Date;
  data: Record<string, string>;
  /** Null: done by the person themselves, or by nobody in particular. */
  actorName: string | null;
  declineReason: string | null;
  /** The names of the access policies it speaks of, by their ids; one that is gone has none. */
  policyNames: Readonly<Record<string, string>>;
  now: Date;
};

/** The entry in words. Who did it stands behind it, where somebody else did. */
export function inTimelineWords({
  what,
  data,
  declineReason,
  policyNames,
}: Omit<TimelineEntry, "id" | "at" | "now">): string {
  const as = data.role && data.role in ROLE_NAMES ? ` as ${ROLE_NAMES[data.role as Role]}` : "";
  switch (what) {
    case "founded":
      return "Founded the organization";
    case "invited":
      return `Invited${as}`;
    case "copied":
      return data.shape === "code" ? "Invitation code copied" : "Invitation link copied";
    case "resent":
      return `Invitation resent, ${data.count} of ${data.limit}`;
    case "renewed":
      return "New invitation sent";
    case "revoked":
      return "Invitation revoked";
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
  }
}

type Names = TimelineEntry["policyNames"];

function acceptedWords({ by, withdrawn, withheld }: Record<string, string>, names: Names): string {
  const how = by === "mailed-link" ? "Joined by the mailed link" : "Joined by a copied link or the code";
  const lost = [
    withdrawn ? `the role ${ROLE_NAMES[withdrawn as Role]}` : "",
    withheld ? policiesIn(withheld, names) : "",
  ].filter(Boolean);
  return lost.length > 0
    ? `${how}; withheld, because whoever gave it could no longer give it: ${lost.join(", ")}`
    : how;
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

function policiesIn(ids: string, names: Names): string {
  return ids
    .split(",")
    .map((id) => names[id] ?? "a policy that is gone")
    .join(", ");
}
