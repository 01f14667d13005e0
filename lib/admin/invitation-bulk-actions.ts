"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, bulkResendInput, matchCountInput } from "@/lib/actions/input";
import { runInvitationBatch } from "@/lib/admin/invitation-batch";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { renewInvitations } from "@/lib/invitations/commands/renew";
import { resendInvitations } from "@/lib/invitations/commands/resend";
import { revokeInvitations } from "@/lib/invitations/commands/revoke";
import {
  INVITATION_BULK_MESSAGES,
  RENEW_MESSAGES,
  RESEND_MESSAGES,
  REVOKE_MESSAGES,
} from "@/lib/invitations/messages";
import { countMatchingInvitations } from "@/lib/invitations/queries/matches";
import { done } from "@/lib/result/result";

export const resendInvitationsAction = defineAction({
  permission: "invitations:resend",
  input: bulkResendInput,
  messages: INVITATION_BULK_MESSAGES,
  handler: async (actor, input) =>
    runInvitationBatch(await currentTranslation(), actor, input, RESEND_MESSAGES, (invitations) =>
      resendInvitations(actor, { invitations, asOf: input.asOf }),
    ),
});

export const renewInvitationsAction = defineAction({
  permission: "invitations:create",
  input: bulkInput,
  messages: INVITATION_BULK_MESSAGES,
  handler: async (actor, input) =>
    runInvitationBatch(await currentTranslation(), actor, input, RENEW_MESSAGES, (invitations) =>
      renewInvitations(actor, { invitations }),
    ),
});

export const revokeInvitationsAction = defineAction({
  permission: "invitations:revoke",
  input: bulkInput,
  messages: INVITATION_BULK_MESSAGES,
  handler: async (actor, input) =>
    runInvitationBatch(await currentTranslation(), actor, input, REVOKE_MESSAGES, (invitations) =>
      revokeInvitations(actor, { invitations }),
    ),
});

export const countInvitationsAction = defineAction({
  permission: "invitations:read",
  input: matchCountInput,
  messages: {},
  handler: async (actor, { query }) => done(await countMatchingInvitations(actor, query)),
});
