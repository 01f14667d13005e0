"use server";

import { redirect } from "next/navigation";
import { signInHere } from "@/lib/auth/current";
import { printCode, readCode } from "@/lib/invitations/code";
import { copy } from "@/lib/invitations/commands/copy";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { ACCEPT_WORDS, COPY_WORDS, INVITE_WORDS } from "@/lib/invitations/messages";
import { findByCode } from "@/lib/invitations/queries/by-code";
import { findInvited } from "@/lib/invitations/queries/list";
import { acceptInput, copyInput, findCodeInput, inviteInput } from "@/lib/invitations/schema";
import { defineAction, definePublicAction } from "@/lib/kit/action";
import { done } from "@/lib/kit/outcome";

export const inviteMembers = defineAction({
  may: "invitations:create",
  input: inviteInput,
  words: INVITE_WORDS,
  run: async (actor, input) => {
    const outcome = await invite(actor, input);
    return outcome.ok
      ? done({ answers: outcome.value, ...(await findInvited(actor, outcome.value)) })
      : outcome;
  },
});

export const copyInvitation = defineAction({
  may: "invitations:copy_link",
  input: copyInput,
  words: COPY_WORDS,
  run: copy,
});

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
