import { toInertText } from "./safe-text";

/** Whom the recipient of an email can contact. */
export type Contact = {
  /** The address that emails are sent from. */
  sender: string;
  /** The organization's support or reply-to address, if it has one. */
  support: string | null;
  /** True if replies to the email are received. */
  acceptsReplies: boolean;
};

/**
 * Returns the lines about the spam folder and whom to contact (REQ-D7). Without a contact address they name
 * `contactPerson`.
 */
export function createHelpLines(contact: Contact, contactPerson: string | null): string[] {
  const spam = `Add ${contact.sender} to your contacts so emails don't land in spam.`;
  return [spam, `Questions? ${contactLine(contact, contactPerson)}`];
}

function contactLine(contact: Contact, contactPerson: string | null): string {
  if (contact.support)
    return contact.acceptsReplies
      ? `Reply to this email or write to ${contact.support}.`
      : `Write to ${contact.support}.`;
  if (contact.acceptsReplies) return "Reply to this email.";
  return contactPerson ? `Ask ${toInertText(contactPerson)}.` : "Ask the person who sent you here.";
}
