import type { ReactElement } from "react";
import { type AddressChangeProps, addressChange } from "./address-change";
import { addressConfirmation } from "./address-confirmation";
import { type AssignPoliciesProps, assignPolicies } from "./assign-policies";
import { type InvitationProps, invitation } from "./invitation";
import { type InvitationResponseProps, invitationResponse } from "./invitation-response";
import type { LinkEmailProps } from "./link-email";
import { passwordReset } from "./password-reset";
import { type RequestConfirmationProps, requestConfirmation } from "./request-confirmation";
import { signInLink } from "./sign-in-link";
import type { Template } from "./template";
import { type TestEmailProps, testEmail } from "./test-email";

export type Sample = { name: string; subject: string; text: string; element: ReactElement };

const origin = "https://foyer.northwind.example";
const contact = {
  sender: "invitations@northwind.example",
  support: "help@northwind.example",
  acceptsReplies: true,
};
const expiresAt = new Date("2026-11-27T15:08:41Z");

export const sampleInvitation: InvitationProps = {
  occasion: "first",
  inviter: "Ana Duarte",
  organization: "Northwind",
  role: "Member",
  expiresAt,
  link: `${origin}/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=W3ZKD0M9QH4TX7RB2FEN`,
  code: "7KQF9-M2XTR-V4B8C-N3HJW",
  joinPage: `${origin}/join`,
  contact,
};

const invitationWithLongNames: InvitationProps = {
  ...sampleInvitation,
  inviter: "Maximiliane Freifrau von und zu Hohenstein-Ravensburg <b>https://evil.example</b>",
  organization: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH",
  contact: { ...contact, support: null, acceptsReplies: false },
};

const sampleResponse: InvitationResponseProps = {
  response: { type: "accepted", role: "Member", addressConfirmed: true },
  name: "Lea Stein",
  address: "lea@fabrikam.example",
  organization: "Northwind",
  link: `${origin}/o/northwind/admin/users/6d0f4a8e-2f3b-4a57-9c5e-0b7d1f2a3c4d`,
  contact,
};

const sampleConfirmation: LinkEmailProps = {
  address: "lea@fabrikam.example",
  organization: "Northwind",
  expiresAt,
  link: `${origin}/confirm/2M8WX-PR4QT-0HJ6N-V9CKD`,
  contact,
};

const sampleChange = {
  from: "lea@fabrikam.example",
  to: "lea.stein@fabrikam.example",
  organization: null,
  expiresAt,
  link: `${origin}/change-address/2M8WX-PR4QT-0HJ6N-V9CKD`,
  contact,
} satisfies Omit<AddressChangeProps, "address">;
const sampleSignIn: LinkEmailProps = {
  ...sampleConfirmation,
  link: `${origin}/sign-in/4TR7X-9KQ2M-B6ZWN-1HVCD`,
};

const sampleReset: LinkEmailProps = {
  ...sampleConfirmation,
  organization: null,
  link: `${origin}/reset/8VJ3C-5XN7P-W2QKT-D6RMZ`,
};

const samplePolicyReminder: AssignPoliciesProps = {
  name: "Lea Stein",
  address: "lea@fabrikam.example",
  organization: "Northwind",
  link: `${origin}/o/northwind/admin/users?policies=none`,
  contact,
};

const sampleRequest: RequestConfirmationProps = {
  organization: "Northwind",
  expiresAt,
  link: `${origin}/request/9T4KM-2XWPR-7QH0N-V8C6D`,
  contact,
};

const sampleTest: TestEmailProps = {
  organization: "Northwind",
  link: `${origin}/o/northwind/admin/settings`,
  contact,
};

/** Every email with made-up data, for previews and tests. */
export const SAMPLES: Sample[] = [
  createSample("invitation", invitation, sampleInvitation),
  createSample("invitation-long-names", invitation, invitationWithLongNames),
  createSample("invitation-resent", invitation, { ...sampleInvitation, occasion: "resent" }),
  createSample("invitation-new", invitation, { ...sampleInvitation, occasion: "new" }),
  createSample("reminder", invitation, { ...sampleInvitation, occasion: "reminder" }),
  createSample("accepted", invitationResponse, sampleResponse),
  createSample("accepted-unconfirmed", invitationResponse, {
    ...sampleResponse,
    response: { type: "accepted", role: "Admin", addressConfirmed: false },
  }),
  createSample("declined", invitationResponse, {
    ...sampleResponse,
    name: "",
    response: { type: "declined", reason: "I have moved to another team.\nAsk Mila instead." },
  }),
  createSample("address-confirmation", addressConfirmation, sampleConfirmation),
  createSample("address-change-old", addressChange, { ...sampleChange, address: sampleChange.from }),
  createSample("address-change-new", addressChange, { ...sampleChange, address: sampleChange.to }),
  createSample("assign-policies", assignPolicies, samplePolicyReminder),
  createSample("request-confirmation", requestConfirmation, sampleRequest),
  createSample("test", testEmail, sampleTest),
  createSample("sign-in-link", signInLink, sampleSignIn),
  createSample("password-reset", passwordReset, sampleReset),
];

function createSample<Props extends object>(
  name: string,
  template: Template<Props>,
  props: NoInfer<Props>,
): Sample {
  const { subject, text, html } = template;
  return { name, subject: subject(props), text: text(props), element: html(props) };
}
