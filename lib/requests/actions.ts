"use server";

import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { definePublicAction } from "@/lib/actions/define-action";
import { parseCode } from "@/lib/crypto/codes";
import { formatCode, parseInvitationCode } from "@/lib/links/invitation-link";
import { confirmRequest } from "@/lib/requests/commands/confirm";
import { requestNewInvitation } from "@/lib/requests/commands/request-new-invitation";
import { submitRequest } from "@/lib/requests/commands/submit";
import {
  CONFIRM_REQUEST_MESSAGES,
  REQUEST_NEW_INVITATION_MESSAGES,
  SUBMIT_REQUEST_MESSAGES,
} from "@/lib/requests/messages";
import { codeInput, submitRequestInput } from "@/lib/requests/schema";

export const submitRequestAction = definePublicAction({
  input: submitRequestInput,
  messages: SUBMIT_REQUEST_MESSAGES,
  handler: async ({ ip }, input) => submitRequest(ip, { ...input, language: await getLocale() }),
});

export const confirmRequestAction = definePublicAction({
  input: codeInput,
  messages: CONFIRM_REQUEST_MESSAGES,
  handler: ({ ip }, { code }) => confirmRequest(ip, code),
  onSuccess: async (_, { code }) => redirect(`/request/${formatCode(parseCode(code) ?? "")}`),
});

export const requestNewInvitationAction = definePublicAction({
  input: codeInput,
  messages: REQUEST_NEW_INVITATION_MESSAGES,
  handler: ({ ip }, { code }) => requestNewInvitation(ip, code),
  onSuccess: async (_, { code }) => redirect(`/join/${formatCode(parseInvitationCode(code) ?? "")}`),
});
