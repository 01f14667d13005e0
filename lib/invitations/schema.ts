import { z } from "zod";
import { organizationInput } from "@/lib/actions/input";
import { LOCALES } from "@/lib/i18n/locales";
import { messageKey } from "@/lib/i18n/messages";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import { ROLES } from "@/lib/permissions/roles";

export const inviteInput = organizationInput.extend({
  /** The entered texts: `ann@x.io` or `Ann Lee <ann@x.io>`. */
  addresses: z
    .array(z.string().max(1000))
    .min(1, messageKey("admin.invitations.invite.noAddress"))
    .max(100, messageKey("admin.invitations.invite.tooManyAddresses")),
  role: z.enum(ROLES),
  /** The language of the invitation (REQ-B15); by default the organization's. */
  language: z.enum(LOCALES).optional(),
  policies: z.array(z.uuid()).max(50),
});

/**
 * Corrected texts by line number. The entries are counted before they are parsed: one issue for each of half
 * a million invalid entries takes seconds.
 */
const corrections = z
  .custom<Record<string, string>>(
    (value) => typeof value === "object" && value !== null && Object.keys(value).length <= MAX_RECORDS,
    messageKey("admin.invitations.upload.tooManyCorrections"),
  )
  .pipe(z.record(z.string().regex(/^\d{1,6}$/), z.string().max(1000)));

/** A selected or pasted list, which the server parses and validates again, with corrected lines (REQ-B5). */
export const uploadInput = inviteInput.omit({ addresses: true }).extend({
  /** The bytes of a file, or the pasted text; `parseList` checks the size and format. */
  list: z.union([z.instanceof(Uint8Array), z.string()]),
  corrections,
});

export const eligibilityInput = organizationInput.extend({
  addresses: z.array(z.string().max(254)).max(100),
});

export const invitationRef = organizationInput.extend({ invitation: z.uuid() });

export const correctAddressInput = invitationRef.extend({
  address: z.string().trim().min(1, messageKey("admin.invitations.correct.noAddress")).max(1000),
});

export const copyInput = invitationRef.extend({ shape: z.enum(["code", "link"]) });

export const acceptInput = z.object({
  code: z.string().max(200),
  proof: z.string().max(200).optional(),
  // Only new users send these; the command checks whether they are required.
  name: z.string().trim().max(100, messageKey("errors.fields.too-long")).optional(),
  password: z.string().max(4096, messageKey("errors.fields.password-too-long")).optional(),
});

export const declineInput = z.object({
  code: z.string().max(200),
  reason: z.string().trim().max(500, messageKey("errors.fields.too-long")).optional(),
});

export const findCodeInput = z.object({
  code: z
    .string(messageKey("join.errors.code-missing"))
    .trim()
    .min(1, messageKey("join.errors.code-missing"))
    .max(500),
});

export const respondInput = z.object({ invitation: z.uuid(), answer: z.enum(["join", "decline"]) });
