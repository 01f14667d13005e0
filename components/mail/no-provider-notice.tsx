import { Notice } from "@/components/ui/notice";

/** Explains why emails stay in the mailbox, and how to have them sent. */
export function NoProviderNotice() {
  return (
    <Notice tone="warn" title="No email provider is set, so nothing is delivered">
      Emails stay here, for operators only. To send them, set <code>FOYER_FROM</code> and{" "}
      <code>RESEND_API_KEY</code> (or <code>SMTP_URL</code>) and restart Foyer.
    </Notice>
  );
}
