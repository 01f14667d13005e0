import { type Contact, createHelpLines } from "./help";
import type { FilledMessage } from "./message";
import { toInertText } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";
import { createSubject } from "./subject";
import type { EmailReader } from "./template";

export type TestEmailProps = {
  organization: string;
  /** The settings page that it was sent from. */
  link: string;
  contact: Contact;
};

/** Shows an admin that emails of the organization arrive, and how they look (REQ-G3). */
export const testEmail = createSingleActionTemplate<TestEmailProps>(subject, contentOf);

function subject({ organization }: TestEmailProps, reader: EmailReader): string {
  return createSubject(reader, "emails.test.subject", { organization });
}

function contentOf({ organization, link, contact }: TestEmailProps): SingleActionContent {
  const explanation: FilledMessage = {
    key: "emails.test.explanation",
    values: { organization: toInertText(organization) },
  };
  return {
    preview: explanation,
    organization,
    title: { key: "emails.test.title" },
    lines: [explanation],
    button: "emails.test.button",
    openLink: "emails.test.openLink",
    link,
    expiry: null,
    footerLines: [
      contact.replyTo
        ? { key: "emails.test.replies", values: { address: contact.replyTo } }
        : { key: "emails.test.noReplies" },
      ...createHelpLines(contact, null),
    ],
  };
}
