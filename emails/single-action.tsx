import { TicketLayout } from "./layout";
import { ActionButton, HelpLines, Label, Paragraph, PlainLink, Title } from "./parts";
import type { Template } from "./template";
import { formatExactTime } from "./times";

/** The content of an email with one message and one button. */
export type SingleActionContent = {
  /** What email clients show beside the subject. */
  preview: string;
  /** The name of the organization, or "Your account". */
  label: string;
  title: string;
  lines: string[];
  button: string;
  link: string;
  /** When the link, which works once, expires; null if it is an ordinary page. */
  expiresAt: Date | null;
  footerLines: string[];
};

/** Creates a template whose HTML and text have the same content, that of `contentOf`. */
export function createSingleActionTemplate<Props>(
  subject: (props: Props) => string,
  contentOf: (props: Props) => SingleActionContent,
): Template<Props> {
  return {
    subject,
    html: (props) => <SingleActionEmail {...contentOf(props)} />,
    text: (props) => toPlainText(contentOf(props)),
  };
}

function SingleActionEmail({
  preview,
  label,
  title,
  lines,
  button,
  link,
  expiresAt,
  footerLines,
}: SingleActionContent) {
  return (
    <TicketLayout
      preview={preview}
      top={
        <>
          <Label>{label}</Label>
          <Title>{title}</Title>
          {lines.map((line) => (
            <Paragraph key={line}>{line}</Paragraph>
          ))}
          <ActionButton href={link}>{button}</ActionButton>
        </>
      }
      bottom={
        <>
          {expiresAt ? (
            <>
              <Label>The link works once, until</Label>
              <Paragraph>
                <strong>{formatExactTime(expiresAt)}</strong>
              </Paragraph>
            </>
          ) : null}
          <Label>If the button does not work, open this link</Label>
          <PlainLink href={link} />
        </>
      }
      help={<HelpLines lines={footerLines} />}
    />
  );
}

function toPlainText({ lines, button, link, expiresAt, footerLines }: SingleActionContent): string {
  const expiryLines = expiresAt ? [`The link works once, until ${formatExactTime(expiresAt)}.`] : [];
  return [...lines, `${button}:\n${link}`, ...expiryLines, "--", ...footerLines].join("\n\n");
}
