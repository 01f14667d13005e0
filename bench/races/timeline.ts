import type { Entry, MemberRow } from "./ledger";

/** Where a story stands: the person's status, their latest invitation, and what became of each invitation. */
export type Story = {
  status: MemberRow["status"] | "unknown";
  invitation: string;
  resends: Map<string, number>;
  settled: Map<string, string | null>;
};

/**
 * Tells a person's timeline again from its beginning, each entry by what may follow what (REQ-C11). An entry that could not
 * have happened, like an acceptance of what was revoked before, is a finding.
 */
export function retell(timeline: readonly Entry[]): { story: Story; findings: string[] } {
  const story: Story = { status: "unknown", invitation: "", resends: new Map(), settled: new Map() };
  const findings: string[] = [];
  let last = "";
  for (const { type, invitation_id, at } of timeline) {
    const id = invitation_id ?? "";
    if (!follows(story, type, id)) findings.push(`${type} came while the person was ${story.status}`);
    if (Date.parse(at) < Date.parse(last)) findings.push(`${type} is noted before what it followed`);
    last = at;
    tell(story, type, id);
  }
  return { story, findings };
}

function follows({ status, invitation, settled }: Story, type: string, id: string): boolean {
  switch (type) {
    case "requested":
    case "request-dismissed":
      return true;
    case "changed":
      return status === "invited" || status === "active" || status === "blocked";
    case "blocked":
    case "left":
      return status === "active";
    case "removed":
      return status === "active" || status === "blocked";
    case "invited":
      return status !== "active" && !settled.has(id);
    case "renewed":
      return status === "invited" && !settled.has(id);
    case "resent":
    case "accepted":
    case "declined":
    case "revoked":
      return status === "invited" && invitation === id;
    case "revoke-undone":
      return status === "removed" && invitation === id && settled.get(id) === "revoked";
    default:
      return false;
  }
}

function tell(story: Story, type: string, id: string): void {
  const settle = (as: string | null) => story.settled.set(id, as);
  switch (type) {
    case "invited":
    case "renewed":
      if (story.settled.get(story.invitation) === null) story.settled.set(story.invitation, "superseded");
      story.invitation = id;
      story.status = "invited";
      settle(null);
      break;
    case "resent":
      story.resends.set(id, (story.resends.get(id) ?? 0) + 1);
      break;
    case "accepted":
      story.status = "active";
      settle("accepted");
      break;
    case "declined":
    case "revoked":
      story.status = "removed";
      settle(type);
      break;
    case "revoke-undone":
      story.status = "invited";
      settle(null);
      break;
    case "blocked":
      story.status = "blocked";
      break;
    case "removed":
    case "left":
      story.status = "removed";
  }
}
