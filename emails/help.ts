import { inert } from "./names";

/** Where a reader can turn. */
export type Contact = {
  /** The address letters come from. */
  sender: string;
  /** The organization's support or reply-to address, if it has one. */
  support: string | null;
  /** Whether an answer to the letter reaches somebody. */
  answered: boolean;
};

/** Junk folder, the sender's address, whom to contact (REQ-D7); `person` is who can be asked when there is no address. */
export function helpLines(contact: Contact, person: string | null): string[] {
  const junk = `Found in the junk folder? Letters like this come from ${contact.sender}: mark it as safe, or add the address to your contacts.`;
  return [junk, `Questions? ${whomToAsk(contact, person)}`];
}

function whomToAsk(contact: Contact, person: string | null): string {
  if (contact.support)
    return `Write to ${contact.support}${contact.answered ? ", or answer this letter" : ""}.`;
  if (contact.answered) return "Answer this letter.";
  return person ? `Ask ${inert(person)}.` : "Ask the person who told you about it.";
}
