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
  | "confirmed"
  | "policy-created"
  | "policy-changed"
  | "policy-deleted"
  | "person-erased"
  | "organization-erased";

/** Each by itself, for the filter of Activity, in the order of a person's and then the organization's life. */
export const HAPPENING_NAMES: Record<Happening, string> = {
  invited: "Invited",
  copied: "Link or code copied",
  resent: "Invitation resent",
  renewed: "New invitation sent",
  revoked: "Invitation revoked",
  "revoke-undone": "Revoking undone",
  accepted: "Joined",
  declined: "Declined",
  confirmed: "Address confirmed",
  vouched: "Address vouched for",
  "person-erased": "Person erased",
  "policy-created": "Access policy made",
  "policy-changed": "Access policy changed",
  "policy-deleted": "Access policy deleted",
  founded: "Organization founded",
  "organization-erased": "Organization erased",
};

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
}: Pick<TimelineEntry, "what" | "data" | "declineReason">): string {
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
    case "confirmed":
      return "Address confirmed from its mailbox";
    case "policy-created":
      return `Access policy made: ${policyOf(data)}${grantsOf(data)}`;
    case "policy-changed":
      return `Access policy changed: ${policyOf(data)}${grantsOf(data)}`;
    case "policy-deleted":
      return `Access policy deleted: ${policyOf(data)}; ${count(data.people, "person", "people")} had it`;
    case "person-erased":
      return "Personal data erased";
    case "organization-erased":
      return "Organization erased";
  }
}

/** The name is joined at reading: entries hold ids. */
function policyOf({ policyName }: Record<string, string>): string {
  return policyName ?? "without a name";
}

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

function count(number: string | undefined, one: string, many: string): string {
  return `${number ?? 0} ${number === "1" ? one : many}`;
}

function acceptedWords({ by, withdrawn }: Record<string, string>): string {
  const how = by === "mailed-link" ? "Joined by the mailed link" : "Joined by a copied link or the code";
  const lost = withdrawn
    ? `; what came with ${ROLE_NAMES[withdrawn as Role]} was withheld, because whoever gave it could no longer give it`
    : "";
  return how + lost;
}
