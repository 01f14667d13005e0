"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, inOrganization, matchesInput } from "@/lib/actions/input";
import { doBatch } from "@/lib/admin/user-batch";
import { blockEach } from "@/lib/members/commands/block";
import { changeEach } from "@/lib/members/commands/change";
import { BLOCK_MESSAGES, CHANGE_EACH_MESSAGES, USER_BULK_MESSAGES } from "@/lib/members/messages";
import { findGifts } from "@/lib/members/queries/gifts";
import { countMatches } from "@/lib/members/queries/matches";
import { bulkPolicyInput, bulkRoleInput } from "@/lib/members/schema";
import { done } from "@/lib/result/result";

export const changeRoleOfUsers = defineAction({
  permission: "roles:assign",
  input: bulkRoleInput,
  messages: USER_BULK_MESSAGES,
  handler: (actor, { role, ...input }) =>
    doBatch(actor, input, CHANGE_EACH_MESSAGES, (members) => changeEach(actor, { members, role })),
});

export const addPolicyToUsers = defineAction({
  permission: "roles:assign",
  input: bulkPolicyInput,
  messages: USER_BULK_MESSAGES,
  handler: (actor, { policy, ...input }) =>
    doBatch(actor, input, CHANGE_EACH_MESSAGES, (members) => changeEach(actor, { members, policy })),
});

export const blockUsers = defineAction({
  permission: "users:block",
  input: bulkInput,
  messages: USER_BULK_MESSAGES,
  handler: (actor, input) =>
    doBatch(actor, input, BLOCK_MESSAGES, (members) => blockEach(actor, { members })),
});

export const countUsersMatching = defineAction({
  permission: "users:read",
  input: matchesInput,
  messages: {},
  handler: async (actor, { query }) => done(await countMatches(actor, query)),
});

/** What there is to give to many: read when it is chosen, so that Users itself does not carry it. */
export const showGifts = defineAction({
  permission: "roles:assign",
  input: inOrganization,
  messages: {},
  handler: async (actor) => done(await findGifts(actor)),
});
