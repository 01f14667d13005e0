import { Ticket } from "./layout";
import { Action, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";
import { exactTime } from "./times";

/** A letter with one piece of news and one button. */
export type Note = {
  /** What mailboxes show beside the subject. */
  preview: string;
  /** Whose letter it is: the organization's name, or "Your account". */
  label: string;
  title: string;
  lines: string[];
  button: string;
  link: string;
  /** The link works once, until then; null: it leads to a page that is always there. */
  until: Date | null;
  notes: string[];
};

/** A template whose HTML and text say the same words, those of `noteOf`. */
export function noteTemplate<Props>(
  subject: (props: Props) => string,
  noteOf: (props: Props) => Note,
): Template<Props> {
  return {
    subject,
    html: (props) => <NoteLetter {...noteOf(props)} />,
    text: (props) => noteText(noteOf(props)),
  };
}

function NoteLetter({ preview, label, title, lines, button, link, until, notes }: Note) {
  return (
    <Ticket
      preview={preview}
      top={
        <>
          <Label>{label}</Label>
          <Title>{title}</Title>
          {lines.map((line) => (
            <Line key={line}>{line}</Line>
          ))}
          <Action href={link}>{button}</Action>
        </>
      }
      stub={
        <>
          {until ? (
            <>
              <Label>The link works once, until</Label>
              <Line>
                <strong>{exactTime(until)}</strong>
              </Line>
            </>
          ) : null}
          <Label>If the button does not work, open this link</Label>
          <PlainLink href={link} />
        </>
      }
      help={<Help lines={notes} />}
    />
  );
}

function noteText({ lines, button, link, until, notes }: Note): string {
  const once = until ? [`The link works once, until ${exactTime(until)}.`] : [];
  return [...lines, `${button}:\n${link}`, ...once, "--", ...notes].join("\n\n");
}
