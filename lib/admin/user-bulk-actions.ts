"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, matchCountInput, organizationInput } from "@/lib/actions/input";
import { runUserBatch } from "@/lib/admin/user-batch";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { blockMembers } from "@/lib/members/commands/block";
import { updateMembers } from "@/lib/members/commands/update";
import { BLOCK_MESSAGES, UPDATE_MEMBERS_MESSAGES, USER_BULK_MESSAGES } from "@/lib/members/messages";
import { findAssignmentOptions } from "@/lib/members/queries/assignment-options";
import { countMatchingUsers } from "@/lib/members/queries/matches";
import { bulkPolicyInput, bulkRoleInput } from "@/lib/members/schema";
import { done } from "@/lib/result/result";

export const assignRoleAction = defineAction({
  permission: "roles:assign",
  input: bulkRoleInput,
  messages: USER_BULK_MESSAGES,
  handler: async (actor, { role, ...input }) =>
    runUserBatch(await currentTranslation(), actor, input, UPDATE_MEMBERS_MESSAGES, (members) =>
      updateMembers(actor, { members, role }),
    ),
});

export const addPolicyAction = defineAction({
  permission: "roles:assign",
  input: bulkPolicyInput,
  messages: USER_BULK_MESSAGES,
  handler: async (actor, { policy, ...input }) =>
    runUserBatch(await currentTranslation(), actor, input, UPDATE_MEMBERS_MESSAGES, (members) =>
      updateMembers(actor, { members, policy }),
    ),
});

export const blockMembersAction = defineAction({
  permission: "users:block",
  input: bulkInput,
  messages: USER_BULK_MESSAGES,
  handler: async (actor, input) =>
    runUserBatch(await currentTranslation(), actor, input, BLOCK_MESSAGES, (members) =>
      blockMembers(actor, { members }),
    ),
});

export const countMatchingUsersAction = defineAction({
  permission: "users:read",
  input: matchCountInput,
  messages: {},
  handler: async (actor, { query }) => done(await countMatchingUsers(actor, query)),
});

/** Loads the options of a bulk change when its dialog opens, so that the Users page need not include them. */
export const loadAssignmentOptionsAction = defineAction({
  permission: "roles:assign",
  input: organizationInput,
  messages: {},
  handler: async (actor) => done(await findAssignmentOptions(actor)),
});
