import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert, oneLine } from "./names";
import { Action, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";
import { exactTime } from "./times";

export type AddressConfirmationProps = {
  /** The address that is to be confirmed. */
  address: string;
  /** The organization it was given in, when there is one. */
  organization: string | null;
  expiresAt: Date;
  link: string;
  contact: Contact;
};

/** Asks whoever opens the mailbox to confirm that an account may carry its address (R D9). */
export const addressConfirmation: Template<AddressConfirmationProps> = { subject, Html, text };

function subject({ organization }: AddressConfirmationProps): string {
  return organization ? `Confirm your address for ${oneLine(organization)}` : "Confirm your address";
}

function Html(props: AddressConfirmationProps) {
  const until = exactTime(props.expiresAt);
  return (
    <Ticket
      preview={`Confirm ${props.address} until ${until}`}
      top={
        <>
          <Label>{props.organization ? inert(props.organization) : "Your account"}</Label>
          <Title>Confirm your address</Title>
          <Line>{purpose(props)}</Line>
          <Action href={props.link}>Confirm your address</Action>
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

function text(props: AddressConfirmationProps): string {
  return [
    purpose(props),
    `Confirm your address:\n${props.link}`,
    `The link works once, until ${exactTime(props.expiresAt)}.`,
    "--",
    ...notes(props),
  ].join("\n\n");
}

function purpose({ address, organization }: AddressConfirmationProps): string {
  const account = `An account was made with ${address}`;
  return organization
    ? `${account} in ${inert(organization)}. Confirm that this mailbox is yours, and the account has its full rights there.`
    : `${account}. Confirm that this mailbox is yours.`;
}

function notes(props: AddressConfirmationProps): string[] {
  return [
    "If you made no account, leave this letter: without you the address stays unconfirmed.",
    ...helpLines(props.contact, null),
  ];
}
