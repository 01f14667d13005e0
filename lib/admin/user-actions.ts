"use server";

import { defineAction } from "@/lib/actions/define-action";
import { inOrganization } from "@/lib/actions/input";
import { findProfile } from "@/lib/admin/queries/profile";
import { findChangedUser } from "@/lib/admin/queries/updated-user";
import type { Actor } from "@/lib/auth/actor";
import { allowLetters } from "@/lib/members/commands/allow-letters";
import { block } from "@/lib/members/commands/block";
import { change } from "@/lib/members/commands/change";
import { erase } from "@/lib/members/commands/erase";
import { inviteAgain } from "@/lib/members/commands/invite-again";
import { leave } from "@/lib/members/commands/leave";
import { remove } from "@/lib/members/commands/remove";
import { unblock } from "@/lib/members/commands/unblock";
import { vouch } from "@/lib/members/commands/vouch";
import {
  ALLOW_LETTERS_MESSAGES,
  BLOCK_MESSAGES,
  CHANGE_MESSAGES,
  ERASE_MESSAGES,
  INVITE_AGAIN_MESSAGES,
  LEAVE_MESSAGES,
  REMOVE_MESSAGES,
  SHOW_MESSAGES,
  UNBLOCK_MESSAGES,
  VOUCH_MESSAGES,
} from "@/lib/members/messages";
import { findUsers } from "@/lib/members/queries/list";
import { changeInput, eraseInput, inviteAgainInput, memberRef } from "@/lib/members/schema";
import { done, type Result, refused } from "@/lib/result/result";

/** Does it, and answers the user as they are afterwards, which the screen applies. */
function showing<Input extends { member: string }, Reason extends string>(
  command: (actor: Actor, input: Input) => Promise<Result<unknown, Reason>>,
) {
  return async (actor: Actor, input: Input) => {
    const outcome = await command(actor, input);
    return outcome.ok ? done(await findChangedUser(actor, input.member)) : outcome;
  };
}

export const vouchForAddress = defineAction({
  permission: "users:update",
  input: memberRef,
  messages: VOUCH_MESSAGES,
  handler: async (actor, input) => {
    const outcome = await vouch(actor, input);
    return outcome.ok ? done({ users: await findUsers(actor, [input.member]) }) : outcome;
  },
});

export const allowLettersToUser = defineAction({
  permission: "users:update",
  input: memberRef,
  messages: ALLOW_LETTERS_MESSAGES,
  handler: showing(allowLetters),
});

export const showUser = defineAction({
  permission: "users:read",
  input: memberRef,
  messages: SHOW_MESSAGES,
  handler: async (actor, { member }) => {
    const profile = await findProfile(actor, member);
    return profile ? done(profile) : refused("not-found");
  },
});

export const changeUser = defineAction({
  permission: "roles:assign",
  input: changeInput,
  messages: CHANGE_MESSAGES,
  handler: showing(change),
});

export const blockUser = defineAction({
  permission: "users:block",
  input: memberRef,
  messages: BLOCK_MESSAGES,
  handler: showing(block),
});

export const unblockUser = defineAction({
  permission: "users:block",
  input: memberRef,
  messages: UNBLOCK_MESSAGES,
  handler: showing(unblock),
});

export const removeUser = defineAction({
  permission: "users:remove",
  input: memberRef,
  messages: REMOVE_MESSAGES,
  handler: showing(remove),
});

export const inviteUserAgain = defineAction({
  permission: "invitations:create",
  input: inviteAgainInput,
  messages: INVITE_AGAIN_MESSAGES,
  handler: showing(inviteAgain),
});

export const leaveOrganization = defineAction({
  permission: "any-member",
  input: inOrganization,
  messages: LEAVE_MESSAGES,
  handler: leave,
});

export const erasePerson = defineAction({
  permission: "users:remove",
  input: eraseInput,
  messages: ERASE_MESSAGES,
  handler: erase,
});
