import { env } from "@/lib/config/env";
import { emailProvider } from "@/lib/mail/provider";
import { mailboxTransport } from "./mailbox";
import { createResendTransport } from "./resend";
import { createSmtpTransport } from "./smtp";
import type { Transport } from "./transport";

let cached: Transport | undefined;

/** Returns the transport for the configured provider, created once. */
export function configuredTransport(): Transport {
  cached ??= createTransport();
  return cached;
}

function createTransport(): Transport {
  const { resendApiKey = "", resendBaseUrl, smtpUrl = "" } = env();
  switch (emailProvider()) {
    case "resend":
      return createResendTransport(resendApiKey, resendBaseUrl);
    case "smtp":
      return createSmtpTransport(smtpUrl);
    case "mailbox":
      return mailboxTransport;
  }
}
