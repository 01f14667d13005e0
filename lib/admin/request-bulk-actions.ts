"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, matchesInput } from "@/lib/actions/input";
import { doBatch } from "@/lib/admin/request-batch";
import { approveEach } from "@/lib/requests/commands/approve";
import { dismissEach } from "@/lib/requests/commands/dismiss";
import { APPROVE_WORDS, DISMISS_WORDS, REQUEST_BULK_WORDS } from "@/lib/requests/messages";
import { countMatches } from "@/lib/requests/queries/matches";
import { bulkApproveInput } from "@/lib/requests/schema";
import { done } from "@/lib/result/result";

export const approveRequests = defineAction({
  may: "requests:approve",
  input: bulkApproveInput,
  words: REQUEST_BULK_WORDS,
  run: (actor, { role, policies, ...input }) =>
    doBatch(actor, input, APPROVE_WORDS, (requests) => approveEach(actor, { requests, role, policies })),
});

export const dismissRequests = defineAction({
  may: "requests:dismiss",
  input: bulkInput,
  words: REQUEST_BULK_WORDS,
  run: (actor, input) => doBatch(actor, input, DISMISS_WORDS, (requests) => dismissEach(actor, { requests })),
});

export const countRequests = defineAction({
  may: "requests:read",
  input: matchesInput,
  words: {},
  run: async (actor, { query }) => done(await countMatches(actor, query)),
});
