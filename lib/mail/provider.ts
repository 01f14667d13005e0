import { env } from "@/lib/config/env";

export type EmailProvider = "resend" | "smtp" | "mailbox";

/** Returns the configured provider (REQ-H2), or "mailbox" if email isn't set up and emails stay in the mailbox (REQ-H1). */
export function emailProvider(): EmailProvider {
  const { resendApiKey, smtpUrl } = env();
  if (resendApiKey) return "resend";
  return smtpUrl ? "smtp" : "mailbox";
}

/** Returns the address that emails are sent from (REQ-D7), or null if email isn't set up. */
export function senderAddress(): string | null {
  const { from } = env();
  if (emailProvider() === "mailbox" || !from) return null;
  return from.match(/<([^<>]+)>/)?.[1] ?? from;
}
