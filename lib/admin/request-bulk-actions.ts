"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, matchCountInput } from "@/lib/actions/input";
import { runRequestBatch } from "@/lib/admin/request-batch";
import { approveRequests } from "@/lib/requests/commands/approve";
import { dismissRequests } from "@/lib/requests/commands/dismiss";
import {
  APPROVE_REQUEST_MESSAGES,
  DISMISS_REQUEST_MESSAGES,
  REQUEST_BULK_MESSAGES,
} from "@/lib/requests/messages";
import { countMatchingRequests } from "@/lib/requests/queries/matches";
import { bulkApproveRequestsInput } from "@/lib/requests/schema";
import { done } from "@/lib/result/result";

export const approveRequestsAction = defineAction({
  permission: "requests:approve",
  input: bulkApproveRequestsInput,
  messages: REQUEST_BULK_MESSAGES,
  handler: (actor, { role, policies, ...input }) =>
    runRequestBatch(actor, input, APPROVE_REQUEST_MESSAGES, (requests) =>
      approveRequests(actor, { requests, role, policies }),
    ),
});

export const dismissRequestsAction = defineAction({
  permission: "requests:dismiss",
  input: bulkInput,
  messages: REQUEST_BULK_MESSAGES,
  handler: (actor, input) =>
    runRequestBatch(actor, input, DISMISS_REQUEST_MESSAGES, (requests) =>
      dismissRequests(actor, { requests }),
    ),
});

export const countMatchingRequestsAction = defineAction({
  permission: "requests:read",
  input: matchCountInput,
  messages: {},
  handler: async (actor, { query }) => done(await countMatchingRequests(actor, query)),
});
