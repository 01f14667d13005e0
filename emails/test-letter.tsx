import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert, oneLine } from "./names";
import { Action, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";

export type TestLetterProps = {
  organization: string;
  /** The settings page it was sent from. */
  link: string;
  contact: Contact;
};

/** Shows whoever looks after an organization that its letters arrive, and how they look (R G3). */
export const testLetter: Template<TestLetterProps> = { subject, Html, text };

function subject({ organization }: TestLetterProps): string {
  return `Test email from ${oneLine(organization)}`;
}

function Html(props: TestLetterProps) {
  return (
    <Ticket
      preview={news(props)}
      top={
        <>
          <Label>{inert(props.organization)}</Label>
          <Title>Letters arrive</Title>
          <Line>{news(props)}</Line>
          <Action href={props.link}>Open settings</Action>
        </>
      }
      stub={
        <>
          <Label>If the button does not work, open this link</Label>
          <PlainLink href={props.link} />
        </>
      }
      help={<Help lines={notes(props)} />}
    />
  );
}

function text(props: TestLetterProps): string {
  return [news(props), `Open settings:\n${props.link}`, "--", ...notes(props)].join("\n\n");
}

function news({ organization }: TestLetterProps): string {
  return `You pressed Send test email in the settings of ${inert(organization)}. Invitations take the same way as this letter.`;
}

function notes({ contact }: TestLetterProps): string[] {
  const answers = contact.answered
    ? "An answer to this letter reaches whoever answers invitations. Try it."
    : "Answers to letters reach nobody yet: set a reply-to or support address.";
  return [answers, ...helpLines(contact, null)];
}
