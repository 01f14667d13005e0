import type { EmailRecord, InvitationRecord, PersonSnapshot } from "./db-snapshot";
import { buildTimeline, type TimelineState } from "./timeline";

/** The default resend limit of an organization (REQ-C3). */
const RESEND_LIMIT = 3;

/** Milliseconds that an activity entry may be later than the database clock of the statement that decided. */
const MAX_LOG_DELAY = 20;

/**
 * Returns the inconsistencies in the rows of one person, regardless of what raced: between rows, between rows and the
 * timeline, and between emails or jobs and the actions that succeeded.
 */
export function findInconsistencies(snapshot: PersonSnapshot): string[] {
  const { state, findings } = buildTimeline(snapshot.timeline);
  const check = (isConsistent: boolean, finding: string) => {
    if (!isConsistent) findings.push(finding);
  };
  const { members, invitations, emails, timeline, requests, accounts } = snapshot;
  const [member] = members;
  check(members.length === 1, `${members.length} members with one address`);
  check(accounts.length <= 1, `${accounts.length} accounts with one address`);
  if (!member) return findings;

  const open = invitations.filter((invitation) => invitation.settled_as === null);
  check(
    open.length === (member.status === "invited" ? 1 : 0),
    `${member.status} with ${open.length} open invitations`,
  );
  check(member.status === state.status, `${member.status}, but the timeline says ${state.status}`);
  check(
    member.invitation_id === state.invitation,
    "the current invitation is not the last one in the timeline",
  );
  // Requests and dismissals are in the timeline but do not change the member's version.
  const [requested, dismissed] = [count(timeline, "requested"), count(timeline, "request-dismissed")];
  const changes = timeline.length - requested - dismissed;
  check(member.version === changes, `version ${member.version} after ${changes} changes`);
  check(
    requests.filter(({ status }) => status === "dismissed").length === dismissed,
    `${dismissed} dismissals in the timeline, but the requests differ`,
  );
  const unresolved = requests.filter(({ status }) => status === "unconfirmed" || status === "pending");
  check(unresolved.length <= 1, `${unresolved.length} open requests of one address`);
  check(
    member.invited_until === (open[0]?.expires_at ?? null),
    "invited_until differs from the invitation's expiry",
  );
  check(
    !open[0] || open[0].resend_count === member.resend_count,
    "resend_count differs from the invitation's",
  );
  const latest = invitations.find((invitation) => invitation.id === member.invitation_id);
  check(
    latest?.delivery === member.delivery && latest?.delivery_detail === member.delivery_detail,
    "delivery differs from the invitation's",
  );
  check(!open[0] || open[0].id === member.invitation_id, "the open invitation is not the member's");
  const isMember = member.status === "active" || member.status === "blocked";
  check(
    isMember === (member.account_id !== null && member.joined_at !== null),
    "a member without an account, or an account without a membership",
  );
  check(!isMember || member.account_id === accounts[0]?.id, "member with another account than the address's");
  const accepted = invitations.filter((invitation) => invitation.settled_as === "accepted");
  // A removed member has accepted once: a person becomes a member only by accepting.
  const acceptances = count(timeline, "accepted");
  check(
    accepted.length === acceptances,
    `${accepted.length} accepted invitations, ${acceptances} in the timeline`,
  );
  check(!isMember || acceptances > 0, `${member.status} without an acceptance`);
  check(
    invitations.length === count(timeline, "invited") + count(timeline, "renewed"),
    `${invitations.length} invitations, but the timeline differs`,
  );
  for (const invitation of invitations)
    findings.push(...findInvitationInconsistencies(invitation, state, emails));
  findings.push(...findEmailInconsistencies(snapshot));
  return findings;
}

function count(timeline: PersonSnapshot["timeline"], type: string): number {
  return timeline.filter((entry) => entry.type === type).length;
}

function findInvitationInconsistencies(
  invitation: InvitationRecord,
  state: TimelineState,
  emails: readonly EmailRecord[],
): string[] {
  const findings: string[] = [];
  const settledAs = state.settledAs.get(invitation.id);
  if (invitation.settled_as !== settledAs)
    findings.push(`${invitation.settled_as}, but the timeline says ${settledAs}`);
  if (invitation.resend_count > RESEND_LIMIT) findings.push(`resent ${invitation.resend_count} times`);
  const resends = state.resends.get(invitation.id) ?? 0;
  if (invitation.resend_count !== resends)
    findings.push(`resent ${invitation.resend_count} times, ${resends} in the timeline`);
  const delay =
    Date.parse(invitation.settled_at ?? invitation.expires_at) - Date.parse(invitation.expires_at);
  if (["accepted", "declined"].includes(invitation.settled_as ?? "") && delay > MAX_LOG_DELAY)
    findings.push(`${invitation.settled_as} ${delay} ms after it had expired`);
  const latest = emails.find((email) => email.id === invitation.email_message_id);
  if (!latest) findings.push("its email is missing");
  else if (invitation.settled_as === null && latest.state === "cancelled")
    findings.push("open, but its email was cancelled and no other is queued");
  return findings;
}

/** Checks that each invitation, resend and renewal has one email, and each email exactly one job. */
function findEmailInconsistencies({ emails, timeline, invitations }: PersonSnapshot): string[] {
  const latest = new Set(invitations.map((invitation) => invitation.email_message_id));
  // An email that was cancelled and queued again by an undo counts once.
  const counted = emails.filter((email) => email.state !== "cancelled" || latest.has(email.id));
  const findings: string[] = [];
  for (const [kind, type] of Object.entries({ invitation: "invited", resent: "resent", new: "renewed" })) {
    const written = counted.filter((email) => email.kind === kind).length;
    const expected = count(timeline, type);
    if (written !== expected) findings.push(`${written} emails "${kind}" for ${expected} × ${type}`);
  }
  for (const { kind, jobs } of emails) if (jobs !== 1) findings.push(`an email "${kind}" with ${jobs} jobs`);
  return findings;
}
