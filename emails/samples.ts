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
import type { EmailReader, Template } from "./template";
import { type TestEmailProps, testEmail } from "./test-email";

export type Sample = {
  name: string;
  /** The URL of its button. */
  link: string;
  subject: string;
  text: string;
  element: ReactElement;
};

const origin = "https://foyer.northwind.example";
const contact = {
  sender: "invitations@northwind.example",
  support: "help@northwind.example",
  replyTo: "desk@northwind.example",
};
const expiry = {
  expiresAt: new Date("2026-11-27T15:08:41Z"),
  now: new Date("2026-11-20T15:08:43Z"),
};

export const sampleInvitation: InvitationProps = {
  occasion: "first",
  firstSubject: null,
  inviter: { name: "Ana Duarte", address: "ana@northwind.example" },
  invitee: "",
  organization: "Northwind",
  role: "member",
  ...expiry,
  link: `${origin}/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=W3ZKD0M9QH4TX7RB2FEN`,
  code: "7KQF9-M2XTR-V4B8C-N3HJW",
  joinPage: `${origin}/join`,
  contact,
};

const invitationWithLongNames: InvitationProps = {
  ...sampleInvitation,
  inviter: {
    name: "Maximiliane Freifrau von und zu Hohenstein-Ravensburg <b>https://evil.example</b>",
    address: "maximiliane@northwind.example",
  },
  organization: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH",
  contact: { ...contact, support: null, replyTo: null },
};

const invitationFromRightToLeft: InvitationProps = {
  ...sampleInvitation,
  inviter: { name: 'دانا "نور" & شركاه', address: "dana@northwind.example" },
  organization: "شركة الشمال (1)",
};

const reminder: InvitationProps = {
  ...sampleInvitation,
  occasion: "reminder",
  now: new Date("2026-11-25T15:09:00Z"),
};

const sampleResponse: InvitationResponseProps = {
  response: { type: "accepted", role: "member", addressConfirmed: true },
  name: "Lea Stein",
  address: "lea@fabrikam.example",
  organization: "Northwind",
  link: `${origin}/o/northwind/admin/users/6d0f4a8e-2f3b-4a57-9c5e-0b7d1f2a3c4d`,
  contact,
};

const sampleConfirmation: LinkEmailProps = {
  address: "lea@fabrikam.example",
  organization: "Northwind",
  ...expiry,
  link: `${origin}/confirm/2M8WX-PR4QT-0HJ6N-V9CKD`,
  contact,
};

const sampleChange = {
  from: "lea@fabrikam.example",
  to: "lea.stein@fabrikam.example",
  organization: null,
  ...expiry,
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
  ...expiry,
  link: `${origin}/request/9T4KM-2XWPR-7QH0N-V8C6D`,
  contact,
};

const sampleTest: TestEmailProps = {
  organization: "Northwind",
  link: `${origin}/o/northwind/admin/settings`,
  contact,
};

/** Every email with made-up data, for previews and tests. */
export function createSamples(reader: EmailReader): Sample[] {
  return [
    fill("invitation", invitation, sampleInvitation),
    fill("invitation-named", invitation, { ...sampleInvitation, invitee: "Lea Stein" }),
    fill("invitation-long-names", invitation, invitationWithLongNames),
    fill("invitation-right-to-left", invitation, invitationFromRightToLeft),
    fill("invitation-unnamed", invitation, { ...sampleInvitation, inviter: null }),
    fill("invitation-resent", invitation, { ...sampleInvitation, occasion: "resent" }),
    fill("invitation-new", invitation, { ...sampleInvitation, occasion: "new" }),
    fill("invitation-new-long-names", invitation, { ...invitationWithLongNames, occasion: "new" }),
    fill("invitation-new-unnamed", invitation, { ...sampleInvitation, occasion: "new", inviter: null }),
    fill("reminder", invitation, reminder),
    fill("accepted", invitationResponse, sampleResponse),
    fill("accepted-unconfirmed", invitationResponse, {
      ...sampleResponse,
      name: "",
      response: { type: "accepted", role: "admin", addressConfirmed: false },
    }),
    fill("declined", invitationResponse, {
      ...sampleResponse,
      name: "",
      response: { type: "declined", reason: "I have moved to another team.\nAsk Mila instead." },
    }),
    fill("declined-without-reason", invitationResponse, {
      ...sampleResponse,
      response: { type: "declined", reason: null },
    }),
    fill("address-confirmation", addressConfirmation, sampleConfirmation),
    fill("address-confirmation-account", addressConfirmation, { ...sampleConfirmation, organization: null }),
    fill("address-change-old", addressChange, { ...sampleChange, address: sampleChange.from }),
    fill("address-change-new", addressChange, { ...sampleChange, address: sampleChange.to }),
    fill("assign-policies", assignPolicies, samplePolicyReminder),
    fill("assign-policies-unnamed", assignPolicies, { ...samplePolicyReminder, name: "" }),
    fill("request-confirmation", requestConfirmation, sampleRequest),
    fill("test", testEmail, sampleTest),
    fill("test-without-replies", testEmail, {
      ...sampleTest,
      contact: { ...contact, support: null, replyTo: null },
    }),
    fill("sign-in-link", signInLink, sampleSignIn),
    fill("sign-in-link-account", signInLink, { ...sampleSignIn, organization: null }),
    fill("password-reset", passwordReset, sampleReset),
  ];

  function fill<Props extends { link: string }>(
    name: string,
    template: Template<Props>,
    props: NoInfer<Props>,
  ): Sample {
    const { subject, text, html } = template;
    return {
      name,
      link: props.link,
      subject: subject(props, reader),
      text: text(props, reader),
      element: html(props, reader),
    };
  }
}
