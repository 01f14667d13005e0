import { type Contact, createHelpLines } from "./help";
import { TicketLayout } from "./layout";
import { ActionButton, HelpLines, InvitationCode, Label, Paragraph, PlainLink, Title } from "./parts";
import { toInertText, toSingleLine } from "./safe-text";
import type { Template } from "./template";
import { formatExactTime } from "./times";

/** Why it is sent: first invitation, resend, new invitation after an expired one, or reminder before it expires (REQ-C12). */
export type Occasion = "first" | "resent" | "new" | "reminder";

export type InvitationProps = {
  occasion: Occasion;
  /** The name of the inviter; null if the installation itself invites. */
  inviter: string | null;
  organization: string;
  /** The display name: "Owner", "Admin" or "Member". */
  role: string;
  expiresAt: Date;
  /** The link with the proof of the mailbox, and the formatted code. */
  link: string;
  code: string;
  /** The URL of the page that takes the code. */
  joinPage: string;
  contact: Contact;
};

/** The invitation: inviter, organization, role, expiry, button, link, code (REQ-D1) and help (REQ-D7). */
export const invitation: Template<InvitationProps> = { subject, html, text };

const OCCASIONS: Record<Occasion, { subjectPrefix: string; introduction: string | null }> = {
  first: { subjectPrefix: "", introduction: null },
  resent: {
    subjectPrefix: "Sent again: ",
    introduction:
      "This is your invitation once more: link and code are the same, and only the time below counts.",
  },
  new: {
    subjectPrefix: "New invitation: ",
    introduction: "This invitation replaces the earlier one, whose link and code no longer work.",
  },
  reminder: {
    subjectPrefix: "Reminder: ",
    introduction:
      "Your invitation is still open, and expires soon. If you do not want to join, you can decline on its page.",
  },
};

/** "Ana invited you to join Northwind" */
function subject({ occasion, inviter, organization }: InvitationProps): string {
  const sentence = inviter
    ? `${toSingleLine(inviter)} invited you to join ${toSingleLine(organization)}`
    : `You are invited to join ${toSingleLine(organization)}`;
  return OCCASIONS[occasion].subjectPrefix + sentence;
}

function html(props: InvitationProps) {
  const organization = toInertText(props.organization);
  const expiry = formatExactTime(props.expiresAt);
  const { introduction } = OCCASIONS[props.occasion];
  return (
    <TicketLayout
      preview={`Join ${organization} as ${props.role} until ${expiry}`}
      top={
        <>
          <Label>{props.inviter ? `${toInertText(props.inviter)} invited you` : "You are invited"}</Label>
          <Title>{`Join ${organization}`}</Title>
          {introduction ? <Paragraph>{introduction}</Paragraph> : null}
          <Paragraph>
            You'll join as <strong>{props.role}</strong>.
          </Paragraph>
          <ActionButton href={props.link}>Join your organization</ActionButton>
        </>
      }
      bottom={
        <>
          <Label>The invitation expires on</Label>
          <Paragraph>
            <strong>{expiry}</strong>
          </Paragraph>
          <Label>{`Your invitation code, to type in at ${props.joinPage}`}</Label>
          <InvitationCode>{props.code}</InvitationCode>
          <Label>If the button does not work, open this link</Label>
          <PlainLink href={props.link} />
        </>
      }
      help={<HelpLines lines={createFooter(props)} />}
    />
  );
}

function text(props: InvitationProps): string {
  const organization = toInertText(props.organization);
  const { introduction } = OCCASIONS[props.occasion];
  const opening = props.inviter
    ? `${toInertText(props.inviter)} invited you to join ${organization} as ${props.role}.`
    : `You are invited to join ${organization} as ${props.role}.`;
  return [
    opening,
    ...(introduction ? [introduction] : []),
    `Join your organization:\n${props.link}`,
    `Or type this code at ${props.joinPage}\n${props.code}`,
    `The invitation expires on ${formatExactTime(props.expiresAt)}.`,
    "--",
    ...createFooter(props),
  ].join("\n\n");
}

function createFooter(props: InvitationProps): string[] {
  return [
    "This invitation is for you only and works once. Not expecting it? You can ignore this email.",
    ...createHelpLines(props.contact, props.inviter),
  ];
}
