import { z } from "zod";
import { organizationInput } from "@/lib/actions/input";
import { LOCALES } from "@/lib/i18n/locales";
import { messageKey } from "@/lib/i18n/messages";
import { COLUMN_USES } from "@/lib/invitations/list-file/column-titles";
import { ENCODINGS } from "@/lib/invitations/list-file/encodings";
import { ROLES } from "@/lib/permissions/roles";

export const inviteInput = organizationInput.extend({
  /** The entered texts: `ann@x.io` or `Ann Lee <ann@x.io>`. */
  addresses: z
    .array(z.string().max(1000))
    .min(1, messageKey("admin.invitations.invite.noAddress"))
    .max(100, messageKey("admin.invitations.invite.tooManyAddresses")),
  /** Names by canonical address (REQ-B10). */
  names: z.record(z.string().max(254), z.string().max(300)).optional(),
  role: z.enum(ROLES),
  /** The language of the invitation (REQ-B15); by default the organization's. */
  language: z.enum(LOCALES).optional(),
  policies: z.array(z.uuid()).max(50),
});

/** The number of lines that can be corrected; a longer list is not read. */
const MAX_CORRECTIONS = 2_000;

/**
 * Corrected texts by the key of the line. The entries are counted before they are parsed: one issue for each of half
 * a million invalid entries takes seconds.
 */
const corrections = z
  .custom<Record<string, string>>(
    (value) => typeof value === "object" && value !== null && Object.keys(value).length <= MAX_CORRECTIONS,
    messageKey("admin.invitations.upload.tooManyCorrections"),
  )
  .pipe(z.record(z.string().regex(/^\d{1,6}([.]\d{1,4})?$/), z.string().max(1000)));

/** What the inviter chose for the file; the same choices give the same lines as in the preview (REQ-B9, REQ-B10, REQ-B12). */
const listChoices = z.object({
  encoding: z.enum(ENCODINGS).optional(),
  sheet: z.string().max(200).optional(),
  columns: z
    .record(z.string().regex(/^\d{1,5}$/), z.enum(COLUMN_USES))
    .transform((columns) =>
      Object.fromEntries(Object.entries(columns).map(([index, use]) => [Number(index), use])),
    )
    .optional(),
  severalPerLine: z.boolean().optional(),
  corrections,
});

/** A selected or pasted list, which the server reads and validates again with the same choices (REQ-B5). */
export const uploadInput = inviteInput.omit({ addresses: true, names: true }).extend({
  /** The bytes of a file, or the pasted text; `readTable` checks the size and format. */
  list: z.union([z.instanceof(Uint8Array), z.string()]),
  choices: listChoices,
  /** How many people of the list earlier uploads have had (REQ-B13): at most ten times the daily limit. */
  from: z.int().min(0).max(20_000),
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
