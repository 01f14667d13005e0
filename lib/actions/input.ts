import { z } from "zod";
import { BATCH_SIZE } from "@/lib/lists/bulk";

/** The organization from the URL, which every action of a member has (REQ-F4). */
export const organizationInput = z.object({ organization: z.string().min(1).max(40) });

/**
 * The target of a bulk action (REQ-C9): up to 100 ids, or the next 100 rows that a list's query matches.
 * `shownIds` are the rows on screen, which the action returns if they changed.
 */
export const bulkInput = organizationInput.extend({
  target: z.union([
    z.object({ ids: z.array(z.uuid()).min(1).max(BATCH_SIZE) }),
    z.object({ query: z.string().max(4_000) }),
  ]),
  shownIds: z.array(z.uuid()).max(200),
});

/** `asOf` is when the list was loaded; invitations that were sent later are not resent. */
export const bulkResendInput = bulkInput.extend({ asOf: z.coerce.date() });

/** The rows on screen, including those added since the page was loaded, and the list that is open, if any. */
export const visibleRowsInput = organizationInput.extend({
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

/** The query of a list whose matches are counted. */
export const matchCountInput = organizationInput.extend({ query: z.string().max(4_000) });
