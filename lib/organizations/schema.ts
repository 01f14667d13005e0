import { z } from "zod";
import { password, personName } from "@/lib/accounts/schema";
import { inOrganization } from "@/lib/actions/input";
import { isNeverMailed, parseAddress } from "@/lib/email-address/email-address";

/** An address in its one canonical form. */
export const address = z
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

/** REQ-H1: `[a-z0-9-]{2,40}`, fixed afterwards. */
export const slug = z
  .string("Give the organization's address.")
  .trim()
  .regex(/^[a-z0-9-]{2,40}$/, "Use 2 to 40 small letters, digits and dashes, like northwind.");

export const setupInput = z.object({
  token: z
    .string("Paste the setup token from the log.")
    .trim()
    .min(1, "Paste the setup token from the log.")
    .max(200),
  name: personName,
  // Nobody is ever mailed there, and the demo's people live there: they do not count as set up.
  email: address.refine(
    (email) => !isNeverMailed(email),
    "No letter ever reaches an .example address. Use your own.",
  ),
  password,
  organization: organizationName,
  slug,
});

export const makeInput = setupInput.pick({ organization: true, slug: true });

/** `typed`: the organization's name. */
export const eraseOrganizationInput = inOrganization.extend({ typed: z.string().max(300) });
