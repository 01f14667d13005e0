"use server";

import { redirect } from "next/navigation";
import { definePublicAction } from "@/lib/actions/define-action";
import { signInHere } from "@/lib/auth/current";
import { answer } from "@/lib/invitations/commands/answer-offer";
import { decline } from "@/lib/invitations/commands/decline";
import { accept } from "@/lib/invitations/commands/join";
import { ACCEPT_WORDS, DECLINE_WORDS, OFFER_WORDS } from "@/lib/invitations/messages";
import { findByCode } from "@/lib/invitations/queries/by-code";
import { acceptInput, answerOfferInput, declineInput, findCodeInput } from "@/lib/invitations/schema";
import { printCode, readCode } from "@/lib/links/invitation-link";
import { done } from "@/lib/result/result";

export const acceptInvitation = definePublicAction({
  input: acceptInput,
  words: ACCEPT_WORDS,
  run: ({ ip, account }, input) => accept(ip, account, input),
  after: async ({ accountId, slug, isNew }) => {
    if (isNew) await signInHere(accountId);
    redirect(`/o/${slug}?joined`);
  },
});

export const findInvitation = definePublicAction({
  input: findCodeInput,
  words: ACCEPT_WORDS,
  run: async ({ ip }, { code }) => {
    const found = await findByCode(ip, code);
    return found.ok ? done(null) : found;
  },
  after: async (_, { code }) => redirect(`/join/${printCode(readCode(code) ?? "")}`),
});

export const declineInvitation = definePublicAction({
  input: declineInput,
  words: DECLINE_WORDS,
  run: ({ ip, account }, input) => decline(ip, account, input),
  after: async (_, { code }) => redirect(`/join/${printCode(readCode(code) ?? "")}`),
});

export const answerOffer = definePublicAction({
  input: answerOfferInput,
  words: OFFER_WORDS,
  run: ({ account }, input) => answer(account, input),
  after: async (joined) => redirect(joined ? `/o/${joined.slug}?joined` : "/"),
});
