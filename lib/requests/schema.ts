import { z } from "zod";
import { personName } from "@/lib/accounts/schema";
import { bulkInput, organizationInput } from "@/lib/actions/input";
import { messageKey } from "@/lib/i18n/messages";
import { emailAddress } from "@/lib/organizations/schema";
import { ROLES } from "@/lib/permissions/roles";

/** Removes control characters: they are invisible, and PostgreSQL cannot store NUL. */
const stripControlCharacters = (text: string) => text.replaceAll(/[^\P{Cc}\n]/gu, "").trim();

export const submitRequestInput = organizationInput.extend({
  email: emailAddress,
  name: personName.transform((name) => stripControlCharacters(name).replaceAll("\n", " ")).pipe(personName),
  message: z
    .string()
    .max(2_000)
    // Browsers submit line breaks as CRLF.
    .transform((text) => stripControlCharacters(text.replaceAll("\r\n", "\n")))
    .pipe(z.string().max(1_000, messageKey("errors.fields.too-long")))
    .default(""),
});

/** The code of an emailed link or of an expired invitation. */
export const codeInput = z.object({ code: z.string().max(200) });

export const requestIdInput = organizationInput.extend({ request: z.uuid() });

const access = { role: z.enum(ROLES), policies: z.array(z.uuid()).max(50) };

export const approveRequestInput = requestIdInput.extend(access);

export const bulkApproveRequestsInput = bulkInput.extend(access);
