import { createElement } from "react";
import { render } from "react-email";
import {
  AddressConfirmation,
  type AddressConfirmationProps,
  addressConfirmationSubject,
  addressConfirmationText,
} from "@/emails/address-confirmation";
import {
  AssignPolicies,
  type AssignPoliciesProps,
  assignPoliciesSubject,
  assignPoliciesText,
} from "@/emails/assign-policies";
import type { Contact } from "@/emails/help";
import { Invitation, type InvitationProps, invitationSubject, invitationText } from "@/emails/invitation";
import { env } from "@/lib/kit/env";
import { CODE_PLACE, LINK_PLACE } from "@/lib/letters/secrets";
import type { LetterKind } from "@/lib/letters/states";
import { ROLE_NAMES, type Role } from "@/lib/members/roles";

/** What the words of a letter are made from: its row, beside the rows it names. */
export type Facts = {
  kind: LetterKind;
  toAddress: string;
  organization: { name: string; slug: string; replyTo: string | null; supportAddress: string | null } | null;
  invitation: { role: Role; expiresAt: Date; inviter: string | null } | null;
  accountLink: { expiresAt: Date } | null;
  /** Who has joined without any policy. */
  joined: { name: string; address: string } | null;
};

/** A letter in words, with places where its secrets go. */
export type Contents = { from: string; replyTo: string | null; subject: string; html: string; text: string };

/** While no provider is set nothing is mailed, but a letter still says who it would be from. */
const NOBODY = "Foyer <foyer@localhost>";

/**
 * Writes letters. Those of one batch often say the same but for their secrets: each wording is rendered once. Throws
 * when a row that the letter is about is missing.
 */
export function writer(): (facts: Facts) => Promise<Contents> {
  const rendered = new Map<string, Promise<string>>();
  return async (facts) => {
    const letter = compose(facts);
    const wording = JSON.stringify(letter.props);
    const html = rendered.get(wording) ?? render(letter.element());
    rendered.set(wording, html);
    return { ...envelope(facts), subject: letter.subject, html: await html, text: letter.text };
  };
}

function envelope({ organization }: Facts): Pick<Contents, "from" | "replyTo"> {
  return {
    from: env().from ?? NOBODY,
    replyTo: organization?.replyTo ?? organization?.supportAddress ?? null,
  };
}

function compose(facts: Facts) {
  switch (facts.kind) {
    case "invitation":
    case "resent":
    case "new": {
      const props = invitationProps(facts);
      return {
        props,
        subject: invitationSubject(props),
        text: invitationText(props),
        element: () => createElement(Invitation, props),
      };
    }
    case "address-confirmation": {
      const props = addressConfirmationProps(facts);
      return {
        props,
        subject: addressConfirmationSubject(props),
        text: addressConfirmationText(props),
        element: () => createElement(AddressConfirmation, props),
      };
    }
    case "assign-policies": {
      const props = assignPoliciesProps(facts);
      return {
        props,
        subject: assignPoliciesSubject(props),
        text: assignPoliciesText(props),
        element: () => createElement(AssignPolicies, props),
      };
    }
  }
}

function invitationProps(facts: Facts): InvitationProps {
  const { invitation, organization } = facts;
  if (!invitation || !organization) throw new Error("a letter of an invitation without its invitation");
  return {
    inviter: invitation.inviter,
    organization: organization.name,
    role: ROLE_NAMES[invitation.role],
    expiresAt: invitation.expiresAt,
    link: LINK_PLACE,
    code: CODE_PLACE,
    joinPage: `${env().origin}/join`,
    contact: contact(facts),
  };
}

function addressConfirmationProps(facts: Facts): AddressConfirmationProps {
  if (!facts.accountLink) throw new Error("a letter about an address without its link");
  return {
    address: facts.toAddress,
    organization: facts.organization?.name ?? null,
    expiresAt: facts.accountLink.expiresAt,
    link: LINK_PLACE,
    contact: contact(facts),
  };
}

function assignPoliciesProps(facts: Facts): AssignPoliciesProps {
  const { joined, organization } = facts;
  if (!joined || !organization) throw new Error("a letter about somebody who joined without them");
  return {
    name: joined.name,
    address: joined.address,
    organization: organization.name,
    link: `${env().origin}/o/${organization.slug}/admin/users?policies=none`,
    contact: contact(facts),
  };
}

function contact(facts: Facts): Contact {
  const { from, replyTo } = envelope(facts);
  return {
    sender: from.match(/<([^>]+)>/)?.[1] ?? from,
    support: facts.organization?.supportAddress ?? null,
    answered: replyTo !== null,
  };
}
