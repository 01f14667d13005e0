import { type Contact, createHelpLines } from "./help";
import { toInertText, toSingleLine } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";
import { formatExactTime } from "./times";

export type RequestConfirmationProps = {
  organization: string;
  expiresAt: Date;
  link: string;
  contact: Contact;
};

/**
 * Asks the owner of an address to confirm a request for an invitation (REQ-E2). It does not repeat the visitor's message,
 * because anyone can enter any text for any address.
 */
export const requestConfirmation = createSingleActionTemplate<RequestConfirmationProps>(subject, contentOf);

function subject({ organization }: RequestConfirmationProps): string {
  return `Confirm your request to join ${toSingleLine(organization)}`;
}

function contentOf({
  organization,
  expiresAt,
  link,
  contact,
}: RequestConfirmationProps): SingleActionContent {
  return {
    preview: `Confirm your request until ${formatExactTime(expiresAt)}`,
    label: toInertText(organization),
    title: "Confirm your request",
    lines: [
      `Confirm your request to join ${toInertText(organization)}. The admins see it once you do, and we'll email you if they invite you.`,
    ],
    button: "Confirm your request",
    link,
    expiresAt,
    footerLines: [
      "Didn't ask? You can ignore this email; no one will see the request.",
      ...createHelpLines(contact, null),
    ],
  };
}
