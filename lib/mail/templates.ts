import type { ReactElement } from "react";
import { addressChange } from "@/emails/address-change";
import { addressConfirmation } from "@/emails/address-confirmation";
import { assignPolicies } from "@/emails/assign-policies";
import type { Contact } from "@/emails/help";
import { type InvitationProps, invitation, type Occasion } from "@/emails/invitation";
import { type InvitationResponseProps, invitationResponse } from "@/emails/invitation-response";
import { passwordReset } from "@/emails/password-reset";
import { requestConfirmation } from "@/emails/request-confirmation";
import { signInLink } from "@/emails/sign-in-link";
import type { EmailReader, Template } from "@/emails/template";
import { testEmail } from "@/emails/test-email";
import { env } from "@/lib/config/env";
import { translationFor } from "@/lib/i18n/translation";
import type { EmailKind } from "@/lib/mail/delivery-status";
import type { EmailContext } from "@/lib/mail/queued-emails";
import { CODE_PLACEHOLDER, LINK_PLACEHOLDER } from "@/lib/mail/secrets";

/** A template filled with props. Equal cache keys mean equal content. */
export type FilledTemplate = {
  cacheKey: string;
  write: () => { subject: string; text: string; element: ReactElement };
};

/** Builds the props of a template from the context of an email. */
type PropsBuilder<Props> = (context: EmailContext, contact: Contact) => Props;

/** The template of each kind of email, bound to its props. */
const TEMPLATES: Record<EmailKind, (context: EmailContext, contact: Contact) => FilledTemplate> = {
  invitation: bindTemplate(invitation, invitationProps("first")),
  resent: bindTemplate(invitation, invitationProps("resent")),
  new: bindTemplate(invitation, invitationProps("new")),
  reminder: bindTemplate(invitation, invitationProps("reminder")),
  accepted: bindTemplate(invitationResponse, (context, contact) => {
    const { role, addressConfirmed } = required(context.person);
    return responseProps(context, contact, { type: "accepted", role, addressConfirmed });
  }),
  declined: bindTemplate(invitationResponse, (context, contact) =>
    responseProps(context, contact, { type: "declined", reason: required(context.invitation).declineReason }),
  ),
  "address-confirmation": bindTemplate(addressConfirmation, linkProps),
  "address-change": bindTemplate(addressChange, (context, contact) => ({
    ...linkProps(context, contact),
    ...required(context.addressChange),
  })),
  "sign-in-link": bindTemplate(signInLink, linkProps),
  "password-reset": bindTemplate(passwordReset, linkProps),
  "assign-policies": bindTemplate(assignPolicies, (context, contact) => {
    const { name, address } = required(context.person);
    const { name: organization, slug } = required(context.organization);
    const link = `${env().origin}/o/${slug}/admin/users?policies=none`;
    return { name, address, organization, link, contact };
  }),
  "request-confirmation": bindTemplate(requestConfirmation, (context, contact) => ({
    organization: required(context.organization).name,
    expiresAt: required(context.request).expiresAt,
    now: context.now,
    link: LINK_PLACEHOLDER,
    contact,
  })),
  test: bindTemplate(testEmail, (context, contact) => {
    const { name: organization, slug } = required(context.organization);
    return { organization, link: `${env().origin}/o/${slug}/admin/settings`, contact };
  }),
};

/** Fills the template of an email. Throws if a row that the email needs is missing. */
export function fillTemplate(context: EmailContext, contact: Contact): FilledTemplate {
  return TEMPLATES[context.kind](context, contact);
}

function bindTemplate<Props extends object>(
  template: Template<Props>,
  buildProps: PropsBuilder<NoInfer<Props>>,
) {
  return (context: EmailContext, contact: Contact): FilledTemplate => {
    const { kind, locale, timeZone } = context;
    const props = buildProps(context, contact);
    return {
      cacheKey: JSON.stringify([kind, locale, timeZone, props]),
      write: () => {
        const reader: EmailReader = { ...translationFor(locale), timeZone };
        return {
          subject: template.subject(props, reader),
          text: template.text(props, reader),
          element: template.html(props, reader),
        };
      },
    };
  };
}

function invitationProps(occasion: Occasion): PropsBuilder<InvitationProps> {
  return (context, contact) => {
    const { invitee, inviter, role, expiresAt, firstSubject } = required(context.invitation);
    return {
      occasion,
      firstSubject,
      inviter,
      invitee,
      organization: required(context.organization).name,
      role,
      expiresAt,
      now: context.now,
      link: LINK_PLACEHOLDER,
      code: CODE_PLACEHOLDER,
      joinPage: `${env().origin}/join`,
      contact,
    };
  };
}

function responseProps(
  context: EmailContext,
  contact: Contact,
  answer: InvitationResponseProps["response"],
): InvitationResponseProps {
  const { id, name, address } = required(context.person);
  const { name: organization, slug } = required(context.organization);
  return {
    response: answer,
    name,
    address,
    organization,
    link: `${env().origin}/o/${slug}/admin/users/${id}`,
    contact,
  };
}

function linkProps(context: EmailContext, contact: Contact) {
  return {
    address: context.toAddress,
    organization: context.organization?.name ?? null,
    expiresAt: required(context.accountLink).expiresAt,
    now: context.now,
    link: LINK_PLACEHOLDER,
    contact,
  };
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error("a row that the email needs is missing");
  return value;
}
