import { z } from "zod";
import { BATCH_SIZE } from "@/lib/lists/bulk";

/** The organization of the address bar: every action of a member says where it acts (REQ-F4). */
export const inOrganization = z.object({ organization: z.string().min(1).max(40) });

/**
 * Whom something is done to at once (REQ-C9): up to 100 by their ids, or the next hundred of all that a list's query matches.
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
