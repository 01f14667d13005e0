import { type Contact, createHelpLines } from "./help";
import { toInertText } from "./safe-text";
import { createSingleActionTemplate } from "./single-action";
import type { Template } from "./template";
import { formatExactTime } from "./times";

export type LinkEmailProps = {
  /** The address of the account. */
  address: string;
  /** The name of the organization, if the email is about one. */
  organization: string | null;
  expiresAt: Date;
  link: string;
  contact: Contact;
};

export type LinkEmailContent = {
  /** The title and the label of the button. */
  title: string;
  button: string;
  /** What happened, and what the link does. */
  explanation: string;
  /** What to do if the recipient did not ask for the email. */
  notRequested: string;
};

/** Creates the template of an email about an account, with one link that works once and until an exact time. */
export function createLinkTemplate<Props extends LinkEmailProps>(
  subject: (props: Props) => string,
  contentOf: (props: Props) => LinkEmailContent,
): Template<Props> {
  return createSingleActionTemplate(subject, (props) => {
    const { title, button, explanation, notRequested } = contentOf(props);
    return {
      preview: `${button} for ${props.address} until ${formatExactTime(props.expiresAt)}`,
      label: props.organization ? toInertText(props.organization) : "Your account",
      title,
      lines: [explanation],
      button,
      link: props.link,
      expiresAt: props.expiresAt,
      footerLines: [notRequested, ...createHelpLines(props.contact, null)],
    };
  });
}
