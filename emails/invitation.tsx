import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert, oneLine } from "./names";
import { Action, Code, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";
import { exactTime } from "./times";

export type InvitationProps = {
  /** Name of who invites; null: the installation itself. */
  inviter: string | null;
  organization: string;
  /** As people read it: "Owner", "Admin", "Member". */
  role: string;
  expiresAt: Date;
  /** The mailed link, and the code as it is printed. */
  link: string;
  code: string;
  /** Where the code can be typed. */
  joinPage: string;
  contact: Contact;
};

/** The invitation (R D1): who, where, as what, until when; the button, the plain link and the code; help (R D7). */
export const invitation: Template<InvitationProps> = { subject, Html, text };

/** "Ana invited you to join Northwind" */
function subject({ inviter, organization }: InvitationProps): string {
  return inviter
    ? `${oneLine(inviter)} invited you to join ${oneLine(organization)}`
    : `You are invited to join ${oneLine(organization)}`;
}

function Html(props: InvitationProps) {
  const organization = inert(props.organization);
  const until = exactTime(props.expiresAt);
  return (
    <Ticket
      preview={`Join ${organization} as ${props.role} until ${until}`}
      top={
        <>
          <Label>{props.inviter ? `${inert(props.inviter)} invited you` : "You are invited"}</Label>
          <Title>{`Join ${organization}`}</Title>
          <Line>
            You'll join as <strong>{props.role}</strong>.
          </Line>
          <Action href={props.link}>Join your organization</Action>
        </>
      }
      stub={
        <>
          <Label>The invitation expires on</Label>
          <Line>
            <strong>{until}</strong>
          </Line>
          <Label>{`Your invitation code, to type in at ${props.joinPage}`}</Label>
          <Code>{props.code}</Code>
          <Label>If the button does not work, open this link</Label>
          <PlainLink href={props.link} />
        </>
      }
      help={<Help lines={notes(props)} />}
    />
  );
}

function text(props: InvitationProps): string {
  const organization = inert(props.organization);
  const opening = props.inviter
    ? `${inert(props.inviter)} invited you to join ${organization} as ${props.role}.`
    : `You are invited to join ${organization} as ${props.role}.`;
  return [
    opening,
    `Join your organization:\n${props.link}`,
    `Or type this code at ${props.joinPage}\n${props.code}`,
    `The invitation expires on ${exactTime(props.expiresAt)}.`,
    "--",
    ...notes(props),
  ].join("\n\n");
}

function notes(props: InvitationProps): string[] {
  return [
    "Link and code are meant for you alone and work once. If you did not expect this letter, leave it: nothing happens until you join.",
    ...helpLines(props.contact, props.inviter),
  ];
}
