import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isDemoAddress } from "@/lib/email-address/email-address";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";
import type { LinkPurpose } from "@/lib/links/account-link";
import { REQUEST_CONFIRMATION_HOURS } from "@/lib/links/request-link";
import type { EmailSuppression } from "@/lib/mail/bounces";
import type { EmailKind } from "@/lib/mail/delivery-status";
import type { SecretSource } from "@/lib/mail/secrets";
import type { DeliveryUpdate } from "@/lib/mail/update-delivery-status";
import { resolveRights } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** What the template of an email may use: its row and the rows it refers to. */
export type EmailContext = {
  kind: EmailKind;
  toAddress: string;
  /** The language of the email, and the time zone of its times. */
  locale: Locale;
  timeZone: string;
  /** The time of the database when the batch was read, the same for all its emails. */
  now: Date;
  organization: { name: string; slug: string; replyTo: string | null; supportAddress: string | null } | null;
  invitation: {
    /** The name that the inviter gave; empty if none. */
    invitee: string;
    role: Role;
    expiresAt: Date;
    /** Null if the installation itself invites; `name` is empty if they gave none. */
    inviter: { name: string; address: string } | null;
    declineReason: string | null;
    /** The subject of its first email that was rendered, for a resend. */
    firstSubject: string | null;
  } | null;
  accountLink: { expiresAt: Date } | null;
  request: { expiresAt: Date } | null;
  person: Person | null;
  addressChange: AddressChange | null;
};

/** The member that an email to an inviter is about. */
type Person = { id: string; name: string; address: string; role: Role; addressConfirmed: boolean };

/** The current address of an account, and the new one. */
type AddressChange = { from: string; to: string };

/** The columns of a row that an email refers to, or null if it refers to none. */
type Joined<Columns> = Columns | { [Name in keyof Columns]: null };

/** An email with the state "queued", joined with the rows it refers to. */
export type QueuedEmail = Joined<{ organizationName: string; slug: string }> &
  Joined<{ invitationId: string; invitationKeyId: number; role: Role; invitee: string; expiresAt: Date }> &
  Joined<{ accountLinkId: string; accountLinkKeyId: number; linkPurpose: LinkPurpose; linkExpiresAt: Date }> &
  Joined<{ requestId: string; requestKeyId: number; requestExpiresAt: Date }> & {
    id: string;
    kind: EmailKind;
    toAddress: string;
    /** The languages to try: of the invitation or request, of the recipient's account, of the organization. */
    languages: string[];
    timeZone: string | null;
    replyTo: string | null;
    supportAddress: string | null;
    now: Date;
    inviterName: string | null;
    inviterAddress: string | null;
    /** Null except for a resend. */
    firstSubject: string | null;
    settledAs: keyof typeof RESOLUTION_NAMES | null;
    expired: boolean | null;
    emailSuppression: EmailSuppression | null;
    declineReason: string | null;
    /** True if a later email of the invitation exists. */
    hasLaterEmail: boolean | null;
    linkInvalid: boolean | null;
    requestInvalid: boolean;
    addressChange: AddressChange | null;
    person: (Person & { lacksPolicies: boolean }) | null;
    /** The recipient, if the email is about a person and the recipient is an active member. */
    recipient: Parameters<typeof resolveRights>[0] | null;
  };

/** The emails that contain the code of an invitation. They are sent only while it is open. */
const KINDS_WITH_CODE: readonly EmailKind[] = ["invitation", "resent", "new", "reminder"];

/** Returns the queued emails of a batch. Expiry is decided by the clock of the database. */
export function findQueuedEmails(tx: Tx, batchId: string): Promise<QueuedEmail[]> {
  return tx.$queryRaw`
    SELECT e.id, e.kind, e.to_address AS "toAddress",
      o.name AS "organizationName", o.slug, o.reply_to AS "replyTo", o.support_address AS "supportAddress",
      i.id AS "invitationId", i.key_id AS "invitationKeyId", i.role, i.name AS invitee, i.expires_at AS "expiresAt",
      statement_timestamp() AS now,
      array_remove(ARRAY[CASE WHEN e.kind = ANY(${KINDS_WITH_CODE}::text[]) THEN i.language END, r.language,
        reader.language, changing.language, o.language], NULL) AS languages, o.time_zone AS "timeZone",
      coalesce(nullif(inviter.name, ''), account.name) AS "inviterName", inviter.email AS "inviterAddress",
      CASE WHEN e.kind = 'resent' THEN (
        SELECT earlier.payload->>'subject' FROM email_message earlier
        WHERE earlier.organization_id = i.organization_id AND earlier.invitation_id = i.id
          AND earlier.kind IN ('invitation', 'new') AND earlier.payload IS NOT NULL
        ORDER BY earlier.created_at, earlier.id LIMIT 1) END AS "firstSubject",
      i.settled_as AS "settledAs", i.expires_at <= clock_timestamp() AS expired, i.decline_reason AS "declineReason",
      i.email_message_id IS DISTINCT FROM e.id AS "hasLaterEmail", invited.email_suppression AS "emailSuppression",
      link.id AS "accountLinkId", link.key_id AS "accountLinkKeyId", link.purpose AS "linkPurpose", link.expires_at AS "linkExpiresAt",
      link.used_at IS NOT NULL OR link.expires_at <= clock_timestamp() AS "linkInvalid",
      r.id AS "requestId", r.key_id AS "requestKeyId", r.created_at + ${CONFIRMATION_PERIOD} AS "requestExpiresAt",
      r.id IS NOT NULL AND (r.status <> 'unconfirmed' OR r.created_at + ${CONFIRMATION_PERIOD} <= clock_timestamp()
        OR NOT o.new_user_invitations) AS "requestInvalid",
      CASE WHEN other_link.id IS NOT NULL THEN jsonb_build_object('from', changing.email,
        'to', CASE WHEN link.email = changing.email THEN other_link.email ELSE link.email END) END AS "addressChange",
      CASE WHEN person.id IS NOT NULL THEN jsonb_build_object('id', person.id, 'name', person.name,
        'address', person.email, 'role', person.role, 'addressConfirmed', person.address_confirmed, 'lacksPolicies', person.status = 'active' AND person.role = 'member' AND NOT EXISTS (
          SELECT FROM member_policy mp WHERE mp.organization_id = person.organization_id AND mp.member_id = person.id)
      ) END AS person,
      CASE WHEN recipient.id IS NOT NULL THEN jsonb_build_object('role', recipient.role,
        'addressConfirmed', recipient.address_confirmed, 'policyPermissions', ARRAY(
          SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
          WHERE mp.organization_id = recipient.organization_id AND mp.member_id = recipient.id)) END AS recipient
    FROM email_message e
    LEFT JOIN organization o ON o.id = e.organization_id
    LEFT JOIN invitation i ON i.id = e.invitation_id
    LEFT JOIN member invited ON invited.id = i.member_id
    LEFT JOIN member inviter ON inviter.id = i.inviter_id
    LEFT JOIN account ON account.id = inviter.account_id
    LEFT JOIN account_link link ON link.id = e.account_link_id
    LEFT JOIN invitation_request r ON r.id = e.request_id
    LEFT JOIN account_link other_link ON other_link.change_id = link.change_id AND other_link.id <> link.id
    LEFT JOIN account changing ON changing.id = link.account_id
    LEFT JOIN account reader ON reader.email = e.to_address
    LEFT JOIN member person ON e.kind IN ('assign-policies', 'accepted', 'declined') AND person.id = e.caused_by
    LEFT JOIN member recipient ON person.id IS NOT NULL AND recipient.organization_id = e.organization_id
      AND recipient.email = e.to_address AND recipient.status = 'active'
    WHERE e.batch_id = ${batchId}::uuid AND e.state = 'queued'
    ORDER BY e.position`;
}

/** How long the link that confirms a request is valid (REQ-E2). */
const CONFIRMATION_PERIOD = Prisma.sql`make_interval(hours => ${REQUEST_CONFIRMATION_HOURS}::int)`;

const RESOLUTION_NAMES = {
  accepted: "accepted",
  declined: "declined",
  revoked: "revoked",
  superseded: "replaced",
};

/** Why a suppressed address gets no email with a code. Emails that the person requested are still sent. */
const SUPPRESSION_DETAILS = {
  bounced: "an earlier email to this address bounced permanently",
  complained: "an earlier email to this address was marked as spam",
};

/**
 * Returns why an email must not be sent, with its final state, or null if it may be sent. Reasons are a code that
 * became invalid (REQ-C6), an address that bounced (decision 0036) and a demo address (REQ-H3).
 */
export function skipReason(
  email: QueuedEmail,
): (Pick<DeliveryUpdate, "state" | "detail"> & { state: "kept" | "cancelled" }) | null {
  const containsCode = KINDS_WITH_CODE.includes(email.kind);
  if (containsCode && email.settledAs)
    return { state: "cancelled", detail: `the invitation was already ${RESOLUTION_NAMES[email.settledAs]}` };
  if (containsCode && email.expired) return { state: "cancelled", detail: "the invitation had expired" };
  if (containsCode && email.emailSuppression)
    return { state: "cancelled", detail: SUPPRESSION_DETAILS[email.emailSuppression] };
  if (email.kind === "reminder" && email.hasLaterEmail)
    return { state: "cancelled", detail: "the invitation was resent" };
  if ((email.kind === "accepted" || email.kind === "declined") && !email.recipient)
    return { state: "cancelled", detail: "the recipient left the organization" };
  if (email.kind === "assign-policies" && !needsPolicyReminder(email))
    return {
      state: "cancelled",
      detail: "policies were already assigned, or the recipient can't assign them",
    };
  if (email.linkInvalid) return { state: "cancelled", detail: "the link was already used or had expired" };
  if (email.requestInvalid)
    return {
      state: "cancelled",
      detail: "the request was already answered or had expired, or requests are off",
    };
  if (isDemoAddress(email.toAddress)) return { state: "kept", detail: "demo address" };
  return null;
}

/** Returns true if the new user still has no policy and the recipient can assign one (REQ-B8). */
function needsPolicyReminder({ person, recipient }: QueuedEmail): boolean {
  return (
    person?.lacksPolicies === true &&
    recipient !== null &&
    resolveRights(recipient).permissions.has("roles:assign")
  );
}

/** Returns what the template of an email may use. */
export function toEmailContext(email: QueuedEmail): EmailContext {
  const { kind, toAddress, now, replyTo, supportAddress, declineReason, firstSubject } = email;
  const { inviterName, inviterAddress } = email;
  const inviter = inviterAddress === null ? null : { name: inviterName ?? "", address: inviterAddress };
  return {
    kind,
    toAddress,
    locale: email.languages.find(isLocale) ?? DEFAULT_LOCALE,
    timeZone: email.timeZone ?? "UTC",
    now,
    organization:
      email.organizationName === null
        ? null
        : { name: email.organizationName, slug: email.slug, replyTo, supportAddress },
    invitation: email.invitationId
      ? {
          role: email.role,
          invitee: email.invitee,
          expiresAt: email.expiresAt,
          inviter,
          declineReason,
          firstSubject,
        }
      : null,
    accountLink: email.accountLinkId ? { expiresAt: email.linkExpiresAt } : null,
    request: email.requestId ? { expiresAt: email.requestExpiresAt } : null,
    person: email.person,
    addressChange: email.addressChange,
  };
}

/** Returns the row that the secrets of an email are derived from. */
export function secretSourceOf(email: QueuedEmail): SecretSource {
  return {
    invitation: email.invitationId ? { id: email.invitationId, keyId: email.invitationKeyId } : undefined,
    accountLink: email.accountLinkId
      ? { id: email.accountLinkId, keyId: email.accountLinkKeyId, purpose: email.linkPurpose }
      : undefined,
    request: email.requestId ? { id: email.requestId, keyId: email.requestKeyId } : undefined,
  };
}
