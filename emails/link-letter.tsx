import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert } from "./names";
import { Action, Help, Label, Line, PlainLink, Title } from "./parts";
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
  why: (props: LinkLetterProps) => string;
  /** What to do for whoever did not ask for it. */
  unasked: string;
};

/** A letter about an account that has one link, which works once and until an exact time; its text is `linkText`. */
export function LinkLetter({ wording, ...props }: LinkLetterProps & { wording: Wording }) {
  const until = exactTime(props.expiresAt);
  return (
    <Ticket
      preview={`${wording.button} for ${props.address} until ${until}`}
      top={
        <>
          <Label>{props.organization ? inert(props.organization) : "Your account"}</Label>
          <Title>{wording.title}</Title>
          <Line>{wording.why(props)}</Line>
          <Action href={props.link}>{wording.button}</Action>
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
      help={<Help lines={notes(wording, props)} />}
    />
  );
}

export function linkText(wording: Wording, props: LinkLetterProps): string {
  return [
    wording.why(props),
    `${wording.button}:\n${props.link}`,
    `The link works once, until ${exactTime(props.expiresAt)}.`,
    "--",
    ...notes(wording, props),
  ].join("\n\n");
}

function notes({ unasked }: Wording, { contact }: LinkLetterProps): string[] {
  return [unasked, ...helpLines(contact, null)];
}
