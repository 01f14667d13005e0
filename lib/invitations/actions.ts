"use server";

import { redirect } from "next/navigation";
import { definePublicAction } from "@/lib/actions/define-action";
import { signInHere } from "@/lib/auth/current";
import { answer } from "@/lib/invitations/commands/answer-offer";
import { decline } from "@/lib/invitations/commands/decline";
import { accept } from "@/lib/invitations/commands/join";
import { ACCEPT_MESSAGES, DECLINE_MESSAGES, OFFER_MESSAGES } from "@/lib/invitations/messages";
import { findByCode } from "@/lib/invitations/queries/by-code";
import { acceptInput, answerOfferInput, declineInput, findCodeInput } from "@/lib/invitations/schema";
import { printCode, readCode } from "@/lib/links/invitation-link";
import { done } from "@/lib/result/result";

export const acceptInvitation = definePublicAction({
  input: acceptInput,
  messages: ACCEPT_MESSAGES,
  handler: ({ ip, account }, input) => accept(ip, account, input),
  onSuccess: async ({ accountId, slug, isNew }) => {
    if (isNew) await signInHere(accountId);
    redirect(`/o/${slug}?joined`);
  },
});

export const findInvitation = definePublicAction({
  input: findCodeInput,
  messages: ACCEPT_MESSAGES,
  handler: async ({ ip }, { code }) => {
    const found = await findByCode(ip, code);
    return found.ok ? done(null) : found;
  },
  onSuccess: async (_, { code }) => redirect(`/join/${printCode(readCode(code) ?? "")}`),
});

export const declineInvitation = definePublicAction({
  input: declineInput,
  messages: DECLINE_MESSAGES,
  handler: ({ ip, account }, input) => decline(ip, account, input),
  onSuccess: async (_, { code }) => redirect(`/join/${printCode(readCode(code) ?? "")}`),
});

export const answerOffer = definePublicAction({
  input: answerOfferInput,
  messages: OFFER_MESSAGES,
  handler: ({ account }, input) => answer(account, input),
  onSuccess: async (joined) => redirect(joined ? `/o/${joined.slug}?joined` : "/"),
});
