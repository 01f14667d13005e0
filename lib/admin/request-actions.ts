"use server";

import { defineAction } from "@/lib/actions/define-action";
import { findAnswered } from "@/lib/admin/request-batch";
import { approve } from "@/lib/requests/commands/approve";
import { dismiss } from "@/lib/requests/commands/dismiss";
import { APPROVE_WORDS, DISMISS_WORDS, REQUEST_BULK_WORDS } from "@/lib/requests/messages";
import { approveInput, requestRef } from "@/lib/requests/schema";
import { done } from "@/lib/result/result";

export const approveRequest = defineAction({
  may: "requests:approve",
  input: approveInput,
  words: { ...REQUEST_BULK_WORDS, ...APPROVE_WORDS },
  run: async (actor, input) => {
    const outcome = await approve(actor, input);
    return outcome.ok
      ? done(await findAnswered(actor, [{ id: input.request, made: outcome.value }]))
      : outcome;
  },
});

export const dismissRequest = defineAction({
  may: "requests:dismiss",
  input: requestRef,
  words: { ...REQUEST_BULK_WORDS, ...DISMISS_WORDS },
  run: async (actor, input) => {
    const outcome = await dismiss(actor, input);
    return outcome.ok ? done(await findAnswered(actor, [{ id: input.request, made: null }])) : outcome;
  },
});
