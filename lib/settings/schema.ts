import { z } from "zod";
import { inOrganization } from "@/lib/actions/input";
import { parseAddress, parseDomain } from "@/lib/email-address/email-address";

/** What an organization can default to: an Owner is always made on purpose. */
export const DEFAULT_ROLES = ["member", "admin"] as const;

/** The domains of a list, each in its one form and once. */
const domains = z
  .array(z.string().max(300))
  .max(200, "At most 200 domains.")
  .transform((typed, context) => {
    const read = typed.map((text) => ({ text, domain: parseDomain(text) }));
    for (const { text, domain } of read)
      if (!domain) context.addIssue({ code: "custom", message: `“${text}” is no mail domain.` });
    return [...new Set(read.flatMap(({ domain }) => domain ?? []))];
  });

/** An address, or null where nothing is typed. */
const addressOrNone = z
  .string()
  .trim()
  .max(320)
  .transform((typed, context) => {
    if (typed === "") return null;
    const parsed = parseAddress(typed);
    if ("address" in parsed) return parsed.address;
    context.addIssue({
      code: "custom",
      message: "This is not an email address. It looks like name@example.com.",
    });
    return z.NEVER;
  });

const whole = (least: number, most: number) => {
  const words = `Give a whole number from ${least} to ${most}.`;
  return z.int(words).min(least, words).max(most, words);
};

/** Everything that can be set (REQ-G1). */
export const settingsInput = inOrganization
  .extend({
    /** The one the screen showed: somebody else's change meanwhile is noticed by it. */
    version: z.int().min(1),
    newUserInvitations: z.boolean(),
    allowedDomains: domains,
    refusedDomains: domains,
    expiryDays: whole(1, 30),
    resendLimit: whole(0, 10),
    reminders: z.boolean(),
    replyTo: addressOrNone,
    supportAddress: addressOrNone,
    defaultRole: z.enum(DEFAULT_ROLES),
    /** The access policies that new people get unless the inviter says otherwise. */
    defaultPolicies: z.array(z.uuid()).max(50),
  })
  .superRefine(({ allowedDomains, refusedDomains }, context) => {
    const both = allowedDomains.find((domain) => refusedDomains.includes(domain));
    if (both)
      context.addIssue({
        code: "custom",
        path: ["refusedDomains"],
        message: `${both} is allowed above. Take it out of one of the two.`,
      });
  });
