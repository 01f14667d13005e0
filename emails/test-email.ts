import { type Contact, createHelpLines } from "./help";
import { toInertText, toSingleLine } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";

export type TestEmailProps = {
  organization: string;
  /** The settings page that it was sent from. */
  link: string;
  contact: Contact;
};

/** Shows an admin that emails of the organization arrive, and how they look (REQ-G3). */
export const testEmail = createSingleActionTemplate<TestEmailProps>(subject, contentOf);

function subject({ organization }: TestEmailProps): string {
  return `Test email from ${toSingleLine(organization)}`;
}

function contentOf({ organization, link, contact }: TestEmailProps): SingleActionContent {
  const message = `You sent this test from the settings of ${toInertText(organization)}. Invitations are sent the same way.`;
  const replies = contact.acceptsReplies
    ? "Replies go to your reply-to or support address."
    : "No one receives replies yet. Set a reply-to or support address.";
  return {
    preview: message,
    label: toInertText(organization),
    title: "Email works",
    lines: [message],
    button: "Open settings",
    link,
    expiresAt: null,
    footerLines: [replies, ...createHelpLines(contact, null)],
  };
}
