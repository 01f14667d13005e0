"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, inOrganization, matchesInput } from "@/lib/actions/input";
import { doBatch } from "@/lib/admin/user-batch";
import { blockEach } from "@/lib/members/commands/block";
import { changeEach } from "@/lib/members/commands/change";
import { BLOCK_WORDS, CHANGE_EACH_WORDS, USER_BULK_WORDS } from "@/lib/members/messages";
import { findGifts } from "@/lib/members/queries/gifts";
import { countMatches } from "@/lib/members/queries/matches";
import { bulkPolicyInput, bulkRoleInput } from "@/lib/members/schema";
import { done } from "@/lib/result/result";

export const changeRoleOfUsers = defineAction({
  may: "roles:assign",
  input: bulkRoleInput,
  words: USER_BULK_WORDS,
  run: (actor, { role, ...input }) =>
    doBatch(actor, input, CHANGE_EACH_WORDS, (members) => changeEach(actor, { members, role })),
});

export const addPolicyToUsers = defineAction({
  may: "roles:assign",
  input: bulkPolicyInput,
  words: USER_BULK_WORDS,
  run: (actor, { policy, ...input }) =>
    doBatch(actor, input, CHANGE_EACH_WORDS, (members) => changeEach(actor, { members, policy })),
});

export const blockUsers = defineAction({
  may: "users:block",
  input: bulkInput,
  words: USER_BULK_WORDS,
  run: (actor, input) => doBatch(actor, input, BLOCK_WORDS, (members) => blockEach(actor, { members })),
});

export const countUsersMatching = defineAction({
  may: "users:read",
  input: matchesInput,
  words: {},
  run: async (actor, { query }) => done(await countMatches(actor, query)),
});

/** What there is to give to many: read when it is chosen, so that Users itself does not carry it. */
export const showGifts = defineAction({
  may: "roles:assign",
  input: inOrganization,
  words: {},
  run: async (actor) => done(await findGifts(actor)),
});
