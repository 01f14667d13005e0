import type { MessageKey } from "@/lib/i18n/messages";
import { TicketLayout } from "./layout";
import { type FilledMessage, formatAsHtml, formatAsText } from "./message";
import { ActionButton, HelpLines, Label, Paragraph, PlainLink, Title } from "./parts";
import { toInertText } from "./safe-text";
import type { EmailReader, Template } from "./template";
import { type Expiry, formatExpiry } from "./times";

/** The content of an email with one message and one button. */
export type SingleActionContent = {
  /** What email clients show beside the subject. */
  preview: FilledMessage;
  /** The name of the organization; null if the email is about the account. */
  organization: string | null;
  title: FilledMessage;
  lines: FilledMessage[];
  /** The button of the HTML. */
  button: MessageKey;
  /** The line above the link in the text. */
  openLink: MessageKey;
  link: string;
  /** When the link, which works once, expires; null if it is an ordinary page. */
  expiry: Expiry | null;
  footerLines: FilledMessage[];
};

/** Creates a template whose HTML and text have the content of `contentOf`. */
export function createSingleActionTemplate<Props>(
  subject: (props: Props, reader: EmailReader) => string,
  contentOf: (props: Props, reader: EmailReader) => SingleActionContent,
): Template<Props> {
  return {
    subject,
    html: (props, reader) => <SingleActionEmail {...contentOf(props, reader)} reader={reader} />,
    text: (props, reader) => createText(contentOf(props, reader), reader),
  };
}

function SingleActionEmail({
  preview,
  organization,
  title,
  lines,
  button,
  link,
  expiry,
  footerLines,
  reader,
}: SingleActionContent & { reader: EmailReader }) {
  const { t } = reader;
  return (
    <TicketLayout
      locale={reader.locale}
      preview={formatAsHtml(reader, preview)}
      top={
        <>
          <Label>
            {organization === null ? t("emails.account") : <bdi>{toInertText(organization)}</bdi>}
          </Label>
          <Title>{formatAsHtml(reader, title)}</Title>
          {lines.map((line) => (
            <Paragraph key={line.key}>{formatAsHtml(reader, line)}</Paragraph>
          ))}
          <ActionButton href={link}>{t(button)}</ActionButton>
        </>
      }
      bottom={
        <>
          {expiry ? (
            <>
              <Label>{t("emails.expiry.linkLabel")}</Label>
              <Paragraph>
                <strong>{t("emails.expiry.time", formatExpiry(expiry, reader))}</strong>
              </Paragraph>
            </>
          ) : null}
          <Label>{t("emails.openLink")}</Label>
          <PlainLink href={link} />
        </>
      }
      help={<HelpLines lines={footerLines} reader={reader} />}
    />
  );
}

function createText(
  { lines, openLink, link, expiry, footerLines }: SingleActionContent,
  reader: EmailReader,
): string {
  const { t } = reader;
  const write = (line: FilledMessage) => formatAsText(reader, line);
  return [
    ...lines.map(write),
    `${t(openLink)}\n${link}`,
    ...(expiry ? [t("emails.expiry.linkText", formatExpiry(expiry, reader))] : []),
    "--",
    ...footerLines.map(write),
  ].join("\n\n");
}
