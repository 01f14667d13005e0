import { type Contact, createHelpLines } from "./help";
import type { InvitationProps } from "./invitation";
import type { FilledMessage } from "./message";
import { toDisplayName, toInertText, toSingleLine } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";
import { createSubject } from "./subject";
import type { EmailReader } from "./template";

export type InvitationResponseProps = {
  response:
    | { type: "accepted"; role: InvitationProps["role"]; addressConfirmed: boolean }
    | { type: "declined"; reason: string | null };
  /** The name of the invitee; empty if they gave none. */
  name: string;
  address: string;
  organization: string;
  /** The profile page of the invitee. */
  link: string;
  contact: Contact;
};

/** Notifies an inviter that the invitee joined or declined (REQ-D4). */
export const invitationResponse = createSingleActionTemplate<InvitationResponseProps>(subject, contentOf);

function subject(props: InvitationResponseProps, reader: EmailReader): string {
  const { response, name, address, organization } = props;
  return createSubject(
    reader,
    response.type === "accepted" ? "emails.response.accepted.subject" : "emails.response.declined.subject",
    { invitee: name || address, organization },
  );
}

function contentOf(props: InvitationResponseProps): SingleActionContent {
  const explanation = createExplanation(props);
  return {
    preview: explanation,
    organization: props.organization,
    title:
      props.response.type === "accepted"
        ? { key: "emails.response.accepted.title", values: { invitee: toDisplayName(props) } }
        : { key: "emails.response.declined.title" },
    lines: [explanation, ...createDetails(props)],
    button: "emails.response.button",
    openLink: "emails.response.openLink",
    link: props.link,
    expiry: null,
    footerLines: [{ key: "emails.response.why" }, ...createHelpLines(props.contact, null)],
  };
}

function createExplanation({
  response,
  name,
  address,
  organization,
}: InvitationResponseProps): FilledMessage {
  const values = {
    name: toInertText(name),
    address: toSingleLine(address),
    organization: toInertText(organization),
  };
  return response.type === "accepted"
    ? {
        key: name ? "emails.response.accepted.named" : "emails.response.accepted.unnamed",
        values: { ...values, role: response.role },
      }
    : { key: name ? "emails.response.declined.named" : "emails.response.declined.unnamed", values };
}

function createDetails({ response }: InvitationResponseProps): FilledMessage[] {
  if (response.type === "accepted")
    return response.addressConfirmed ? [] : [{ key: "emails.response.accepted.addressNotConfirmed" }];
  return [
    response.reason
      ? { key: "emails.response.declined.reason", values: { reason: toInertText(response.reason) } }
      : { key: "emails.response.declined.noReason" },
  ];
}
