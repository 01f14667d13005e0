import { z } from "zod";
import { messageKey } from "@/lib/i18n/messages";

export const personName = z
  .string(messageKey("accounts.errors.name-missing"))
  .trim()
  .min(1, messageKey("accounts.errors.name-missing"))
  .max(100, messageKey("errors.fields.too-long"));

// `findPasswordProblem` checks the rules, which also need name and address. 4096 only limits the work.
export const password = z
  .string(messageKey("accounts.errors.password-missing"))
  .min(1, messageKey("accounts.errors.password-missing"))
  .max(4096, messageKey("errors.fields.password-too-long"));

const email = z
  .string(messageKey("accounts.errors.email-missing"))
  .trim()
  .min(1, messageKey("accounts.errors.email-missing"))
  .max(320, messageKey("errors.fields.email-invalid"));

export const signInInput = z.object({
  email,
  password,
  callbackUrl: z.string().max(2000).optional(),
  /** The slug of the organization whose login page was used. */
  organization: z.string().max(40).optional(),
});

export const requestMagicLinkInput = z.object({
  email,
  purpose: z.enum(["sign-in", "reset-password"]),
  organization: z.string().max(40).optional(),
});

export const providerInput = z.object({
  provider: z.string().max(30),
  callbackUrl: z.string().max(2000).optional(),
  organization: z.string().max(40).optional(),
});

export const linkInput = z.object({ code: z.string().max(200) });

export const resetPasswordInput = linkInput.extend({ password });

export const claimInput = linkInput.extend({ password: password.optional() });

/** The account whose page the form was on. Every action of the account page sends it. */
export const accountInput = z.object({ account: z.uuid() });

export const renameAccountInput = accountInput.extend({ name: personName });

/** Optional because an account may not have a password. */
const currentPassword = z.string().max(4096, messageKey("errors.fields.password-too-long")).optional();

export const changePasswordInput = accountInput.extend({ currentPassword, password });

export const requestEmailChangeInput = accountInput.extend({ email, currentPassword });

export const sessionInput = accountInput.extend({ session: z.uuid() });

export const signInMethodInput = accountInput.extend({
  issuer: z.string().max(2000),
  subject: z.string().max(2000),
});
