import { type Contact, createHelpLines } from "./help";
import { toInertText, toSingleLine } from "./safe-text";
import { createSingleActionTemplate, type SingleActionContent } from "./single-action";

export type AssignPoliciesProps = {
  /** The name of the new user. */
  name: string;
  address: string;
  organization: string;
  /** The list of users without an access policy. */
  link: string;
  contact: Contact;
};

/** Reminds an inviter that a new user has no access policy yet (REQ-B8). */
export const assignPolicies = createSingleActionTemplate<AssignPoliciesProps>(subject, contentOf);

function subject({ name, organization }: AssignPoliciesProps): string {
  return `${toSingleLine(name)} joined ${toSingleLine(organization)}: assign access policies`;
}

function contentOf({ name, address, organization, link, contact }: AssignPoliciesProps): SingleActionContent {
  const message = `${toInertText(name)} (${toInertText(address)}) joined ${toInertText(organization)} but has no access policy, so they can't do anything yet.`;
  return {
    preview: message,
    label: toInertText(organization),
    title: `${toInertText(name)} joined`,
    lines: [message],
    button: "Assign access policies",
    link,
    expiresAt: null,
    footerLines: [
      "You get this at most once a day. The page lists everyone without an access policy.",
      ...createHelpLines(contact, null),
    ],
  };
}
