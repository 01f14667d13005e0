import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert, oneLine } from "./names";
import { Action, Code, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";
import { exactTime } from "./times";

/** Why it is mailed: for the first time, once more, in the place of an expired one, or because it expires soon (REQ-C12). */
export type Occasion = "first" | "again" | "instead" | "reminder";

export type InvitationProps = {
  occasion: Occasion;
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

/** The invitation (REQ-D1): who, where, as what, until when; the button, the plain link and the code; help (REQ-D7). */
export const invitation: Template<InvitationProps> = { subject, html, text };

const OCCASIONS: Record<Occasion, { before: string; words: string | null }> = {
  first: { before: "", words: null },
  again: {
    before: "Sent again: ",
    words: "This is your invitation once more: link and code are the same, and only the time below counts.",
  },
  instead: {
    before: "New invitation: ",
    words: "This invitation replaces the earlier one, whose link and code no longer work.",
  },
  reminder: {
    before: "Reminder: ",
    words:
      "Your invitation is still open, and expires soon. If you do not want to join, you can decline on its page.",
  },
};

/** "Ana invited you to join Northwind" */
function subject({ occasion, inviter, organization }: InvitationProps): string {
  const invited = inviter
    ? `${oneLine(inviter)} invited you to join ${oneLine(organization)}`
    : `You are invited to join ${oneLine(organization)}`;
  return OCCASIONS[occasion].before + invited;
}

function html(props: InvitationProps) {
  const organization = inert(props.organization);
  const until = exactTime(props.expiresAt);
  const { words } = OCCASIONS[props.occasion];
  return (
    <Ticket
      preview={`Join ${organization} as ${props.role} until ${until}`}
      top={
        <>
          <Label>{props.inviter ? `${inert(props.inviter)} invited you` : "You are invited"}</Label>
          <Title>{`Join ${organization}`}</Title>
          {words ? <Line>{words}</Line> : null}
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
  const { words } = OCCASIONS[props.occasion];
  const opening = props.inviter
    ? `${inert(props.inviter)} invited you to join ${organization} as ${props.role}.`
    : `You are invited to join ${organization} as ${props.role}.`;
  return [
    opening,
    ...(words ? [words] : []),
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
