import { z } from "zod";
import { personName } from "@/lib/accounts/schema";
import { bulkInput, inOrganization } from "@/lib/actions/input";
import { address } from "@/lib/organizations/schema";
import { ROLES } from "@/lib/permissions/roles";

/** Controls say nothing to a reader, and PostgreSQL stores no NUL. */
const readable = (text: string) => text.replaceAll(/[^\P{Cc}\n]/gu, "").trim();

export const askInput = inOrganization.extend({
  email: address,
  name: personName.transform((name) => readable(name).replaceAll("\n", " ")).pipe(personName),
  message: z
    .string()
    .max(2_000)
    // A browser posts two characters for each end of a line.
    .transform((text) => readable(text.replaceAll("\r\n", "\n")))
    .pipe(z.string().max(1_000, "At most 1,000 characters, please."))
    .default(""),
});

/** The code of a mailed link, or of an expired invitation. */
export const codeInput = z.object({ code: z.string().max(200) });

export const requestRef = inOrganization.extend({ request: z.uuid() });

const gift = { role: z.enum(ROLES), policies: z.array(z.uuid()).max(50) };

export const approveInput = requestRef.extend(gift);

export const bulkApproveInput = bulkInput.extend(gift);
