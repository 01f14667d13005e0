import type { MessageKey } from "@/lib/i18n/messages";
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
  "owners-only": "admin.users.refusals.erase.owners-only",
  "not-found": "admin.users.refusals.erase.not-found",
  "not-removed": "admin.users.refusals.erase.not-removed",
  "wrong-name": "admin.refusals.wrong-name",
  "email-being-sent": "admin.users.refusals.erase.email-being-sent",
};

export type VouchRefusal = "owners-only" | "nothing-to-confirm";

export const VOUCH_MESSAGES: Messages<VouchRefusal> = {
  "owners-only": "admin.users.refusals.confirmAddress.owners-only",
  "nothing-to-confirm": "admin.users.refusals.confirmAddress.nothing-to-confirm",
};

export type UserListRefusal = "search-too-slow" | "list-too-slow";

export const USER_LIST_MESSAGES: Messages<UserListRefusal> = {
  "search-too-slow": "admin.refusals.search-too-slow",
  "list-too-slow": "admin.users.refusals.list-too-slow",
};

/** Refusals of a whole batch of a bulk action; refusals of single members are part of its results. */
export const USER_BULK_MESSAGES: Messages<UserListRefusal | "rights-lost" | "policy-gone"> = {
  ...USER_LIST_MESSAGES,
  "rights-lost": "admin.refusals.rights-lost",
  "policy-gone": "admin.refusals.policy-gone",
};

/** Why the actor cannot act on a user: shown on disabled buttons, and returned by the commands. */
export const MEMBER_ACTION_MESSAGES: Messages<MemberActionRefusal> = {
  yourself: "admin.users.refusals.yourself",
  "owners-only": "admin.users.refusals.owners-only",
  "above-you": "admin.users.refusals.above-you",
  "last-owner": "admin.users.refusals.last-owner",
};

type CommonRefusal = "rights-lost" | "not-found";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "rights-lost": "admin.refusals.rights-lost",
  "not-found": "errors.actions.not-found",
};

export const PROFILE_MESSAGES: Messages<"not-found"> = { "not-found": COMMON_MESSAGES["not-found"] };

export type ResumeEmailsRefusal = "rights-lost" | "not-paused";

export const RESUME_EMAILS_MESSAGES: Messages<ResumeEmailsRefusal> = {
  "rights-lost": COMMON_MESSAGES["rights-lost"],
  "not-paused": "admin.users.refusals.not-paused",
};

export type BlockRefusal = CommonRefusal | MemberActionRefusal | "not-active";

export const BLOCK_MESSAGES: Messages<BlockRefusal> = {
  ...COMMON_MESSAGES,
  ...MEMBER_ACTION_MESSAGES,
  "not-active": "admin.users.refusals.not-active",
};

export type UnblockRefusal = CommonRefusal | MemberActionRefusal | "not-blocked";

export const UNBLOCK_MESSAGES: Messages<UnblockRefusal> = {
  ...COMMON_MESSAGES,
  ...MEMBER_ACTION_MESSAGES,
  "not-blocked": "admin.users.refusals.not-blocked",
};

export type RemoveRefusal = CommonRefusal | MemberActionRefusal | "not-a-member";

export const REMOVE_MESSAGES: Messages<RemoveRefusal> = {
  ...COMMON_MESSAGES,
  ...MEMBER_ACTION_MESSAGES,
  "not-a-member": "admin.users.refusals.not-a-member",
};

export type LeaveRefusal = "not-a-member" | "last-owner";

export const LEAVE_MESSAGES: Messages<LeaveRefusal> = {
  "not-a-member": "home.leave.refusals.not-a-member",
  "last-owner": "home.leave.refusals.last-owner",
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
  "changed-concurrently": "admin.users.refusals.changed-concurrently",
  "policy-gone": "admin.refusals.policy-gone",
  "exceeds-ceiling": "admin.refusals.exceeds-ceiling",
};

/** Refusals of a single member in a bulk change. */
export type UpdateMembersRefusal = UpdateMemberRefusal | "unchanged" | "not-yourself";

export const UPDATE_MEMBERS_MESSAGES: Messages<UpdateMembersRefusal> = {
  ...UPDATE_MEMBER_MESSAGES,
  "changed-concurrently": "admin.users.refusals.bulk.changed-concurrently",
  unchanged: "admin.users.refusals.bulk.unchanged",
  "not-yourself": "admin.users.refusals.bulk.not-yourself",
};

const COMMON_SUMMARY = {
  "owners-only": "admin.users.bulk.summary.owners-only",
  "above-you": "admin.users.bulk.summary.above-you",
  "last-owner": "admin.users.bulk.summary.last-owner",
  "not-found": "admin.users.bulk.summary.not-found",
} as const;

/** The messages of a bulk summary by outcome, in its order: "12 users changed, 3 already had it". */
export const USER_BULK_SUMMARY = {
  update: {
    done: "admin.users.bulk.summary.changed",
    unchanged: "admin.users.bulk.summary.unchanged",
    "exceeds-ceiling": "admin.users.bulk.summary.exceeds-ceiling",
    "changed-concurrently": "admin.users.bulk.summary.no-longer-users",
    "not-yourself": "admin.users.bulk.summary.yourself",
    ...COMMON_SUMMARY,
  },
  block: {
    done: "admin.users.bulk.summary.blocked",
    "not-active": "admin.users.bulk.summary.not-active",
    yourself: "admin.users.bulk.summary.yourself",
    ...COMMON_SUMMARY,
  },
} as const satisfies {
  update: Summary<Exclude<UpdateMembersRefusal, "yourself" | "policy-gone">>;
  block: Summary<BlockRefusal>;
};

/** One entry per outcome, without `rights-lost`, which refuses the whole batch. */
type Summary<Reason extends string> = Record<Exclude<Reason, "rights-lost"> | "done", MessageKey>;

export type InviteAgainRefusal =
  | InviteRefusal
  | "not-found"
  | Exclude<InviteeStatus, "invited" | "invited-again">;

export const INVITE_AGAIN_MESSAGES: Messages<InviteAgainRefusal> = {
  ...INVITEE_STATUS_MESSAGES,
  ...INVITE_MESSAGES,
  "not-found": COMMON_MESSAGES["not-found"],
};
