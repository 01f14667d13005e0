import { z } from "zod";
import { organizationInput } from "@/lib/actions/input";
import { parseAddress, parseDomain } from "@/lib/email-address/email-address";
import { isTimeZone } from "@/lib/i18n/format";
import { LOCALES } from "@/lib/i18n/locales";
import { messageKey } from "@/lib/i18n/messages";

/** The roles that can be an organization's default. Owner is never a default. */
export const DEFAULT_ROLES = ["member", "admin"] as const;

/** A list of domains, normalized and without duplicates. */
const domainList = z
  .array(z.string().max(300))
  .max(200, messageKey("admin.settings.errors.tooManyDomains"))
  .transform((typed, context) => {
    const read = typed.map((text) => ({ text, domain: parseDomain(text) }));
    for (const { text, domain } of read)
      if (!domain)
        context.addIssue({
          code: "custom",
          message: messageKey("admin.settings.errors.invalidDomain"),
          params: { text },
        });
    return [...new Set(read.flatMap(({ domain }) => domain ?? []))];
  });

/** An email address, or null if the field is empty. */
const optionalAddress = z
  .string()
  .trim()
  .max(320)
  .transform((typed, context) => {
    if (typed === "") return null;
    const parsed = parseAddress(typed);
    if ("address" in parsed) return parsed.address;
    context.addIssue({ code: "custom", message: messageKey("errors.fields.email-invalid") });
    return z.NEVER;
  });

const wholeNumber = (from: number, to: number) =>
  z.custom<number>(
    (value) => typeof value === "number" && Number.isInteger(value) && value >= from && value <= to,
    {
      message: messageKey("admin.settings.errors.wholeNumber"),
      params: { from, to },
    },
  );

/** All settings of an organization (REQ-G1). */
export const settingsInput = organizationInput
  .extend({
    /** The version the form was loaded with, to detect concurrent changes. */
    version: z.int().min(1),
    newUserInvitations: z.boolean(),
    allowedDomains: domainList,
    refusedDomains: domainList,
    expiryDays: wholeNumber(1, 30),
    resendLimit: wholeNumber(0, 10),
    reminders: z.boolean(),
    replyTo: optionalAddress,
    supportAddress: optionalAddress,
    defaultRole: z.enum(DEFAULT_ROLES),
    language: z.enum(LOCALES),
    timeZone: z.string().refine(isTimeZone, messageKey("admin.settings.errors.timeZone")),
    /** The access policies that are preselected for new people. */
    defaultPolicies: z.array(z.uuid()).max(50),
  })
  .superRefine(({ allowedDomains, refusedDomains }, context) => {
    const both = allowedDomains.find((domain) => refusedDomains.includes(domain));
    if (both)
      context.addIssue({
        code: "custom",
        path: ["refusedDomains"],
        message: messageKey("admin.settings.errors.domainInBoth"),
        params: { domain: both },
      });
  });
