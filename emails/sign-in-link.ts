import { createLinkTemplate, type LinkEmailContent, type LinkEmailProps } from "./link-email";
import { toInertText, toSingleLine } from "./safe-text";

/** Sends a link that logs in once (REQ-F5). */
export const signInLink = createLinkTemplate(subject, contentOf);

function subject({ organization }: LinkEmailProps): string {
  return organization ? `Log in to ${toSingleLine(organization)}` : "Log in to Foyer";
}

function contentOf({ address, organization }: LinkEmailProps): LinkEmailContent {
  return {
    title: "Log in without a password",
    button: "Log in",
    explanation: `Use this link to log in to ${organization ? toInertText(organization) : "Foyer"} as ${address}.`,
    notRequested: "Didn't ask for it? You can ignore this email. Never share the link.",
  };
}
