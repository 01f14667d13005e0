import { env } from "@/lib/kit/env";

export type Provider = "resend" | "smtp" | "mailbox";

/** Which way letters go, by the settings (R H2); `mailbox`: no provider is set, they stay on the mailbox page (R H1). */
export function provider(): Provider {
  const { resendApiKey, smtpUrl } = env();
  if (resendApiKey) return "resend";
  return smtpUrl ? "smtp" : "mailbox";
}
