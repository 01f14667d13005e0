"use server";

import { defineAction } from "@/lib/actions/define-action";
import { visibleRowsInput } from "@/lib/actions/input";
import { findTimeline } from "@/lib/activity/queries";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { findNewRows } from "@/lib/admin/queries/new-rows";
import { countTabs } from "@/lib/admin/queries/tab-counts";
import { findRowsByIds, findVisibleRows } from "@/lib/admin/queries/visible-rows";
import type { Actor } from "@/lib/auth/actor";
import { LOCALES } from "@/lib/i18n/locales";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { correctAddress } from "@/lib/invitations/commands/correct-address";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { uploadInvitationList } from "@/lib/invitations/commands/upload";
import { toPersonName } from "@/lib/invitations/list-file/names";
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
import { findIneligibleAddresses } from "@/lib/invitations/queries/eligibility";
import {
  copyInput,
  correctAddressInput,
  eligibilityInput,
  invitationRef,
  inviteInput,
  uploadInput,
} from "@/lib/invitations/schema";
import { memberRef } from "@/lib/members/schema";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Runs the command and returns the updated rows so the client can show them immediately. The row of a renewed
 * invitation is the new invitation's.
 */
function withChangedRows<Reason extends string>(
  command: (
    actor: Actor,
    input: { invitation: string },
  ) => Promise<Result<{ memberId: string; invitationId?: string }, Reason>>,
) {
  return async (actor: Actor, input: { invitation: string }) => {
    const result = await command(actor, input);
    return result.ok
      ? done(await findRowsByIds(actor, [{ invitationId: input.invitation, ...result.value }]))
      : result;
  };
}

export const inviteMembersAction = defineAction({
  permission: "invitations:create",
  input: inviteInput,
  messages: INVITE_MESSAGES,
  handler: async (actor, { names = {}, ...input }) => {
    const people = new Map(
      Object.entries(names).map(([address, name]) => [address, { name: toPersonName(name) ?? "" }]),
    );
    const result = await inviteMembers(actor, { ...input, people });
    return result.ok
      ? done({ results: result.value, ...(await findRowsByIds(actor, result.value)) })
      : result;
  },
});

export const checkEligibilityAction = defineAction({
  permission: "invitations:create",
  input: eligibilityInput,
  messages: {},
  handler: async (actor, { addresses }) => done(await findIneligibleAddresses(actor, addresses)),
});

export const uploadInvitationListAction = defineAction({
  permission: "invitations:create",
  input: uploadInput,
  messages: UPLOAD_MESSAGES,
  handler: async (actor, input) => {
    const options = await findInviteOptions(actor);
    if (!options) return refused("rights-lost");
    const context = { roles: options.roles, policies: options.policies, languages: LOCALES };
    const result = await uploadInvitationList(actor, input, context);
    return result.ok ? done({ lines: result.value, ...(await findRowsByIds(actor, result.value)) }) : result;
  },
});

export const copyInvitationAction = defineAction({
  permission: "invitations:copy_link",
  input: copyInput,
  messages: COPY_MESSAGES,
  handler: copyInvitation,
});

export const resendInvitationAction = defineAction({
  permission: "invitations:resend",
  input: invitationRef,
  messages: RESEND_MESSAGES,
  handler: withChangedRows(resendInvitation),
});

export const renewInvitationAction = defineAction({
  permission: "invitations:create",
  input: invitationRef,
  messages: RENEW_MESSAGES,
  handler: withChangedRows(renewInvitation),
});

export const revokeInvitationAction = defineAction({
  permission: "invitations:revoke",
  input: invitationRef,
  messages: REVOKE_MESSAGES,
  handler: withChangedRows(revokeInvitation),
});

export const correctAddressAction = defineAction({
  permission: "invitations:create",
  input: correctAddressInput,
  messages: CORRECT_MESSAGES,
  handler: async (actor, input) => {
    const result = await correctAddress(actor, input);
    if (!result.ok) return result;
    const { requests: _, ...rows } = await findVisibleRows(actor, { members: result.value, requests: [] });
    return done(rows);
  },
});

export const undoRevokeInvitationAction = defineAction({
  permission: "invitations:revoke",
  input: invitationRef,
  messages: UNDO_MESSAGES,
  handler: withChangedRows(undoRevokeInvitation),
});

export const findTimelineAction = defineAction({
  permission: "invitations:read",
  input: memberRef,
  messages: { "not-found": "errors.actions.not-found" },
  handler: async (actor, { member }) => {
    const entries = await findTimeline(actor, member);
    return entries ? done(entries) : refused("not-found");
  },
});

/**
 * Returns the current state of what the screen shows: its rows, the counts of the tabs, and rows that are new
 * in the open list. What the actor is not allowed to read is missing.
 */
export const loadVisibleRowsAction = defineAction({
  permission: "any-member",
  input: visibleRowsInput,
  messages: {},
  handler: async (actor, { list, ...shown }) => {
    const [rows, counts, newRows] = await Promise.all([
      findVisibleRows(actor, shown),
      list ? countTabs(actor) : null,
      list ? findNewRows(actor, list) : null,
    ]);
    return done({ rows, counts, newRows });
  },
});
