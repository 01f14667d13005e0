"use server";

import { redirect } from "next/navigation";
import { printCode, readCode } from "@/lib/invitations/code";
import { defineAction, definePublicAction } from "@/lib/kit/action";
import { done } from "@/lib/kit/outcome";
import { readSecret } from "@/lib/kit/secrets";
import { findAnswered } from "@/lib/requests/bulk";
import { approve } from "@/lib/requests/commands/approve";
import { ask } from "@/lib/requests/commands/ask";
import { askAgain } from "@/lib/requests/commands/ask-again";
import { confirm } from "@/lib/requests/commands/confirm";
import { dismiss } from "@/lib/requests/commands/dismiss";
import {
  APPROVE_WORDS,
  ASK_AGAIN_WORDS,
  ASK_WORDS,
  CONFIRM_REQUEST_WORDS,
  DISMISS_WORDS,
  REQUEST_BULK_WORDS,
} from "@/lib/requests/messages";
import { approveInput, askInput, codeInput, requestRef } from "@/lib/requests/schema";

export const requestInvitation = definePublicAction({
  input: askInput,
  words: ASK_WORDS,
  run: ({ ip }, input) => ask(ip, input),
});

export const confirmRequest = definePublicAction({
  input: codeInput,
  words: CONFIRM_REQUEST_WORDS,
  run: ({ ip }, { code }) => confirm(ip, code),
  after: async (_, { code }) => redirect(`/request/${printCode(readSecret(code) ?? "")}`),
});

export const requestNewInvitation = definePublicAction({
  input: codeInput,
  words: ASK_AGAIN_WORDS,
  run: ({ ip }, { code }) => askAgain(ip, code),
  after: async (_, { code }) => redirect(`/join/${printCode(readCode(code) ?? "")}`),
});

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
