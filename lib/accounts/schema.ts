import { z } from "zod";

export const personName = z
  .string("Tell us your name.")
  .trim()
  .min(1, "Tell us your name.")
  .max(100, "A name has at most 100 characters.");

// Length and commonness are judged by password.ts, which knows name and address too; 4096 only bounds the work.
export const password = z
  .string("Give a password.")
  .min(1, "Give a password.")
  .max(4096, "This password is too long.");

const email = z.string("Give your email address.").trim().min(1, "Give your email address.").max(320);

export const signInInput = z.object({
  email,
  password,
  callbackUrl: z.string().max(2000).optional(),
  /** The organization whose login page was used. */
  organization: z.string().max(40).optional(),
});

export const wishInput = z.object({
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

export const resetInput = linkInput.extend({ password });

export const confirmInput = linkInput.extend({ password: password.optional() });

/** Whose page the form was on: every action of the own page says so. */
export const ofAccount = z.object({ account: z.uuid() });

export const renameInput = ofAccount.extend({ name: personName });

/** Without a password there is no current one to give. */
const currentPassword = z.string().max(4096, "This password is too long.").optional();

export const changePasswordInput = ofAccount.extend({ currentPassword, password });

export const askToChangeAddressInput = ofAccount.extend({ email, currentPassword });

export const sessionRef = ofAccount.extend({ session: z.uuid() });

export const methodRef = ofAccount.extend({ issuer: z.string().max(2000), subject: z.string().max(2000) });
