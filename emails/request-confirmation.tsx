import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert, oneLine } from "./names";
import { Action, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";
import { exactTime } from "./times";

export type RequestConfirmationProps = {
  organization: string;
  expiresAt: Date;
  link: string;
  contact: Contact;
};

/**
 * Asks whoever opens the mailbox whether they asked for an invitation (R E2). What the visitor wrote is not in it: anybody
 * can write anything about any address.
 */
export const requestConfirmation: Template<RequestConfirmationProps> = { subject, Html, text };

function subject({ organization }: RequestConfirmationProps): string {
  return `Confirm your request to join ${oneLine(organization)}`;
}

function Html(props: RequestConfirmationProps) {
  const until = exactTime(props.expiresAt);
  return (
    <Ticket
      preview={`Confirm your request until ${until}`}
      top={
        <>
          <Label>{inert(props.organization)}</Label>
          <Title>Confirm your request</Title>
          <Line>{news(props)}</Line>
          <Action href={props.link}>Confirm your request</Action>
        </>
      }
      stub={
        <>
          <Label>The link works once, until</Label>
          <Line>
            <strong>{until}</strong>
          </Line>
          <Label>If the button does not work, open this link</Label>
          <PlainLink href={props.link} />
        </>
      }
      help={<Help lines={notes(props)} />}
    />
  );
}

function text(props: RequestConfirmationProps): string {
  return [
    news(props),
    `Confirm your request:\n${props.link}`,
    `The link works once, until ${exactTime(props.expiresAt)}.`,
    "--",
    ...notes(props),
  ].join("\n\n");
}

function news({ organization }: RequestConfirmationProps): string {
  return `Somebody asked with this address for an invitation to ${inert(organization)}. If that was you, confirm it: only then does anybody there see the request. If you are invited, another letter comes.`;
}

function notes({ contact }: RequestConfirmationProps): string[] {
  return [
    "If you asked for nothing, leave this letter: nobody sees the request, and it is forgotten.",
    ...helpLines(contact, null),
  ];
}
