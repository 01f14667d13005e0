"use server";

import { defineAction } from "@/lib/actions/define-action";
import { bulkInput, bulkResendInput, matchesInput } from "@/lib/actions/input";
import { doBatch } from "@/lib/admin/invitation-batch";
import { renewEach } from "@/lib/invitations/commands/renew";
import { resendEach } from "@/lib/invitations/commands/resend";
import { revokeEach } from "@/lib/invitations/commands/revoke";
import { BULK_WORDS, RENEW_WORDS, RESEND_WORDS, REVOKE_WORDS } from "@/lib/invitations/messages";
import { countMatches } from "@/lib/invitations/queries/matches";
import { done } from "@/lib/result/result";

export const resendInvitations = defineAction({
  may: "invitations:resend",
  input: bulkResendInput,
  words: BULK_WORDS,
  run: (actor, input) =>
    doBatch(actor, input, RESEND_WORDS, (invitations) =>
      resendEach(actor, { invitations, asOf: input.asOf }),
    ),
});

export const sendNewInvitations = defineAction({
  may: "invitations:create",
  input: bulkInput,
  words: BULK_WORDS,
  run: (actor, input) =>
    doBatch(actor, input, RENEW_WORDS, (invitations) => renewEach(actor, { invitations })),
});

export const revokeInvitations = defineAction({
  may: "invitations:revoke",
  input: bulkInput,
  words: BULK_WORDS,
  run: (actor, input) =>
    doBatch(actor, input, REVOKE_WORDS, (invitations) => revokeEach(actor, { invitations })),
});

export const countInvitations = defineAction({
  may: "invitations:read",
  input: matchesInput,
  words: {},
  run: async (actor, { query }) => done(await countMatches(actor, query)),
});
