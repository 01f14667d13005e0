import type { MessageKey } from "@/lib/i18n/messages";
import { type Contact, createHelpLines } from "./help";
import { TicketLayout } from "./layout";
import { type FilledMessage, formatAsHtml, formatAsText } from "./message";
import { ActionButton, HelpLines, InvitationCode, Label, Paragraph, PlainLink, Title } from "./parts";
import { type NamedPerson, toDisplayName, toInertText } from "./safe-text";
import { createSubject } from "./subject";
import type { EmailReader, Template } from "./template";
import { type Expiry, formatExpiry } from "./times";

/** Why it is sent: first invitation, resend, new invitation after an expired one, or reminder before it expires (REQ-C12). */
export type Occasion = "first" | "resent" | "new" | "reminder";

export type InvitationProps = Expiry & {
  occasion: Occasion;
  /** The subject that the first email of the invitation had; null if there was none. */
  firstSubject: string | null;
  /** Null if the installation itself invites. */
  inviter: NamedPerson | null;
  /** The name that the inviter gave for the person; empty if none. */
  invitee: string;
  organization: string;
  role: "owner" | "admin" | "member";
  /** The link with the proof of the mailbox, and the formatted code. */
  link: string;
  code: string;
  /** The URL of the page that takes the code. */
  joinPage: string;
  contact: Contact;
};

/** The invitation: inviter, organization, role, expiry, button, link, code (REQ-D1) and help (REQ-D7). */
export const invitation: Template<InvitationProps> = { subject, html, text };

/** The messages that name the inviter, and those without one. */
type Opening = Record<"subject" | "label" | "text", Record<"named" | "unnamed", MessageKey>>;

const INVITED: Opening = {
  subject: {
    named: "emails.invitation.subject.first",
    unnamed: "emails.invitation.subject.firstUnnamed",
  },
  label: { named: "emails.invitation.label.first", unnamed: "emails.invitation.label.firstUnnamed" },
  text: { named: "emails.invitation.text.first", unnamed: "emails.invitation.text.firstUnnamed" },
};

type OccasionMessages = {
  opening: Opening;
  /** What follows the opening. The text of an introduction may name the expiry, which is then not repeated. */
  introduction: { html: MessageKey; text: MessageKey; textNamesExpiry: boolean } | null;
};

const OCCASIONS: Record<Occasion, OccasionMessages> = {
  first: { opening: INVITED, introduction: null },
  resent: {
    opening: INVITED,
    introduction: {
      html: "emails.invitation.introduction.resent",
      text: "emails.invitation.text.resent",
      textNamesExpiry: true,
    },
  },
  new: {
    opening: {
      subject: { named: "emails.invitation.subject.new", unnamed: "emails.invitation.subject.newUnnamed" },
      label: { named: "emails.invitation.label.new", unnamed: "emails.invitation.label.newUnnamed" },
      text: { named: "emails.invitation.text.new", unnamed: "emails.invitation.text.newUnnamed" },
    },
    introduction: {
      html: "emails.invitation.introduction.new",
      text: "emails.invitation.introduction.new",
      textNamesExpiry: false,
    },
  },
  reminder: {
    opening: {
      ...INVITED,
      subject: {
        named: "emails.invitation.subject.reminder",
        unnamed: "emails.invitation.subject.reminder",
      },
    },
    introduction: {
      html: "emails.invitation.introduction.reminder",
      text: "emails.invitation.text.reminder",
      textNamesExpiry: true,
    },
  },
};

/** "Ana invited you to join Northwind". A resend keeps the first subject, so that mail programs show one thread. */
function subject(props: InvitationProps, reader: EmailReader): string {
  const { occasion, firstSubject, inviter, organization } = props;
  if (occasion === "resent" && firstSubject) return firstSubject;
  const names: Record<string, string> = { organization };
  if (inviter) names.inviter = inviter.name || inviter.address;
  const { relative } = formatExpiry(props, reader);
  return createSubject(reader, openingOf("subject", props), names, { relative });
}

function html(props: InvitationProps, reader: EmailReader) {
  const { t } = reader;
  const values = valuesOf(props, reader);
  const { introduction } = OCCASIONS[props.occasion];
  const write = (key: MessageKey) => formatAsHtml(reader, { key, values });
  return (
    <TicketLayout
      locale={reader.locale}
      preview={write("emails.invitation.preview")}
      top={
        <>
          <Label>{write(openingOf("label", props))}</Label>
          <Title>{write("emails.invitation.title")}</Title>
          {props.invitee ? <Paragraph>{write("emails.invitation.greeting")}</Paragraph> : null}
          {introduction ? <Paragraph>{write(introduction.html)}</Paragraph> : null}
          <Paragraph>{write("emails.invitation.role")}</Paragraph>
          <ActionButton href={props.link}>{t("emails.invitation.button")}</ActionButton>
        </>
      }
      bottom={
        <>
          <Label>{t("emails.expiry.label")}</Label>
          <Paragraph>
            <strong>{write("emails.expiry.time")}</strong>
          </Paragraph>
          <Label>{t("emails.openLink")}</Label>
          <PlainLink href={props.link} />
          <Label>{write("emails.invitation.code")}</Label>
          <InvitationCode>{props.code}</InvitationCode>
        </>
      }
      help={<HelpLines lines={createFooter(props)} reader={reader} />}
    />
  );
}

function text(props: InvitationProps, reader: EmailReader): string {
  const values = valuesOf(props, reader);
  const { introduction } = OCCASIONS[props.occasion];
  const write = (key: MessageKey) => formatAsText(reader, { key, values });
  return [
    ...(props.invitee ? [write("emails.invitation.greeting")] : []),
    write(openingOf("text", props)),
    ...(introduction ? [write(introduction.text)] : []),
    `${write("emails.invitation.text.openLink")}\n${props.link}`,
    `${write("emails.invitation.code")}\n${props.code}`,
    ...(introduction?.textNamesExpiry ? [] : [write("emails.invitation.text.expires")]),
    "--",
    ...createFooter(props).map((line) => formatAsText(reader, line)),
  ].join("\n\n");
}

function openingOf(part: keyof Opening, { occasion, inviter }: InvitationProps): MessageKey {
  return OCCASIONS[occasion].opening[part][inviter ? "named" : "unnamed"];
}

/** Returns the values that the messages of the email use. */
function valuesOf(props: InvitationProps, reader: EmailReader): Record<string, string> {
  return {
    ...formatExpiry(props, reader),
    ...(props.inviter ? { inviter: toDisplayName(props.inviter) } : {}),
    ...(props.invitee ? { invitee: toInertText(props.invitee) } : {}),
    organization: toInertText(props.organization),
    role: props.role,
    page: props.joinPage,
  };
}

function createFooter(props: InvitationProps): FilledMessage[] {
  return [{ key: "emails.invitation.personal" }, ...createHelpLines(props.contact, props.inviter)];
}
