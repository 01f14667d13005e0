import { z } from "zod";
import { MOST_RECORDS } from "@/lib/invitations/list-file/records";
import { BATCH_SIZE } from "@/lib/kit/bulk";
import { ROLES } from "@/lib/members/roles";

/** The organization of the address bar: every action of a member says where it acts (R F4). */
export const inOrganization = z.object({ organization: z.string().min(1).max(40) });

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

/** A list as it was chosen or pasted, to be read and decided again (R B5), with what was written in the place of lines. */
export const uploadInput = inviteInput.omit({ addresses: true }).extend({
  /** The bytes of a file, or the text that was pasted. What it may be, the reader decides. */
  list: z.union([z.instanceof(Uint8Array), z.string()]),
  mends,
});

export const previewInput = inOrganization.extend({ addresses: z.array(z.string().max(254)).max(100) });

export const invitationRef = inOrganization.extend({ invitation: z.uuid() });

/**
 * Whom something is done to at once (R C9): up to 100 by their ids, or the next hundred of all that a list's query matches.
 * `shown`: those of them whose changed rows the screen needs.
 */
export const bulkInput = inOrganization.extend({
  whom: z.union([
    z.object({ ids: z.array(z.uuid()).min(1).max(BATCH_SIZE) }),
    z.object({ query: z.string().max(4_000) }),
  ]),
  shown: z.array(z.uuid()).max(200),
});

/** `asOf`: the moment that the screen shows; what was sent after it is not sent again. */
export const bulkResendInput = bulkInput.extend({ asOf: z.coerce.date() });

/** What a screen shows: a page of people or requests, and who was added since; and, where it is one, the list that is open. */
export const shownInput = inOrganization.extend({
  members: z.array(z.uuid()).max(500),
  requests: z.array(z.uuid()).max(500),
  list: z
    .object({
      name: z.enum(["users", "invitations", "requests"]),
      query: z.string().max(4_000),
      since: z.coerce.date().nullable(),
    })
    .nullable(),
});

/** What a list's query is asked about. */
export const matchesInput = inOrganization.extend({ query: z.string().max(4_000) });

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
