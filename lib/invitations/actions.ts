"use server";

import { redirect } from "next/navigation";
import { findTimeline } from "@/lib/activity/queries";
import type { Actor } from "@/lib/auth/actor";
import { signInHere } from "@/lib/auth/current";
import { printCode, readCode } from "@/lib/invitations/code";
import { answer } from "@/lib/invitations/commands/answer-offer";
import { copy } from "@/lib/invitations/commands/copy";
import { correct } from "@/lib/invitations/commands/correct";
import { decline } from "@/lib/invitations/commands/decline";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { upload } from "@/lib/invitations/commands/upload";
import {
  ACCEPT_WORDS,
  COPY_WORDS,
  CORRECT_WORDS,
  DECLINE_WORDS,
  INVITE_WORDS,
  OFFER_WORDS,
  RENEW_WORDS,
  RESEND_WORDS,
  REVOKE_WORDS,
  UNDO_WORDS,
  UPLOAD_WORDS,
} from "@/lib/invitations/messages";
import { findByCode } from "@/lib/invitations/queries/by-code";
import { findChanged, findCurrent } from "@/lib/invitations/queries/changed";
import { findStandings } from "@/lib/invitations/queries/standings";
import {
  acceptInput,
  answerOfferInput,
  copyInput,
  correctInput,
  declineInput,
  findCodeInput,
  invitationRef,
  inviteInput,
  previewInput,
  shownInput,
  uploadInput,
} from "@/lib/invitations/schema";
import { defineAction, definePublicAction } from "@/lib/kit/action";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { findArrivals } from "@/lib/members/queries/arrivals";
import { countTabs } from "@/lib/members/queries/tab-counts";
import { memberRef } from "@/lib/members/schema";

/** Does it, and answers the rows as they are afterwards, which the screen applies; Send new makes another invitation. */
function showing<Reason extends string>(
  command: (
    actor: Actor,
    input: { invitation: string },
  ) => Promise<Outcome<{ memberId: string; invitationId?: string }, Reason>>,
) {
  return async (actor: Actor, input: { invitation: string }) => {
    const outcome = await command(actor, input);
    return outcome.ok
      ? done(await findChanged(actor, [{ invitationId: input.invitation, ...outcome.value }]))
      : outcome;
  };
}

export const inviteMembers = defineAction({
  may: "invitations:create",
  input: inviteInput,
  words: INVITE_WORDS,
  run: async (actor, input) => {
    const outcome = await invite(actor, input);
    return outcome.ok
      ? done({ answers: outcome.value, ...(await findChanged(actor, outcome.value)) })
      : outcome;
  },
});

export const previewList = defineAction({
  may: "invitations:create",
  input: previewInput,
  words: {},
  run: async (actor, { addresses }) => done(await findStandings(actor, addresses)),
});

export const uploadList = defineAction({
  may: "invitations:create",
  input: uploadInput,
  words: UPLOAD_WORDS,
  run: async (actor, input) => {
    const outcome = await upload(actor, input);
    return outcome.ok
      ? done({ lines: outcome.value, ...(await findChanged(actor, outcome.value)) })
      : outcome;
  },
});

export const copyInvitation = defineAction({
  may: "invitations:copy_link",
  input: copyInput,
  words: COPY_WORDS,
  run: copy,
});

export const resendInvitation = defineAction({
  may: "invitations:resend",
  input: invitationRef,
  words: RESEND_WORDS,
  run: showing(resend),
});

export const sendNewInvitation = defineAction({
  may: "invitations:create",
  input: invitationRef,
  words: RENEW_WORDS,
  run: showing(renew),
});

export const revokeInvitation = defineAction({
  may: "invitations:revoke",
  input: invitationRef,
  words: REVOKE_WORDS,
  run: showing(revoke),
});

export const correctAddress = defineAction({
  may: "invitations:create",
  input: correctInput,
  words: CORRECT_WORDS,
  run: async (actor, input) => {
    const outcome = await correct(actor, input);
    if (!outcome.ok) return outcome;
    const { requests: _, ...rows } = await findCurrent(actor, { members: outcome.value, requests: [] });
    return done(rows);
  },
});

export const undoRevokeInvitation = defineAction({
  may: "invitations:revoke",
  input: invitationRef,
  words: UNDO_WORDS,
  run: showing(undoRevoke),
});

export const showTimeline = defineAction({
  may: "invitations:read",
  input: memberRef,
  words: { "not-found": "This person does not exist here, or you no longer have access to them." },
  run: async (actor, { member }) => {
    const entries = await findTimeline(actor, member);
    return entries ? done(entries) : refused("not-found");
  },
});

/**
 * What a screen shows, as it is by now: its rows, the counts of the tabs, and who has come into the open list. What the actor
 * may not read stays away.
 */
export const showCurrent = defineAction({
  may: "any-member",
  input: shownInput,
  words: {},
  run: async (actor, { list, ...shown }) => {
    const [rows, counts, arrivals] = await Promise.all([
      findCurrent(actor, shown),
      list ? countTabs(actor) : null,
      list ? findArrivals(actor, list) : null,
    ]);
    return done({ rows, counts, arrivals });
  },
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
