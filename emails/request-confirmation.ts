import { type Contact, createHelpLines } from "./help";
import { toInertText } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";
import { createSubject } from "./subject";
import type { EmailReader } from "./template";
import { type Expiry, formatExpiry } from "./times";

export type RequestConfirmationProps = Expiry & {
  organization: string;
  link: string;
  contact: Contact;
};

/**
 * Asks the owner of an address to confirm a request for an invitation (REQ-E2). It does not repeat the visitor's message,
 * because anyone can enter any text for any address.
 */
export const requestConfirmation = createSingleActionTemplate<RequestConfirmationProps>(subject, contentOf);

function subject({ organization }: RequestConfirmationProps, reader: EmailReader): string {
  return createSubject(reader, "emails.requestConfirmation.subject", { organization });
}

function contentOf(
  { organization, expiresAt, now, link, contact }: RequestConfirmationProps,
  reader: EmailReader,
): SingleActionContent {
  const expiry = { expiresAt, now };
  return {
    preview: {
      key: "emails.requestConfirmation.preview",
      values: { date: formatExpiry(expiry, reader).date },
    },
    organization,
    title: { key: "emails.requestConfirmation.title" },
    lines: [
      {
        key: "emails.requestConfirmation.explanation",
        values: { organization: toInertText(organization) },
      },
    ],
    button: "emails.requestConfirmation.button",
    openLink: "emails.requestConfirmation.openLink",
    link,
    expiry,
    footerLines: [{ key: "emails.requestConfirmation.notRequested" }, ...createHelpLines(contact, null)],
  };
}
