import type { ActivityEntry, MemberRecord } from "./db-snapshot";

/** The state after a timeline: the person's status, their current invitation, and how each invitation was settled. */
export type TimelineState = {
  status: MemberRecord["status"] | "unknown";
  invitation: string;
  resends: Map<string, number>;
  settledAs: Map<string, string | null>;
};

/**
 * Replays a person's timeline from its beginning (REQ-C11). An entry that is not possible in the preceding state, such
 * as the acceptance of a revoked invitation, is a finding.
 */
export function buildTimeline(timeline: readonly ActivityEntry[]): {
  state: TimelineState;
  findings: string[];
} {
  const state: TimelineState = {
    status: "unknown",
    invitation: "",
    resends: new Map(),
    settledAs: new Map(),
  };
  const findings: string[] = [];
  let previous = "";
  for (const { type, invitation_id, at } of timeline) {
    const id = invitation_id ?? "";
    if (!isPossible(state, type, id)) findings.push(`${type} while the person was ${state.status}`);
    if (Date.parse(at) < Date.parse(previous)) findings.push(`${type} is logged before the entry it follows`);
    previous = at;
    applyEntry(state, type, id);
  }
  return { state, findings };
}

function isPossible({ status, invitation, settledAs }: TimelineState, type: string, id: string): boolean {
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
      return status !== "active" && !settledAs.has(id);
    case "renewed":
      return status === "invited" && !settledAs.has(id);
    case "resent":
    case "accepted":
    case "declined":
    case "revoked":
      return status === "invited" && invitation === id;
    case "revoke-undone":
      return status === "removed" && invitation === id && settledAs.get(id) === "revoked";
    default:
      return false;
  }
}

function applyEntry(state: TimelineState, type: string, id: string): void {
  const setSettledAs = (value: string | null) => state.settledAs.set(id, value);
  switch (type) {
    case "invited":
    case "renewed":
      if (state.settledAs.get(state.invitation) === null) state.settledAs.set(state.invitation, "superseded");
      state.invitation = id;
      state.status = "invited";
      setSettledAs(null);
      break;
    case "resent":
      state.resends.set(id, (state.resends.get(id) ?? 0) + 1);
      break;
    case "accepted":
      state.status = "active";
      setSettledAs("accepted");
      break;
    case "declined":
    case "revoked":
      state.status = "removed";
      setSettledAs(type);
      break;
    case "revoke-undone":
      state.status = "invited";
      setSettledAs(null);
      break;
    case "blocked":
      state.status = "blocked";
      break;
    case "removed":
    case "left":
      state.status = "removed";
  }
}
