import type { InvitationRow, Ledger, LetterRow } from "./ledger";
import { retell, type Story } from "./timeline";

/** The organization's default (REQ-C3). */
const RESEND_LIMIT = 3;

/** An answer is given when its statement looked at the clock; its note may be this much later, in milliseconds. */
const NOTED_LATE = 20;

/**
 * What is wrong in what the database holds about one person, whatever was raced: rows against each other, against the
 * timeline, and letters and jobs against what was won.
 */
export function audit(ledger: Ledger): string[] {
  const { story, findings } = retell(ledger.timeline);
  const check = (holds: boolean, finding: string) => {
    if (!holds) findings.push(finding);
  };
  const { members, invitations, letters, timeline, requests, accounts } = ledger;
  const [member] = members;
  check(members.length === 1, `${members.length} members of one address`);
  check(accounts.length <= 1, `${accounts.length} accounts of one address`);
  if (!member) return findings;

  const open = invitations.filter((one) => one.settled_as === null);
  check(open.length === (member.status === "invited" ? 1 : 0), `${member.status} with ${open.length} open`);
  check(member.status === story.status, `${member.status}, but the timeline says ${story.status}`);
  check(member.invitation_id === story.invitation, "another invitation than the timeline's latest");
  // What becomes of a request is told in the timeline and changes nothing of the person.
  const [asked, dismissed] = [count(timeline, "requested"), count(timeline, "request-dismissed")];
  const moves = timeline.length - asked - dismissed;
  check(member.version === moves, `version ${member.version} after ${moves} moves`);
  check(
    requests.filter(({ status }) => status === "dismissed").length === dismissed,
    `${dismissed} dismissed by the timeline, other than the requests say`,
  );
  const unanswered = requests.filter(({ status }) => status === "unconfirmed" || status === "pending");
  check(unanswered.length <= 1, `${unanswered.length} open requests of one address`);
  check(
    member.invited_until === (open[0]?.expires_at ?? null),
    "invited until another moment than the expiry",
  );
  check(
    !open[0] || open[0].resend_count === member.resend_count,
    "another number of resends than the invitation's",
  );
  const latest = invitations.find((one) => one.id === member.invitation_id);
  check(
    latest?.delivery === member.delivery && latest?.delivery_detail === member.delivery_detail,
    "another delivery than the invitation's",
  );
  check(!open[0] || open[0].id === member.invitation_id, "the open invitation is not the member's");
  const isIn = member.status === "active" || member.status === "blocked";
  check(
    isIn === (member.account_id !== null && member.joined_at !== null),
    "in without an account, or out with one",
  );
  check(!isIn || member.account_id === accounts[0]?.id, "in by another account than the address's");
  const accepted = invitations.filter((one) => one.settled_as === "accepted");
  // Whoever was removed had joined once; nobody else has.
  const joined = count(timeline, "accepted");
  check(accepted.length === joined, `${accepted.length} accepted, ${joined} told`);
  check(!isIn || joined > 0, `${member.status} without ever joining`);
  check(
    invitations.length === count(timeline, "invited") + count(timeline, "renewed"),
    `${invitations.length} invitations, other than the timeline tells`,
  );
  for (const one of invitations) findings.push(...auditInvitation(one, story, letters));
  findings.push(...auditLetters(ledger));
  return findings;
}

function count(timeline: Ledger["timeline"], type: string): number {
  return timeline.filter((entry) => entry.type === type).length;
}

function auditInvitation(one: InvitationRow, story: Story, letters: readonly LetterRow[]): string[] {
  const findings: string[] = [];
  const settled = story.settled.get(one.id);
  if (one.settled_as !== settled) findings.push(`${one.settled_as}, but the timeline says ${settled}`);
  if (one.resend_count > RESEND_LIMIT) findings.push(`resent ${one.resend_count} times`);
  const told = story.resends.get(one.id) ?? 0;
  if (one.resend_count !== told) findings.push(`resent ${one.resend_count} times, told ${told}`);
  const late = Date.parse(one.settled_at ?? one.expires_at) - Date.parse(one.expires_at);
  if (["accepted", "declined"].includes(one.settled_as ?? "") && late > NOTED_LATE)
    findings.push(`${one.settled_as} ${late} ms after it had expired`);
  const latest = letters.find((letter) => letter.id === one.email_message_id);
  if (!latest) findings.push("its letter is not there");
  else if (one.settled_as === null && latest.state === "cancelled")
    findings.push("open, but its letter was cancelled and none is owed");
  return findings;
}

/** Letters are what was won: one for each invitation, resend and new one; each with exactly one job. */
function auditLetters({ letters, timeline, invitations }: Ledger): string[] {
  const latest = new Set(invitations.map((one) => one.email_message_id));
  // One that was held back, and owed again by an undo, counts once.
  const owed = letters.filter((one) => one.state !== "cancelled" || latest.has(one.id));
  const findings: string[] = [];
  for (const [kind, type] of Object.entries({ invitation: "invited", resent: "resent", new: "renewed" })) {
    const [written, won] = [owed.filter((one) => one.kind === kind).length, count(timeline, type)];
    if (written !== won) findings.push(`${written} letters "${kind}" for ${won} × ${type}`);
  }
  for (const { kind, jobs } of letters) if (jobs !== 1) findings.push(`a letter "${kind}" with ${jobs} jobs`);
  return findings;
}
