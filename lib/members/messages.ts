import {
  INVITE_MESSAGES,
  INVITEE_STATUS_MESSAGES,
  type InviteeStatus,
  type InviteRefusal,
} from "@/lib/invitations/messages";
import type { MemberActionRefusal } from "@/lib/members/member-actions";
import type { Messages } from "@/lib/result/result";

export type EraseRefusal = "owners-only" | "not-found" | "not-removed" | "wrong-name" | "email-being-sent";

export const ERASE_MESSAGES: Messages<EraseRefusal> = {
  "owners-only": "Only an Owner can erase personal data.",
  "not-found": "This person does not exist here, or was erased already.",
  "not-removed": "Only who was removed can be erased. Remove this user, or revoke the invitation, first.",
  "wrong-name": "The name doesn't match. Type it exactly as shown.",
  "email-being-sent": "An email about this person is being sent. Try again in a minute.",
};

export type VouchRefusal = "owners-only" | "nothing-to-confirm";

export const VOUCH_MESSAGES: Messages<VouchRefusal> = {
  "owners-only": "Only an Owner can vouch for an address.",
  "nothing-to-confirm":
    "There is nothing to confirm any more: reload the page to see this user as they are now.",
};

export type UserListRefusal = "search-too-slow" | "list-too-slow";

export const USER_LIST_MESSAGES: Record<UserListRefusal, string> = {
  "search-too-slow": "Search is too broad. Type more of the name or address, or clear a filter.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or go back to the usual order.",
};

/** Refusals of a whole batch of a bulk action; refusals of single members are part of its results. */
export const USER_BULK_MESSAGES: Messages<UserListRefusal | "rights-lost" | "policy-gone"> = {
  ...USER_LIST_MESSAGES,
  "rights-lost": "You no longer have permission to do this. Ask an Owner or Admin.",
  "policy-gone": "This access policy has been deleted. Reload the page and choose again.",
};

/** Why the actor cannot act on a user: shown on disabled buttons, and returned by the commands. */
export const MEMBER_ACTION_MESSAGES: Record<MemberActionRefusal, string> = {
  yourself: "You cannot block or remove yourself. Another administrator can, or you leave the organization.",
  "owners-only": "Only an Owner changes, blocks or removes an Owner.",
  "above-you": "This person has more access than you. Ask an Owner.",
  "last-owner": "This is the last Owner. Make someone else an Owner first.",
};

type CommonRefusal = "rights-lost" | "not-found";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "rights-lost": "You no longer have permission to do this. Ask an Owner or Admin.",
  "not-found": "This user does not exist, or you no longer have access to them.",
};

export const PROFILE_MESSAGES: Messages<"not-found"> = { "not-found": COMMON_MESSAGES["not-found"] };

export type ResumeEmailsRefusal = "rights-lost" | "not-paused";

export const RESUME_EMAILS_MESSAGES: Messages<ResumeEmailsRefusal> = {
  "rights-lost": COMMON_MESSAGES["rights-lost"],
  "not-paused": "Emails aren't paused, or this user was removed. Reload to see the latest status.",
};

export type BlockRefusal = CommonRefusal | MemberActionRefusal | "not-active";

export const BLOCK_MESSAGES: Messages<BlockRefusal> = {
  ...COMMON_MESSAGES,
  ...MEMBER_ACTION_MESSAGES,
  "not-active":
    "Only an active user can be blocked, and this one is not any more. Reload to see how they stand.",
};

export type UnblockRefusal = CommonRefusal | MemberActionRefusal | "not-blocked";

export const UNBLOCK_MESSAGES: Messages<UnblockRefusal> = {
  ...COMMON_MESSAGES,
  ...MEMBER_ACTION_MESSAGES,
  "not-blocked": "This user is not blocked any more. Reload to see how they stand.",
};

export type RemoveRefusal = CommonRefusal | MemberActionRefusal | "not-a-member";

export const REMOVE_MESSAGES: Messages<RemoveRefusal> = {
  ...COMMON_MESSAGES,
  ...MEMBER_ACTION_MESSAGES,
  "not-a-member":
    "This user has no place to take away: they were removed, or only invited. Reload to see how they stand.",
};

export type LeaveRefusal = "not-a-member" | "last-owner";

export const LEAVE_MESSAGES: Record<LeaveRefusal, string> = {
  "not-a-member": "You have no place in this organization any more.",
  "last-owner": "You're the last Owner. Make someone else an Owner first.",
};

export type UpdateMemberRefusal =
  | CommonRefusal
  | MemberActionRefusal
  | "changed-concurrently"
  | "policy-gone"
  | "exceeds-ceiling";

export const UPDATE_MEMBER_MESSAGES: Messages<UpdateMemberRefusal> = {
  ...COMMON_MESSAGES,
  ...MEMBER_ACTION_MESSAGES,
  "changed-concurrently": "Someone else just changed this user. Reload to see the changes, then try again.",
  "policy-gone": "An access policy you chose has been deleted. Reload the page and choose again.",
  "exceeds-ceiling": "You cannot give more than you hold yourself. Choose a lower role or fewer policies.",
};

/** Refusals of a single member in a bulk change. */
export type UpdateMembersRefusal = UpdateMemberRefusal | "unchanged" | "not-yourself";

export const UPDATE_MEMBERS_MESSAGES: Messages<UpdateMembersRefusal> = {
  ...UPDATE_MEMBER_MESSAGES,
  "changed-concurrently": "Has no place in this organization any more.",
  unchanged: "Has it already.",
  "not-yourself": "This is you. Change what you hold yourself on your own profile page.",
};

const COMMON_SUMMARY = {
  "owners-only": "for Owners alone to change",
  "above-you": "above your own rights",
  "last-owner": "the last Owner",
  "not-found": "not found",
};

/** The words of a bulk summary by outcome, in its order: "12 changed, 3 have it already". */
export const USER_BULK_SUMMARY = {
  update: {
    done: "changed",
    unchanged: "have it already",
    "exceeds-ceiling": "more than you can give",
    "changed-concurrently": "without a place",
    "not-yourself": "yourself",
    ...COMMON_SUMMARY,
  },
  block: { done: "blocked", "not-active": "not active", yourself: "yourself", ...COMMON_SUMMARY },
} satisfies {
  update: Summary<Exclude<UpdateMembersRefusal, "yourself" | "policy-gone">>;
  block: Summary<BlockRefusal>;
};

/** One entry per outcome, without `rights-lost`, which refuses the whole batch. */
type Summary<Reason extends string> = Record<Exclude<Reason, "rights-lost"> | "done", string>;

export type InviteAgainRefusal =
  | InviteRefusal
  | "not-found"
  | Exclude<InviteeStatus, "invited" | "invited-again">;

export const INVITE_AGAIN_MESSAGES: Messages<InviteAgainRefusal> = {
  ...INVITEE_STATUS_MESSAGES,
  ...INVITE_MESSAGES,
  "not-found": COMMON_MESSAGES["not-found"],
};
