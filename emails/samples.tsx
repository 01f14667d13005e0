import type { ReactElement } from "react";
import {
  AddressConfirmation,
  type AddressConfirmationProps,
  addressConfirmationSubject,
  addressConfirmationText,
} from "./address-confirmation";
import {
  AssignPolicies,
  type AssignPoliciesProps,
  assignPoliciesSubject,
  assignPoliciesText,
} from "./assign-policies";
import { Invitation, type InvitationProps, invitationSubject, invitationText } from "./invitation";

export type Sample = { name: string; subject: string; text: string; letter: ReactElement };

const origin = "https://foyer.northwind.example";
const contact = {
  sender: "invitations@northwind.example",
  support: "help@northwind.example",
  answered: true,
};
const expiresAt = new Date("2026-11-27T15:08:41Z");

export const sampleInvitation: InvitationProps = {
  inviter: "Ana Duarte",
  organization: "Northwind",
  role: "Member",
  expiresAt,
  link: `${origin}/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=W3ZKD0M9QH4TX7RB2FEN`,
  code: "7KQF9-M2XTR-V4B8C-N3HJW",
  joinPage: `${origin}/join`,
  contact,
};

const longInvitation: InvitationProps = {
  ...sampleInvitation,
  inviter: "Maximiliane Freifrau von und zu Hohenstein-Ravensburg <b>https://evil.example</b>",
  organization: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH",
  contact: { ...contact, support: null, answered: false },
};

const sampleConfirmation: AddressConfirmationProps = {
  address: "lea@fabrikam.example",
  organization: "Northwind",
  expiresAt,
  link: `${origin}/confirm/2M8WX-PR4QT-0HJ6N-V9CKD`,
  contact,
};

const sampleReminder: AssignPoliciesProps = {
  name: "Lea Stein",
  address: "lea@fabrikam.example",
  organization: "Northwind",
  link: `${origin}/o/northwind/admin/users?policies=none`,
  contact,
};

/** Every letter with made-up people, to be looked at. */
export const SAMPLES: Sample[] = [
  { name: "invitation", ...invitation(sampleInvitation) },
  { name: "invitation-long-names", ...invitation(longInvitation) },
  {
    name: "address-confirmation",
    subject: addressConfirmationSubject(sampleConfirmation),
    text: addressConfirmationText(sampleConfirmation),
    letter: <AddressConfirmation {...sampleConfirmation} />,
  },
  {
    name: "assign-policies",
    subject: assignPoliciesSubject(sampleReminder),
    text: assignPoliciesText(sampleReminder),
    letter: <AssignPolicies {...sampleReminder} />,
  },
];

function invitation(props: InvitationProps) {
  return {
    subject: invitationSubject(props),
    text: invitationText(props),
    letter: <Invitation {...props} />,
  };
}
