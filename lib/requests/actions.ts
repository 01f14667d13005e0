"use server";

import { redirect } from "next/navigation";
import { definePublicAction } from "@/lib/actions/define-action";
import { readSecret } from "@/lib/crypto/codes";
import { printCode, readCode } from "@/lib/links/invitation-link";
import { ask } from "@/lib/requests/commands/ask";
import { askAgain } from "@/lib/requests/commands/ask-again";
import { confirm } from "@/lib/requests/commands/confirm";
import { ASK_AGAIN_MESSAGES, ASK_MESSAGES, CONFIRM_REQUEST_MESSAGES } from "@/lib/requests/messages";
import { askInput, codeInput } from "@/lib/requests/schema";

export const requestInvitation = definePublicAction({
  input: askInput,
  messages: ASK_MESSAGES,
  handler: ({ ip }, input) => ask(ip, input),
});

export const confirmRequest = definePublicAction({
  input: codeInput,
  messages: CONFIRM_REQUEST_MESSAGES,
  handler: ({ ip }, { code }) => confirm(ip, code),
  onSuccess: async (_, { code }) => redirect(`/request/${printCode(readSecret(code) ?? "")}`),
});

export const requestNewInvitation = definePublicAction({
  input: codeInput,
  messages: ASK_AGAIN_MESSAGES,
  handler: ({ ip }, { code }) => askAgain(ip, code),
  onSuccess: async (_, { code }) => redirect(`/join/${printCode(readCode(code) ?? "")}`),
});
