import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";
import { toSingleLine } from "./safe-text";
import type { EmailReader } from "./template";

/** Sends the link to reset a password (REQ-F5). */
export const passwordReset = createLinkTemplate(subject, contentOf);

function subject(_props: LinkEmailProps, { t }: EmailReader): string {
  return t("emails.passwordReset.title");
}

function contentOf({ address }: LinkEmailProps): LinkEmailContent {
  return {
    preview: "emails.passwordReset.preview",
    title: { key: "emails.passwordReset.title" },
    explanation: [{ key: "emails.passwordReset.explanation", values: { address: toSingleLine(address) } }],
    button: "emails.passwordReset.button",
    openLink: "emails.passwordReset.openLink",
    notRequested: "emails.passwordReset.notRequested",
  };
}
