"use server";

import { redirect } from "next/navigation";
import { definePublicAction } from "@/lib/actions/define-action";
import { readSecret } from "@/lib/crypto/codes";
import { printCode, readCode } from "@/lib/links/invitation-link";
import { ask } from "@/lib/requests/commands/ask";
import { askAgain } from "@/lib/requests/commands/ask-again";
import { confirm } from "@/lib/requests/commands/confirm";
import { ASK_AGAIN_WORDS, ASK_WORDS, CONFIRM_REQUEST_WORDS } from "@/lib/requests/messages";
import { askInput, codeInput } from "@/lib/requests/schema";

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
