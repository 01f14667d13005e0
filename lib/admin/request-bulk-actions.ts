"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, matchesInput } from "@/lib/actions/input";
import { doBatch } from "@/lib/admin/request-batch";
import { approveEach } from "@/lib/requests/commands/approve";
import { dismissEach } from "@/lib/requests/commands/dismiss";
import { APPROVE_MESSAGES, DISMISS_MESSAGES, REQUEST_BULK_MESSAGES } from "@/lib/requests/messages";
import { countMatches } from "@/lib/requests/queries/matches";
import { bulkApproveInput } from "@/lib/requests/schema";
import { done } from "@/lib/result/result";

export const approveRequests = defineAction({
  permission: "requests:approve",
  input: bulkApproveInput,
  messages: REQUEST_BULK_MESSAGES,
  handler: (actor, { role, policies, ...input }) =>
    doBatch(actor, input, APPROVE_MESSAGES, (requests) => approveEach(actor, { requests, role, policies })),
});

export const dismissRequests = defineAction({
  permission: "requests:dismiss",
  input: bulkInput,
  messages: REQUEST_BULK_MESSAGES,
  handler: (actor, input) =>
    doBatch(actor, input, DISMISS_MESSAGES, (requests) => dismissEach(actor, { requests })),
});

export const countRequests = defineAction({
  permission: "requests:read",
  input: matchesInput,
  messages: {},
  handler: async (actor, { query }) => done(await countMatches(actor, query)),
});
