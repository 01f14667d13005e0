"use server";

import { defineAction } from "@/lib/actions/define-action";
import { findChangedRows } from "@/lib/admin/request-batch";
import { approveRequest } from "@/lib/requests/commands/approve";
import { dismissRequest } from "@/lib/requests/commands/dismiss";
import {
  APPROVE_REQUEST_MESSAGES,
  DISMISS_REQUEST_MESSAGES,
  REQUEST_BULK_MESSAGES,
} from "@/lib/requests/messages";
import { approveRequestInput, requestIdInput } from "@/lib/requests/schema";
import { done } from "@/lib/result/result";

export const approveRequestAction = defineAction({
  permission: "requests:approve",
  input: approveRequestInput,
  messages: { ...REQUEST_BULK_MESSAGES, ...APPROVE_REQUEST_MESSAGES },
  handler: async (actor, input) => {
    const result = await approveRequest(actor, input);
    return result.ok
      ? done(await findChangedRows(actor, [{ id: input.request, created: result.value }]))
      : result;
  },
});

export const dismissRequestAction = defineAction({
  permission: "requests:dismiss",
  input: requestIdInput,
  messages: { ...REQUEST_BULK_MESSAGES, ...DISMISS_REQUEST_MESSAGES },
  handler: async (actor, input) => {
    const result = await dismissRequest(actor, input);
    return result.ok ? done(await findChangedRows(actor, [{ id: input.request, created: null }])) : result;
  },
});
