import { Notice } from "@/components/ui/notice";

/** Why letters are read here, and how to have them delivered. */
export function NoProvider() {
  return (
    <Notice tone="warn" title="No email provider is set, so nothing is delivered">
      Letters stay on this page, and only operators can read them. To have them sent, start Foyer with{" "}
      <code>FOYER_FROM</code> and <code>RESEND_API_KEY</code> (or <code>SMTP_URL</code>) set; this page is
      gone then.
    </Notice>
  );
}
