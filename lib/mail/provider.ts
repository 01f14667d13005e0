import { env } from "@/lib/config/env";

export type Provider = "resend" | "smtp" | "mailbox";

/** Which way letters go, by the settings (REQ-H2); `mailbox`: no provider is set, they stay on the mailbox page (REQ-H1). */
export function provider(): Provider {
  const { resendApiKey, smtpUrl } = env();
  if (resendApiKey) return "resend";
  return smtpUrl ? "smtp" : "mailbox";
}

/** The address that letters come from, to be looked for in a junk folder (REQ-D7); null: no letter leaves the house. */
export function senderAddress(): string | null {
  const { from } = env();
  if (provider() === "mailbox" || !from) return null;
  return from.match(/<([^<>]+)>/)?.[1] ?? from;
}
