import type { ReactElement } from "react";
import { addressChange } from "@/emails/address-change";
import { addressConfirmation } from "@/emails/address-confirmation";
import { type AnswerProps, answer } from "@/emails/answer";
import { assignPolicies } from "@/emails/assign-policies";
import type { Contact } from "@/emails/help";
import { type InvitationProps, invitation, type Occasion } from "@/emails/invitation";
import { passwordReset } from "@/emails/password-reset";
import { requestConfirmation } from "@/emails/request-confirmation";
import { signInLink } from "@/emails/sign-in-link";
import type { Template } from "@/emails/template";
import { testLetter } from "@/emails/test-letter";
import { env } from "@/lib/config/env";
import type { Facts } from "@/lib/mail/open-letters";
import { CODE_PLACE, LINK_PLACE } from "@/lib/mail/secrets";
import type { LetterKind } from "@/lib/mail/states";
import { ROLE_NAMES } from "@/lib/permissions/roles";

/** A letter in words. Two with the same `wording` have the same HTML. */
export type Words = { subject: string; text: string; wording: string; element: () => ReactElement };

/** What a template is told: what is known of this letter, and whom its reader can turn to. */
type Tell<Props> = (facts: Facts, contact: Contact) => Props;

/** Each kind of letter: its template, and what that is told. */
const KINDS: Record<LetterKind, (facts: Facts, contact: Contact) => Words> = {
  invitation: says(invitation, tellOfInvitation("first")),
  resent: says(invitation, tellOfInvitation("again")),
  new: says(invitation, tellOfInvitation("instead")),
  reminder: says(invitation, tellOfInvitation("reminder")),
  accepted: says(answer, (facts, contact) => {
    const { role, addressConfirmed } = there(facts.person);
    return tellOfAnswer(facts, contact, { is: "accepted", role: ROLE_NAMES[role], addressConfirmed });
  }),
  declined: says(answer, (facts, contact) =>
    tellOfAnswer(facts, contact, { is: "declined", reason: there(facts.invitation).declineReason }),
  ),
  "address-confirmation": says(addressConfirmation, tellOfLink),
  "address-change": says(addressChange, (facts, contact) => ({
    ...tellOfLink(facts, contact),
    ...there(facts.addressChange),
  })),
  "sign-in-link": says(signInLink, tellOfLink),
  "password-reset": says(passwordReset, tellOfLink),
  "assign-policies": says(assignPolicies, (facts, contact) => {
    const { name, address } = there(facts.person);
    const { name: organization, slug } = there(facts.organization);
    const link = `${env().origin}/o/${slug}/admin/users?policies=none`;
    return { name, address, organization, link, contact };
  }),
  "request-confirmation": says(requestConfirmation, (facts, contact) => ({
    organization: there(facts.organization).name,
    expiresAt: there(facts.request).expiresAt,
    link: LINK_PLACE,
    contact,
  })),
  test: says(testLetter, (facts, contact) => {
    const { name: organization, slug } = there(facts.organization);
    return { organization, link: `${env().origin}/o/${slug}/admin/settings`, contact };
  }),
};

/** The words of a letter. Throws when a row that it is about is missing. */
export function wordsOf(facts: Facts, contact: Contact): Words {
  return KINDS[facts.kind](facts, contact);
}

function says<Props extends object>(template: Template<Props>, tell: Tell<NoInfer<Props>>) {
  return (facts: Facts, contact: Contact): Words => {
    const props = tell(facts, contact);
    return {
      subject: template.subject(props),
      text: template.text(props),
      wording: JSON.stringify([facts.kind, props]),
      element: () => template.html(props),
    };
  };
}

function tellOfInvitation(occasion: Occasion): Tell<InvitationProps> {
  return (facts, contact) => {
    const { inviter, role, expiresAt } = there(facts.invitation);
    return {
      occasion,
      inviter,
      organization: there(facts.organization).name,
      role: ROLE_NAMES[role],
      expiresAt,
      link: LINK_PLACE,
      code: CODE_PLACE,
      joinPage: `${env().origin}/join`,
      contact,
    };
  };
}

function tellOfAnswer(facts: Facts, contact: Contact, answer: AnswerProps["answer"]): AnswerProps {
  const { id, name, address } = there(facts.person);
  const { name: organization, slug } = there(facts.organization);
  return {
    answer,
    name,
    address,
    organization,
    link: `${env().origin}/o/${slug}/admin/users/${id}`,
    contact,
  };
}

function tellOfLink(facts: Facts, contact: Contact) {
  return {
    address: facts.toAddress,
    organization: facts.organization?.name ?? null,
    expiresAt: there(facts.accountLink).expiresAt,
    link: LINK_PLACE,
    contact,
  };
}

function there<T>(fact: T | null): T {
  if (fact === null) throw new Error("a letter without what it is about");
  return fact;
}
