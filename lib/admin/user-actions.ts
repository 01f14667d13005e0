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
  ALLOW_LETTERS_WORDS,
  BLOCK_WORDS,
  CHANGE_WORDS,
  ERASE_WORDS,
  INVITE_AGAIN_WORDS,
  LEAVE_WORDS,
  REMOVE_WORDS,
  SHOW_WORDS,
  UNBLOCK_WORDS,
  VOUCH_WORDS,
} from "@/lib/members/messages";
import { findUsers } from "@/lib/members/queries/list";
import { changeInput, eraseInput, inviteAgainInput, memberRef } from "@/lib/members/schema";
import { done, type Outcome, refused } from "@/lib/result/result";

/** Does it, and answers the user as they are afterwards, which the screen applies. */
function showing<Input extends { member: string }, Reason extends string>(
  command: (actor: Actor, input: Input) => Promise<Outcome<unknown, Reason>>,
) {
  return async (actor: Actor, input: Input) => {
    const outcome = await command(actor, input);
    return outcome.ok ? done(await findChangedUser(actor, input.member)) : outcome;
  };
}

export const vouchForAddress = defineAction({
  may: "users:update",
  input: memberRef,
  words: VOUCH_WORDS,
  run: async (actor, input) => {
    const outcome = await vouch(actor, input);
    return outcome.ok ? done({ users: await findUsers(actor, [input.member]) }) : outcome;
  },
});

export const allowLettersToUser = defineAction({
  may: "users:update",
  input: memberRef,
  words: ALLOW_LETTERS_WORDS,
  run: showing(allowLetters),
});

export const showUser = defineAction({
  may: "users:read",
  input: memberRef,
  words: SHOW_WORDS,
  run: async (actor, { member }) => {
    const profile = await findProfile(actor, member);
    return profile ? done(profile) : refused("not-found");
  },
});

export const changeUser = defineAction({
  may: "roles:assign",
  input: changeInput,
  words: CHANGE_WORDS,
  run: showing(change),
});

export const blockUser = defineAction({
  may: "users:block",
  input: memberRef,
  words: BLOCK_WORDS,
  run: showing(block),
});

export const unblockUser = defineAction({
  may: "users:block",
  input: memberRef,
  words: UNBLOCK_WORDS,
  run: showing(unblock),
});

export const removeUser = defineAction({
  may: "users:remove",
  input: memberRef,
  words: REMOVE_WORDS,
  run: showing(remove),
});

export const inviteUserAgain = defineAction({
  may: "invitations:create",
  input: inviteAgainInput,
  words: INVITE_AGAIN_WORDS,
  run: showing(inviteAgain),
});

export const leaveOrganization = defineAction({
  may: "any-member",
  input: inOrganization,
  words: LEAVE_WORDS,
  run: leave,
});

export const erasePerson = defineAction({
  may: "users:remove",
  input: eraseInput,
  words: ERASE_WORDS,
  run: erase,
});
