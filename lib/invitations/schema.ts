import { z } from "zod";
import { inOrganization } from "@/lib/actions/input";
import { MOST_RECORDS } from "@/lib/invitations/list-file/records";
import { ROLES } from "@/lib/permissions/roles";

export const inviteInput = inOrganization.extend({
  /** One text each, as typed: `ann@x.io` or `Ann Lee <ann@x.io>`. */
  addresses: z
    .array(z.string().max(1000))
    .min(1, "Add at least one email address.")
    .max(100, "At most 100 addresses at once. Take some out, and send them afterwards."),
  role: z.enum(ROLES),
  policies: z.array(z.uuid()).max(50),
});

/** Counted before any is read: each that is wrong would get its own words, and half a million take seconds. */
const mends = z
  .custom<Record<string, string>>(
    (all) => typeof all === "object" && all !== null && Object.keys(all).length <= MOST_RECORDS,
    "More lines were mended than a list may have.",
  )
  .pipe(z.record(z.string().regex(/^\d{1,6}$/), z.string().max(1000)));

/** A list as it was chosen or pasted, to be read and decided again (REQ-B5), with what was written in the place of lines. */
export const uploadInput = inviteInput.omit({ addresses: true }).extend({
  /** The bytes of a file, or the text that was pasted. What it may be, the reader decides. */
  list: z.union([z.instanceof(Uint8Array), z.string()]),
  mends,
});

export const previewInput = inOrganization.extend({ addresses: z.array(z.string().max(254)).max(100) });

export const invitationRef = inOrganization.extend({ invitation: z.uuid() });

export const correctInput = invitationRef.extend({
  address: z.string().trim().min(1, "Type the right address.").max(1000),
});

export const copyInput = invitationRef.extend({ shape: z.enum(["code", "link"]) });

export const acceptInput = z.object({
  code: z.string().max(200),
  proof: z.string().max(200).optional(),
  // Only a new person sends these; whether they are needed is known once the invitation is.
  name: z.string().trim().max(100, "A name has at most 100 characters.").optional(),
  password: z.string().max(4096, "This password is too long.").optional(),
});

export const declineInput = z.object({
  code: z.string().max(200),
  reason: z.string().trim().max(500, "At most 500 characters, please.").optional(),
});

export const findCodeInput = z.object({
  code: z.string("Type the code from your letter.").trim().min(1, "Type the code from your letter.").max(500),
});

export const answerOfferInput = z.object({ invitation: z.uuid(), answer: z.enum(["join", "decline"]) });
