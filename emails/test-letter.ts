import { type Contact, helpLines } from "./help";
import { inert, oneLine } from "./names";
import { type Note, noteTemplate } from "./note";

export type TestLetterProps = {
  organization: string;
  /** The settings page it was sent from. */
  link: string;
  contact: Contact;
};

/** Shows whoever looks after an organization that its letters arrive, and how they look (REQ-G3). */
export const testLetter = noteTemplate<TestLetterProps>(subject, note);

function subject({ organization }: TestLetterProps): string {
  return `Test email from ${oneLine(organization)}`;
}

function note({ organization, link, contact }: TestLetterProps): Note {
  const news = `You pressed Send test email in the settings of ${inert(organization)}. Invitations take the same way as this letter.`;
  const answers = contact.answered
    ? "An answer to this letter reaches whoever answers invitations. Try it."
    : "Answers to letters reach nobody yet: set a reply-to or support address.";
  return {
    preview: news,
    label: inert(organization),
    title: "Letters arrive",
    lines: [news],
    button: "Open settings",
    link,
    until: null,
    notes: [answers, ...helpLines(contact, null)],
  };
}
