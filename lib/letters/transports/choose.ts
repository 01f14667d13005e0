import { env } from "@/lib/kit/env";
import { mailbox } from "./mailbox";
import { resend } from "./resend";
import { smtp } from "./smtp";
import type { Transport } from "./transport";

let chosen: Transport | undefined;

/** The way letters go, by the settings (R H2): Resend, SMTP, or nowhere but the mailbox page. */
export function transport(): Transport {
  chosen ??= choose();
  return chosen;
}

function choose(): Transport {
  const { resendApiKey, resendBaseUrl, smtpUrl } = env();
  if (resendApiKey) return resend(resendApiKey, resendBaseUrl);
  if (smtpUrl) return smtp(smtpUrl);
  return mailbox;
}
