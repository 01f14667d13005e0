import { type Contact, helpLines } from "./help";
import { inert, oneLine } from "./names";
import { type Note, noteTemplate } from "./note";
import { exactTime } from "./times";

export type RequestConfirmationProps = {
  organization: string;
  expiresAt: Date;
  link: string;
  contact: Contact;
};

/**
 * Asks whoever opens the mailbox whether they asked for an invitation (REQ-E2). What the visitor wrote is not in it: anybody
 * can write anything about any address.
 */
export const requestConfirmation = noteTemplate<RequestConfirmationProps>(subject, note);

function subject({ organization }: RequestConfirmationProps): string {
  return `Confirm your request to join ${oneLine(organization)}`;
}

function note({ organization, expiresAt, link, contact }: RequestConfirmationProps): Note {
  return {
    preview: `Confirm your request until ${exactTime(expiresAt)}`,
    label: inert(organization),
    title: "Confirm your request",
    lines: [
      `Somebody asked with this address for an invitation to ${inert(organization)}. If that was you, confirm it: only then does anybody there see the request. If you are invited, another letter comes.`,
    ],
    button: "Confirm your request",
    link,
    until: expiresAt,
    notes: [
      "If you asked for nothing, leave this letter: nobody sees the request, and it is forgotten.",
      ...helpLines(contact, null),
    ],
  };
}
