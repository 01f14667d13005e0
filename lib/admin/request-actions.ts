"use server";

import { defineAction } from "@/lib/actions/define-action";
import { findAnswered } from "@/lib/admin/request-batch";
import { approve } from "@/lib/requests/commands/approve";
import { dismiss } from "@/lib/requests/commands/dismiss";
import { APPROVE_MESSAGES, DISMISS_MESSAGES, REQUEST_BULK_MESSAGES } from "@/lib/requests/messages";
import { approveInput, requestRef } from "@/lib/requests/schema";
import { done } from "@/lib/result/result";

export const approveRequest = defineAction({
  permission: "requests:approve",
  input: approveInput,
  messages: { ...REQUEST_BULK_MESSAGES, ...APPROVE_MESSAGES },
  handler: async (actor, input) => {
    const outcome = await approve(actor, input);
    return outcome.ok
      ? done(await findAnswered(actor, [{ id: input.request, made: outcome.value }]))
      : outcome;
  },
});

export const dismissRequest = defineAction({
  permission: "requests:dismiss",
  input: requestRef,
  messages: { ...REQUEST_BULK_MESSAGES, ...DISMISS_MESSAGES },
  handler: async (actor, input) => {
    const outcome = await dismiss(actor, input);
    return outcome.ok ? done(await findAnswered(actor, [{ id: input.request, made: null }])) : outcome;
  },
});
