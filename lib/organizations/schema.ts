import { z } from "zod";
import { password, personName } from "@/lib/accounts/schema";
import { organizationInput } from "@/lib/actions/input";
import { isDemoAddress, parseAddress } from "@/lib/email-address/email-address";
import { messageKey } from "@/lib/i18n/messages";

/** An email address, normalized. */
export const emailAddress = z
  .string(messageKey("organizations.errors.emailMissing"))
  .trim()
  .min(1, messageKey("organizations.errors.emailMissing"))
  .transform((typed, context) => {
    const parsed = parseAddress(typed);
    if ("address" in parsed) return parsed.address;
    context.addIssue({ code: "custom", message: messageKey("errors.fields.email-invalid") });
    return z.NEVER;
  });

export const organizationName = z
  .string(messageKey("organizations.errors.nameMissing"))
  .trim()
  .min(1, messageKey("organizations.errors.nameMissing"))
  .max(100, messageKey("errors.fields.too-long"));

/** Fixed once the organization exists (REQ-H1). */
export const organizationSlug = z
  .string(messageKey("organizations.errors.slugMissing"))
  .trim()
  .regex(/^[a-z0-9-]{2,40}$/, messageKey("organizations.errors.slugInvalid"));

export const setupInput = z.object({
  token: z
    .string(messageKey("organizations.errors.tokenMissing"))
    .trim()
    .min(1, messageKey("organizations.errors.tokenMissing"))
    .max(200),
  name: personName,
  // Demo addresses never receive email, and their accounts do not count as an operator.
  email: emailAddress.refine((email) => !isDemoAddress(email), messageKey("errors.fields.demo-address")),
  password,
  organization: organizationName,
  slug: organizationSlug,
});

export const createOrganizationInput = setupInput.pick({ organization: true, slug: true });

/** `typed` is the organization's name, as typed to confirm. */
export const eraseOrganizationInput = organizationInput.extend({ typed: z.string().max(300) });
