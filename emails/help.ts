import type { FilledMessage } from "./message";
import { type NamedPerson, toDisplayName } from "./safe-text";

/** Whom the recipient of an email can contact. */
export type Contact = {
  /** The address that emails are sent from. */
  sender: string;
  /** The organization's support address, if it has one. */
  support: string | null;
  /** The address that receives replies to the email, if there is one. */
  replyTo: string | null;
};

/**
 * Returns the lines about the spam folder and whom to contact (REQ-D7). Without a contact address they name the inviter,
 * if there is one.
 */
export function createHelpLines(contact: Contact, inviter: NamedPerson | null): FilledMessage[] {
  return [{ key: "emails.help.spam", values: { sender: contact.sender } }, contactLine(contact, inviter)];
}

function contactLine({ support, replyTo }: Contact, inviter: NamedPerson | null): FilledMessage {
  if (support)
    return { key: replyTo ? "emails.help.replyOrWrite" : "emails.help.write", values: { support } };
  if (replyTo) return { key: "emails.help.reply" };
  return inviter
    ? { key: "emails.help.askInviter", values: { inviter: toDisplayName(inviter) } }
    : { key: "emails.help.ask" };
}
