import type { MessageKey } from "@/lib/i18n/messages";
import { type Contact, createHelpLines } from "./help";
import type { FilledMessage } from "./message";
import { createSingleActionTemplate } from "./single-action";
import type { EmailReader, Template } from "./template";
import { type Expiry, formatExpiry } from "./times";

export type LinkEmailProps = Expiry & {
  /** The address of the account. */
  address: string;
  /** The name of the organization, if the email is about one. */
  organization: string | null;
  link: string;
  contact: Contact;
};

export type LinkEmailContent = {
  /** What email clients show beside the subject; gets `date`, when the link expires. */
  preview: MessageKey;
  title: FilledMessage;
  /** What happened, and what the link does. */
  explanation: FilledMessage[];
  button: MessageKey;
  openLink: MessageKey;
  /** What to do if the recipient did not ask for the email. */
  notRequested: MessageKey;
};

/** Creates the template of an email about an account, with one link that works once and until an exact time. */
export function createLinkTemplate<Props extends LinkEmailProps>(
  subject: (props: Props, reader: EmailReader) => string,
  contentOf: (props: Props) => LinkEmailContent,
): Template<Props> {
  return createSingleActionTemplate(subject, (props, reader) => {
    const { preview, title, explanation, button, openLink, notRequested } = contentOf(props);
    const { organization, link, expiresAt, now, contact } = props;
    const { date } = formatExpiry(props, reader);
    return {
      preview: { key: preview, values: { date } },
      organization,
      title,
      lines: explanation,
      button,
      openLink,
      link,
      expiry: { expiresAt, now },
      footerLines: [{ key: notRequested }, ...createHelpLines(contact, null)],
    };
  });
}
