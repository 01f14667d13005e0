"use server";

import { defineAction } from "@/lib/actions/define-action";
import { shownInput } from "@/lib/actions/input";
import { findTimeline } from "@/lib/activity/queries";
import { findArrivals } from "@/lib/admin/queries/new-rows";
import { findChanged, findCurrent } from "@/lib/admin/queries/rows";
import { countTabs } from "@/lib/admin/queries/tab-counts";
import type { Actor } from "@/lib/auth/actor";
import { copy } from "@/lib/invitations/commands/copy";
import { correct } from "@/lib/invitations/commands/correct";
import { invite } from "@/lib/invitations/commands/invite";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { upload } from "@/lib/invitations/commands/upload";
import {
  COPY_MESSAGES,
  CORRECT_MESSAGES,
  INVITE_MESSAGES,
  RENEW_MESSAGES,
  RESEND_MESSAGES,
  REVOKE_MESSAGES,
  UNDO_MESSAGES,
  UPLOAD_MESSAGES,
} from "@/lib/invitations/messages";
import { findStandings } from "@/lib/invitations/queries/standings";
import {
  copyInput,
  correctInput,
  invitationRef,
  inviteInput,
  previewInput,
  uploadInput,
} from "@/lib/invitations/schema";
import { memberRef } from "@/lib/members/schema";
import { done, type Result, refused } from "@/lib/result/result";

/** Does it, and answers the rows as they are afterwards, which the screen applies; Send new makes another invitation. */
function showing<Reason extends string>(
  command: (
    actor: Actor,
    input: { invitation: string },
  ) => Promise<Result<{ memberId: string; invitationId?: string }, Reason>>,
) {
  return async (actor: Actor, input: { invitation: string }) => {
    const outcome = await command(actor, input);
    return outcome.ok
      ? done(await findChanged(actor, [{ invitationId: input.invitation, ...outcome.value }]))
      : outcome;
  };
}

export const inviteMembers = defineAction({
  permission: "invitations:create",
  input: inviteInput,
  messages: INVITE_MESSAGES,
  handler: async (actor, input) => {
    const outcome = await invite(actor, input);
    return outcome.ok
      ? done({ answers: outcome.value, ...(await findChanged(actor, outcome.value)) })
      : outcome;
  },
});

export const previewList = defineAction({
  permission: "invitations:create",
  input: previewInput,
  messages: {},
  handler: async (actor, { addresses }) => done(await findStandings(actor, addresses)),
});

export const uploadList = defineAction({
  permission: "invitations:create",
  input: uploadInput,
  messages: UPLOAD_MESSAGES,
  handler: async (actor, input) => {
    const outcome = await upload(actor, input);
    return outcome.ok
      ? done({ lines: outcome.value, ...(await findChanged(actor, outcome.value)) })
      : outcome;
  },
});

export const copyInvitation = defineAction({
  permission: "invitations:copy_link",
  input: copyInput,
  messages: COPY_MESSAGES,
  handler: copy,
});

export const resendInvitation = defineAction({
  permission: "invitations:resend",
  input: invitationRef,
  messages: RESEND_MESSAGES,
  handler: showing(resend),
});

export const sendNewInvitation = defineAction({
  permission: "invitations:create",
  input: invitationRef,
  messages: RENEW_MESSAGES,
  handler: showing(renew),
});

export const revokeInvitation = defineAction({
  permission: "invitations:revoke",
  input: invitationRef,
  messages: REVOKE_MESSAGES,
  handler: showing(revoke),
});

export const correctAddress = defineAction({
  permission: "invitations:create",
  input: correctInput,
  messages: CORRECT_MESSAGES,
  handler: async (actor, input) => {
    const outcome = await correct(actor, input);
    if (!outcome.ok) return outcome;
    const { requests: _, ...rows } = await findCurrent(actor, { members: outcome.value, requests: [] });
    return done(rows);
  },
});

export const undoRevokeInvitation = defineAction({
  permission: "invitations:revoke",
  input: invitationRef,
  messages: UNDO_MESSAGES,
  handler: showing(undoRevoke),
});

export const showTimeline = defineAction({
  permission: "invitations:read",
  input: memberRef,
  messages: { "not-found": "This person does not exist here, or you no longer have access to them." },
  handler: async (actor, { member }) => {
    const entries = await findTimeline(actor, member);
    return entries ? done(entries) : refused("not-found");
  },
});

/**
 * What a screen shows, as it is by now: its rows, the counts of the tabs, and who has come into the open list. What the actor
 * may not read stays away.
 */
export const showCurrent = defineAction({
  permission: "any-member",
  input: shownInput,
  messages: {},
  handler: async (actor, { list, ...shown }) => {
    const [rows, counts, arrivals] = await Promise.all([
      findCurrent(actor, shown),
      list ? countTabs(actor) : null,
      list ? findArrivals(actor, list) : null,
    ]);
    return done({ rows, counts, arrivals });
  },
});
