import { type Contact, createHelpLines } from "./help";
import type { FilledMessage } from "./message";
import { toDisplayName, toInertText, toSingleLine } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";
import { createSubject } from "./subject";
import type { EmailReader } from "./template";

export type AssignPoliciesProps = {
  /** The name of the new user; empty if they gave none. */
  name: string;
  address: string;
  organization: string;
  /** The list of users without an access policy. */
  link: string;
  contact: Contact;
};

/** Reminds an inviter that a new user has no access policy yet (REQ-B8). */
export const assignPolicies = createSingleActionTemplate<AssignPoliciesProps>(subject, contentOf);

function subject({ name, address, organization }: AssignPoliciesProps, reader: EmailReader): string {
  return createSubject(reader, "emails.assignPolicies.subject", { name: name || address, organization });
}

function contentOf(props: AssignPoliciesProps): SingleActionContent {
  const { name, address, organization, link, contact } = props;
  const explanation: FilledMessage = {
    key: name ? "emails.assignPolicies.named" : "emails.assignPolicies.unnamed",
    values: {
      name: toInertText(name),
      address: toSingleLine(address),
      organization: toInertText(organization),
    },
  };
  return {
    preview: explanation,
    organization,
    title: { key: "emails.assignPolicies.title", values: { name: toDisplayName(props) } },
    lines: [explanation],
    button: "emails.assignPolicies.button",
    openLink: "emails.assignPolicies.openLink",
    link,
    expiry: null,
    footerLines: [
      { key: "emails.response.why" },
      { key: "emails.assignPolicies.limit" },
      ...createHelpLines(contact, null),
    ],
  };
}
