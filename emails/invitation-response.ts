import { type Contact, createHelpLines } from "./help";
import { toInertText, toSingleLine } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";

export type InvitationResponseProps = {
  response:
    | { type: "accepted"; role: string; addressConfirmed: boolean }
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

function subject(props: InvitationResponseProps): string {
  const invitee = toSingleLine(props.name || props.address);
  const organization = toSingleLine(props.organization);
  return props.response.type === "accepted"
    ? `${invitee} joined ${organization}`
    : `${invitee} declined your invitation to ${organization}`;
}

function contentOf(props: InvitationResponseProps): SingleActionContent {
  const invitee = toInertText(props.name || props.address);
  const lines = createLines(props);
  return {
    preview: lines[0] ?? "",
    label: toInertText(props.organization),
    title: props.response.type === "accepted" ? `${invitee} joined` : "Your invitation was declined",
    lines,
    button: "Open their page",
    link: props.link,
    expiresAt: null,
    footerLines: ["You're receiving this because you invited them.", ...createHelpLines(props.contact, null)],
  };
}

function createLines({ response, name, address, organization }: InvitationResponseProps): string[] {
  const invitee = name ? `${toInertText(name)} (${toInertText(address)})` : toInertText(address);
  if (response.type === "accepted")
    return [
      `${invitee}, whom you invited, is in ${toInertText(organization)} now, as ${response.role}.`,
      ...(response.addressConfirmed
        ? []
        : [
            "They came by a copied link or the code, which proves no mailbox: until their address is confirmed they have no more rights than a Member.",
          ]),
    ];
  return [
    `${invitee}, whom you invited, declined to join ${toInertText(organization)}.`,
    response.reason ? `Their reason: “${toInertText(response.reason)}”` : "They gave no reason.",
  ];
}
