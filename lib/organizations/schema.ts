import { z } from "zod";
import { password, personName } from "@/lib/accounts/schema";
import { organizationInput } from "@/lib/actions/input";
import { isDemoAddress, parseAddress } from "@/lib/email-address/email-address";

/** An email address, normalized. */
export const emailAddress = z
  .string("Give an email address.")
  .trim()
  .min(1, "Give an email address.")
  .transform((typed, context) => {
    const parsed = parseAddress(typed);
    if ("address" in parsed) return parsed.address;
    context.addIssue({
      code: "custom",
      message: "This is not an email address. It looks like name@example.com.",
    });
    return z.NEVER;
  });

export const organizationName = z
  .string("Name the organization.")
  .trim()
  .min(1, "Name the organization.")
  .max(100, "A name has at most 100 characters.");

/** Fixed once the organization exists (REQ-H1). */
export const organizationSlug = z
  .string("Give the organization's address.")
  .trim()
  .regex(/^[a-z0-9-]{2,40}$/, "Use 2–40 lowercase letters, numbers and hyphens, like northwind.");

export const setupInput = z.object({
  token: z
    .string("Paste the setup token from the log.")
    .trim()
    .min(1, "Paste the setup token from the log.")
    .max(200),
  name: personName,
  // Demo addresses never receive email, and their accounts do not count as an operator.
  email: emailAddress.refine(
    (email) => !isDemoAddress(email),
    "Addresses ending in .example can't receive email. Use another one.",
  ),
  password,
  organization: organizationName,
  slug: organizationSlug,
});

export const createOrganizationInput = setupInput.pick({ organization: true, slug: true });

/** `typed` is the organization's name, as typed to confirm. */
export const eraseOrganizationInput = organizationInput.extend({ typed: z.string().max(300) });
