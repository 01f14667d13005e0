import type { Stop } from "@/lib/mail/bounces";
import type { LetterState } from "@/lib/mail/states";

/** How an invitation ended; null in the row while it is open. */
export type Settled = "accepted" | "declined" | "revoked" | "superseded";

export type InvitationStatus = "pending" | "expired" | Settled;

/** The words on screen; the documents' own where they have one. */
export const STATUS_NAMES: Record<InvitationStatus, string> = {
  pending: "Pending",
  expired: "Invitation expired",
  accepted: "Accepted",
  declined: "Declined",
  revoked: "Revoked",
  superseded: "Replaced",
};

/** What can be done to an invitation. */
export type Move = "copy" | "resend" | "renew" | "revoke" | "accept" | "decline";

const MOVES: Record<InvitationStatus, readonly Move[]> = {
  pending: ["copy", "resend", "revoke", "accept", "decline"],
  expired: ["renew", "revoke"],
  accepted: [],
  declined: [],
  revoked: [],
  superseded: [],
};

/** Why a move is not possible now, for the disabled item that stays in the menu; undefined: it is (screens: Invitations). */
export function hindrance(
  move: Move,
  invitation: {
    status: InvitationStatus;
    resendCount: number;
    resendLimit: number;
    emailSuppression: Stop | null;
  },
): string | undefined {
  const { status, resendCount, resendLimit, emailSuppression } = invitation;
  if (!movesFrom(status).includes(move)) return HINDRANCES[move];
  if (emailSuppression && (move === "resend" || move === "renew")) return STOP_HINDRANCES[emailSuppression];
  if (move === "resend" && resendCount >= resendLimit) return `Resent ${resendCount} of ${resendLimit} times`;
  return undefined;
}

const STOP_HINDRANCES: Record<Stop, string> = {
  bounced: "An earlier letter bounced for good",
  complained: "An earlier letter was marked as spam",
};

const HINDRANCES: Record<Move, string> = {
  copy: "Only a pending invitation can be copied",
  resend: "Only a pending invitation can be resent",
  renew: "Only for an expired invitation",
  revoke: "Only an open invitation can be revoked",
  accept: "Only a pending invitation can be accepted",
  decline: "Only a pending invitation can be declined",
};

/** What its status allows (screens: Invitations). Row menus and commands both read it. */
export function movesFrom(status: InvitationStatus): readonly Move[] {
  return MOVES[status];
}

/** Does its row offer **Correct address** (REQ-C10)? Where a letter came back from while the invitation is open. */
export function isToCorrect({
  status,
  delivery,
}: {
  status: InvitationStatus;
  delivery: LetterState;
}): boolean {
  return delivery === "bounced" && movesFrom(status).includes("revoke");
}

/** The status at a moment of the database's clock; expiry is computed, never written (REQ-C1). */
export function statusOf(
  invitation: { settledAs: Settled | null; expiresAt: Date },
  now: Date,
): InvitationStatus {
  if (invitation.settledAs) return invitation.settledAs;
  // Equal counts as expired: the letter promised "until 12:00".
  return invitation.expiresAt.getTime() <= now.getTime() ? "expired" : "pending";
}
