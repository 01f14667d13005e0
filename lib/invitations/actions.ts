"use server";

import { redirect } from "next/navigation";
import { definePublicAction } from "@/lib/actions/define-action";
import { signInAccount } from "@/lib/auth/current";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { respondToInvitation } from "@/lib/invitations/commands/respond";
import { ACCEPT_MESSAGES, DECLINE_MESSAGES, RESPOND_MESSAGES } from "@/lib/invitations/messages";
import { findInvitationByCode } from "@/lib/invitations/queries/by-code";
import { acceptInput, declineInput, findCodeInput, respondInput } from "@/lib/invitations/schema";
import { formatCode, parseInvitationCode } from "@/lib/links/invitation-link";
import { done } from "@/lib/result/result";

export const acceptInvitationAction = definePublicAction({
  input: acceptInput,
  messages: ACCEPT_MESSAGES,
  handler: ({ ip, account }, input) => acceptInvitation(ip, account, input),
  onSuccess: async ({ accountId, slug, isNew }) => {
    if (isNew) await signInAccount(accountId);
    redirect(`/o/${slug}?joined`);
  },
});

export const findInvitationByCodeAction = definePublicAction({
  input: findCodeInput,
  messages: ACCEPT_MESSAGES,
  handler: async ({ ip }, { code }) => {
    const found = await findInvitationByCode(ip, code);
    return found.ok ? done(null) : found;
  },
  onSuccess: async (_, { code }) => redirect(`/join/${formatCode(parseInvitationCode(code) ?? "")}`),
});

export const declineInvitationAction = definePublicAction({
  input: declineInput,
  messages: DECLINE_MESSAGES,
  handler: ({ ip, account }, input) => declineInvitation(ip, account, input),
  onSuccess: async (_, { code }) => redirect(`/join/${formatCode(parseInvitationCode(code) ?? "")}`),
});

export const respondToInvitationAction = definePublicAction({
  input: respondInput,
  messages: RESPOND_MESSAGES,
  handler: ({ account }, input) => respondToInvitation(account, input),
  onSuccess: async (joined) => redirect(joined ? `/o/${joined.slug}?joined` : "/"),
});
