"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, bulkResendInput, matchesInput } from "@/lib/actions/input";
import { doBatch } from "@/lib/admin/invitation-batch";
import { renewEach } from "@/lib/invitations/commands/renew";
import { resendEach } from "@/lib/invitations/commands/resend";
import { revokeEach } from "@/lib/invitations/commands/revoke";
import { BULK_MESSAGES, RENEW_MESSAGES, RESEND_MESSAGES, REVOKE_MESSAGES } from "@/lib/invitations/messages";
import { countMatches } from "@/lib/invitations/queries/matches";
import { done } from "@/lib/result/result";

export const resendInvitations = defineAction({
  permission: "invitations:resend",
  input: bulkResendInput,
  messages: BULK_MESSAGES,
  handler: (actor, input) =>
    doBatch(actor, input, RESEND_MESSAGES, (invitations) =>
      resendEach(actor, { invitations, asOf: input.asOf }),
    ),
});

export const sendNewInvitations = defineAction({
  permission: "invitations:create",
  input: bulkInput,
  messages: BULK_MESSAGES,
  handler: (actor, input) =>
    doBatch(actor, input, RENEW_MESSAGES, (invitations) => renewEach(actor, { invitations })),
});

export const revokeInvitations = defineAction({
  permission: "invitations:revoke",
  input: bulkInput,
  messages: BULK_MESSAGES,
  handler: (actor, input) =>
    doBatch(actor, input, REVOKE_MESSAGES, (invitations) => revokeEach(actor, { invitations })),
});

export const countInvitations = defineAction({
  permission: "invitations:read",
  input: matchesInput,
  messages: {},
  handler: async (actor, { query }) => done(await countMatches(actor, query)),
});
