"use server";

import { defineAction } from "@/lib/actions/define-action";
import { organizationInput } from "@/lib/actions/input";
import { findProfile } from "@/lib/admin/queries/profile";
import { findUpdatedUser } from "@/lib/admin/queries/updated-user";
import type { Actor } from "@/lib/auth/actor";
import { blockMember } from "@/lib/members/commands/block";
import { eraseMember } from "@/lib/members/commands/erase";
import { inviteMemberAgain } from "@/lib/members/commands/invite-again";
import { leaveOrganization } from "@/lib/members/commands/leave";
import { removeMember } from "@/lib/members/commands/remove";
import { resumeEmails } from "@/lib/members/commands/resume-emails";
import { unblockMember } from "@/lib/members/commands/unblock";
import { updateMember } from "@/lib/members/commands/update";
import { vouchForAddress } from "@/lib/members/commands/vouch";
import {
  BLOCK_MESSAGES,
  ERASE_MESSAGES,
  INVITE_AGAIN_MESSAGES,
  LEAVE_MESSAGES,
  PROFILE_MESSAGES,
  REMOVE_MESSAGES,
  RESUME_EMAILS_MESSAGES,
  UNBLOCK_MESSAGES,
  UPDATE_MEMBER_MESSAGES,
  VOUCH_MESSAGES,
} from "@/lib/members/messages";
import { findUsersByIds } from "@/lib/members/queries/list";
import { eraseMemberInput, inviteAgainInput, memberRef, updateMemberInput } from "@/lib/members/schema";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Returns a handler that runs the command and returns the updated user, so that the screen can show them
 * immediately.
 */
function withUpdatedUser<Input extends { member: string }, Reason extends string>(
  command: (actor: Actor, input: Input) => Promise<Result<unknown, Reason>>,
) {
  return async (actor: Actor, input: Input) => {
    const result = await command(actor, input);
    return result.ok ? done(await findUpdatedUser(actor, input.member)) : result;
  };
}

export const vouchForAddressAction = defineAction({
  permission: "users:update",
  input: memberRef,
  messages: VOUCH_MESSAGES,
  handler: async (actor, input) => {
    const result = await vouchForAddress(actor, input);
    return result.ok ? done({ users: await findUsersByIds(actor, [input.member]) }) : result;
  },
});

export const resumeEmailsAction = defineAction({
  permission: "users:update",
  input: memberRef,
  messages: RESUME_EMAILS_MESSAGES,
  handler: withUpdatedUser(resumeEmails),
});

export const loadProfileAction = defineAction({
  permission: "users:read",
  input: memberRef,
  messages: PROFILE_MESSAGES,
  handler: async (actor, { member }) => {
    const profile = await findProfile(actor, member);
    return profile ? done(profile) : refused("not-found");
  },
});

export const updateMemberAction = defineAction({
  permission: "roles:assign",
  input: updateMemberInput,
  messages: UPDATE_MEMBER_MESSAGES,
  handler: withUpdatedUser(updateMember),
});

export const blockMemberAction = defineAction({
  permission: "users:block",
  input: memberRef,
  messages: BLOCK_MESSAGES,
  handler: withUpdatedUser(blockMember),
});

export const unblockMemberAction = defineAction({
  permission: "users:block",
  input: memberRef,
  messages: UNBLOCK_MESSAGES,
  handler: withUpdatedUser(unblockMember),
});

export const removeMemberAction = defineAction({
  permission: "users:remove",
  input: memberRef,
  messages: REMOVE_MESSAGES,
  handler: withUpdatedUser(removeMember),
});

export const inviteMemberAgainAction = defineAction({
  permission: "invitations:create",
  input: inviteAgainInput,
  messages: INVITE_AGAIN_MESSAGES,
  handler: withUpdatedUser(inviteMemberAgain),
});

export const leaveOrganizationAction = defineAction({
  permission: "any-member",
  input: organizationInput,
  messages: LEAVE_MESSAGES,
  handler: leaveOrganization,
});

export const eraseMemberAction = defineAction({
  permission: "users:remove",
  input: eraseMemberInput,
  messages: ERASE_MESSAGES,
  handler: eraseMember,
});
