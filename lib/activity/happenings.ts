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
  | "vouched";

/** One line of a timeline. */
export type TimelineEntry = {
  id: string;
  what: Happening;
  at: Date;
  data: Record<string, string>;
  /** Null: done by the person themselves, or by nobody in particular. */
  actorName: string | null;
  declineReason: string | null;
  now: Date;
};

/** The entry in words. Who did it stands behind it, where somebody else did. */
export function inTimelineWords({
  what,
  data,
  declineReason,
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
      return acceptedWords(data);
    case "declined":
      return declineReason ? `Declined: “${declineReason}”` : "Declined";
    case "vouched":
      return "Address vouched for";
  }
}

function acceptedWords({ by, withdrawn }: Record<string, string>): string {
  const how = by === "mailed-link" ? "Joined by the mailed link" : "Joined by a copied link or the code";
  const lost = withdrawn
    ? `; what came with ${ROLE_NAMES[withdrawn as Role]} was withheld, because whoever gave it could no longer give it`
    : "";
  return how + lost;
}
