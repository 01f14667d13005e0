import { type Contact, helpLines } from "./help";
import { inert, oneLine } from "./names";
import { type Note, noteTemplate } from "./note";

export type AssignPoliciesProps = {
  /** Who has joined. */
  name: string;
  address: string;
  organization: string;
  /** Users without any access policy. */
  link: string;
  contact: Contact;
};

/** Reminds an inviter that somebody is in who may do nothing yet (REQ-B8). */
export const assignPolicies = noteTemplate<AssignPoliciesProps>(subject, note);

function subject({ name, organization }: AssignPoliciesProps): string {
  return `${oneLine(name)} joined ${oneLine(organization)}: assign access policies`;
}

function note({ name, address, organization, link, contact }: AssignPoliciesProps): Note {
  const news = `${inert(name)} (${inert(address)}), whom you invited, is in ${inert(organization)} now and has no access policy: until somebody assigns one, there is nothing they may do there.`;
  return {
    preview: news,
    label: inert(organization),
    title: `${inert(name)} joined`,
    lines: [news],
    button: "Assign access policies",
    link,
    until: null,
    notes: [
      "A letter like this comes once a day at most; the page shows everybody who has no access policy.",
      ...helpLines(contact, null),
    ],
  };
}
