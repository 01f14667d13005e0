import {
  INVITE_ANSWER_MESSAGES,
  INVITE_MESSAGES,
  type InviteAnswer,
  type InviteRefusal,
} from "@/lib/invitations/messages";
import type { Obstacle } from "@/lib/members/moves";
import type { Messages } from "@/lib/result/result";

export type EraseRefusal = "owners-only" | "not-found" | "not-removed" | "wrong-name" | "letter-on-its-way";

export const ERASE_MESSAGES: Messages<EraseRefusal> = {
  "owners-only": "Only an Owner can erase somebody.",
  "not-found": "This person does not exist here, or was erased already.",
  "not-removed": "Only who was removed can be erased. Remove this user, or revoke the invitation, first.",
  "wrong-name": "This is not the name. Type it as it stands above.",
  "letter-on-its-way":
    "A letter that names this person is being sent at this moment. Try again in a few minutes.",
};

export type VouchRefusal = "owners-only" | "nothing-to-confirm";

export const VOUCH_MESSAGES: Messages<VouchRefusal> = {
  "owners-only": "Only an Owner can vouch for an address.",
  "nothing-to-confirm":
    "There is nothing to confirm any more: reload the page to see this user as they are now.",
};

export type UserListRefusal = "search-too-slow" | "list-too-slow";

export const USER_LIST_MESSAGES: Record<UserListRefusal, string> = {
  "search-too-slow":
    "Too many users would have to be looked at. Type more letters of the name or address, and take out other filters.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or go back to the usual order.",
};

/** What ends a batch of a bulk action as a whole; what concerns one person is that person's answer. */
export const USER_BULK_MESSAGES: Messages<UserListRefusal | "rights-lost" | "policy-gone"> = {
  ...USER_LIST_MESSAGES,
  "rights-lost": "You lost the permission for this meanwhile. An Owner or Admin can give it back.",
  "policy-gone": "This policy was deleted meanwhile. Reload the page and choose another one.",
};

/** Why somebody is out of reach, for the button that stays and says so, and for whoever posts it all the same. */
export const OBSTACLE_MESSAGES: Record<Obstacle, string> = {
  yourself: "You cannot block or remove yourself. Another administrator can, or you leave the organization.",
  "owners-only": "Only an Owner changes, blocks or removes an Owner.",
  "above-you": "This user holds more than you do, so only somebody who holds as much can do this.",
  "last-owner": "This is the last Owner, and an organization needs one. Make somebody else an Owner first.",
};

type CommonRefusal = "rights-lost" | "not-found";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "rights-lost": "You lost the permission for this meanwhile. An Owner or Admin can give it back.",
  "not-found": "This user does not exist, or you no longer have access to them.",
};

export const SHOW_MESSAGES: Messages<"not-found"> = { "not-found": COMMON_MESSAGES["not-found"] };

export type AllowLettersRefusal = "rights-lost" | "not-stopped";

export const ALLOW_LETTERS_MESSAGES: Messages<AllowLettersRefusal> = {
  "rights-lost": COMMON_MESSAGES["rights-lost"],
  "not-stopped": "Letters to this address are allowed already, or this user is gone. Reload to see.",
};

export type BlockRefusal = CommonRefusal | Obstacle | "not-active";

export const BLOCK_MESSAGES: Messages<BlockRefusal> = {
  ...COMMON_MESSAGES,
  ...OBSTACLE_MESSAGES,
  "not-active":
    "Only an active user can be blocked, and this one is not any more. Reload to see how they stand.",
};

export type UnblockRefusal = CommonRefusal | Obstacle | "not-blocked";

export const UNBLOCK_MESSAGES: Messages<UnblockRefusal> = {
  ...COMMON_MESSAGES,
  ...OBSTACLE_MESSAGES,
  "not-blocked": "This user is not blocked any more. Reload to see how they stand.",
};

export type RemoveRefusal = CommonRefusal | Obstacle | "not-in";

export const REMOVE_MESSAGES: Messages<RemoveRefusal> = {
  ...COMMON_MESSAGES,
  ...OBSTACLE_MESSAGES,
  "not-in":
    "This user has no place to take away: they were removed, or only invited. Reload to see how they stand.",
};

export type LeaveRefusal = "not-in" | "last-owner";

export const LEAVE_MESSAGES: Record<LeaveRefusal, string> = {
  "not-in": "You have no place in this organization any more.",
  "last-owner": "You are the last Owner, and an organization needs one. Make somebody else an Owner first.",
};

export type ChangeRefusal = CommonRefusal | Obstacle | "changed-meanwhile" | "policy-gone" | "above-your-own";

export const CHANGE_MESSAGES: Messages<ChangeRefusal> = {
  ...COMMON_MESSAGES,
  ...OBSTACLE_MESSAGES,
  "changed-meanwhile":
    "Somebody else changed this user a moment ago. Reload the page to see how they stand, then choose again.",
  "policy-gone": "One of the chosen policies was deleted meanwhile. Reload the page and choose again.",
  "above-your-own": "You cannot give more than you hold yourself. Choose a lower role or fewer policies.",
};

/** The same for many at once. */
export type ChangeEachRefusal = ChangeRefusal | "unchanged" | "not-yourself";

export const CHANGE_EACH_MESSAGES: Messages<ChangeEachRefusal> = {
  ...CHANGE_MESSAGES,
  "changed-meanwhile": "Has no place in this organization any more.",
  unchanged: "Has it already.",
  "not-yourself": "This is you. Change what you hold yourself on your own profile page.",
};

const SHORT_COMMON = {
  "owners-only": "for Owners alone to change",
  "above-you": "above your own rights",
  "last-owner": "the last Owner",
  "not-found": "not found",
};

/** What is said of several who got an answer, in the order of a summary: "12 changed, 3 have it already". */
export const USER_BULK_SHORT = {
  change: {
    done: "changed",
    unchanged: "have it already",
    "above-your-own": "more than you can give",
    "changed-meanwhile": "without a place",
    "not-yourself": "yourself",
    ...SHORT_COMMON,
  },
  block: { done: "blocked", "not-active": "not active", yourself: "yourself", ...SHORT_COMMON },
} satisfies {
  change: Short<Exclude<ChangeEachRefusal, "yourself" | "policy-gone">>;
  block: Short<BlockRefusal>;
};

/** One for each answer; what refuses all of them has its sentence alone. */
type Short<Reason extends string> = Record<Exclude<Reason, "rights-lost"> | "done", string>;

export type InviteAgainRefusal =
  | InviteRefusal
  | "not-found"
  | Exclude<InviteAnswer, "invited" | "invited-again">;

export const INVITE_AGAIN_MESSAGES: Messages<InviteAgainRefusal> = {
  ...INVITE_ANSWER_MESSAGES,
  ...INVITE_MESSAGES,
  "not-found": COMMON_MESSAGES["not-found"],
};
