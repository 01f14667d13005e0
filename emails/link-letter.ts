import { type Contact, helpLines } from "./help";
import { inert } from "./names";
import { noteTemplate } from "./note";
import type { Template } from "./template";
import { exactTime } from "./times";

export type LinkLetterProps = {
  /** The address of the account. */
  address: string;
  /** The organization it is about, when there is one. */
  organization: string | null;
  expiresAt: Date;
  link: string;
  contact: Contact;
};

export type Wording = {
  /** The title, and what the button says. */
  title: string;
  button: string;
  /** What happened, and what the link does. */
  why: string;
  /** What to do for whoever did not ask for it. */
  unasked: string;
};

/** A letter about an account that has one link, which works once and until an exact time. */
export function linkTemplate<Props extends LinkLetterProps>(
  subject: (props: Props) => string,
  wordingOf: (props: Props) => Wording,
): Template<Props> {
  return noteTemplate(subject, (props) => {
    const { title, button, why, unasked } = wordingOf(props);
    return {
      preview: `${button} for ${props.address} until ${exactTime(props.expiresAt)}`,
      label: props.organization ? inert(props.organization) : "Your account",
      title,
      lines: [why],
      button,
      link: props.link,
      until: props.expiresAt,
      notes: [unasked, ...helpLines(props.contact, null)],
    };
  });
}
