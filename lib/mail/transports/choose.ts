import { env } from "@/lib/config/env";
import { provider } from "@/lib/mail/provider";
import { mailbox } from "./mailbox";
import { resend } from "./resend";
import { smtp } from "./smtp";
import type { Transport } from "./transport";

let chosen: Transport | undefined;

/** The way letters go, by the settings, made once. */
export function transport(): Transport {
  chosen ??= choose();
  return chosen;
}

function choose(): Transport {
  const { resendApiKey = "", resendBaseUrl, smtpUrl = "" } = env();
  switch (provider()) {
    case "resend":
      return resend(resendApiKey, resendBaseUrl);
    case "smtp":
      return smtp(smtpUrl);
    case "mailbox":
      return mailbox;
  }
}
