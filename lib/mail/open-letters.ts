import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isNeverMailed } from "@/lib/email-address/email-address";
import type { LinkPurpose } from "@/lib/links/account-link";
import { LAPSE_HOURS } from "@/lib/links/request-link";
import type { Stop } from "@/lib/mail/bounces";
import type { News } from "@/lib/mail/record";
import type { SecretSource } from "@/lib/mail/secrets";
import type { LetterKind } from "@/lib/mail/states";
import { rightsOf } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** What the words of a letter are made from: its row, beside the rows it names. */
export type Facts = {
  kind: LetterKind;
  toAddress: string;
  organization: { name: string; slug: string; replyTo: string | null; supportAddress: string | null } | null;
  invitation: { role: Role; expiresAt: Date; inviter: string | null; declineReason: string | null } | null;
  accountLink: { expiresAt: Date } | null;
  request: { expiresAt: Date } | null;
  person: Person | null;
  addressChange: AddressChange | null;
};

/** Whom a letter to somebody else is about: who caused it. */
type Person = { id: string; name: string; address: string; role: Role; addressConfirmed: boolean };

/** The address an account has, and the one it is to have. */
type AddressChange = { from: string; to: string };

/** A letter that nobody has sent, beside the rows it speaks of. */
export type OpenLetter = {
  id: string;
  kind: LetterKind;
  toAddress: string;
  organizationName: string | null;
  slug: string;
  replyTo: string | null;
  supportAddress: string | null;
  invitationId: string | null;
  invitationKey: number;
  role: Role;
  expiresAt: Date;
  inviter: string | null;
  settledAs: keyof typeof SETTLED | null;
  expired: boolean | null;
  emailSuppression: Stop | null;
  declineReason: string | null;
  /** Another letter of the invitation was owed after this one. */
  overtaken: boolean | null;
  accountLinkId: string | null;
  accountLinkKey: number;
  linkPurpose: LinkPurpose;
  linkExpiresAt: Date;
  linkDead: boolean | null;
  requestId: string | null;
  requestKey: number;
  requestExpiresAt: Date;
  requestDead: boolean;
  addressChange: AddressChange | null;
  person: (Person & { lacksPolicies: boolean }) | null;
  /** Who reads about them, while they are active. */
  reader: Parameters<typeof rightsOf>[0] | null;
};

/** The letters of a batch that are still to go; whether what they carry has expired is the database's word. */
export function openLetters(tx: Tx, batchId: string): Promise<OpenLetter[]> {
  return tx.$queryRaw`
    SELECT l.id, l.kind, l.to_address AS "toAddress",
      o.name AS "organizationName", o.slug, o.reply_to AS "replyTo", o.support_address AS "supportAddress",
      i.id AS "invitationId", i.key_id AS "invitationKey", i.role, i.expires_at AS "expiresAt",
      coalesce(nullif(inviter.name, ''), account.name, inviter.email) AS inviter,
      i.settled_as AS "settledAs", i.expires_at <= clock_timestamp() AS expired, i.decline_reason AS "declineReason",
      i.email_message_id IS DISTINCT FROM l.id AS overtaken, invited.email_suppression AS "emailSuppression",
      k.id AS "accountLinkId", k.key_id AS "accountLinkKey", k.purpose AS "linkPurpose", k.expires_at AS "linkExpiresAt",
      k.used_at IS NOT NULL OR k.expires_at <= clock_timestamp() AS "linkDead",
      r.id AS "requestId", r.key_id AS "requestKey", r.created_at + ${LAPSE} AS "requestExpiresAt",
      r.id IS NOT NULL AND (r.status <> 'unconfirmed' OR r.created_at + ${LAPSE} <= clock_timestamp()
        OR NOT o.new_user_invitations) AS "requestDead",
      CASE WHEN other.id IS NOT NULL THEN jsonb_build_object('from', changing.email,
        'to', CASE WHEN k.email = changing.email THEN other.email ELSE k.email END) END AS "addressChange",
      CASE WHEN person.id IS NOT NULL THEN jsonb_build_object('id', person.id, 'name', person.name,
        'address', person.email, 'role', person.role, 'addressConfirmed', person.address_confirmed, 'lacksPolicies', person.status = 'active' AND person.role = 'member' AND NOT EXISTS (
          SELECT FROM member_policy mp WHERE mp.organization_id = person.organization_id AND mp.member_id = person.id)
      ) END AS person,
      CASE WHEN reader.id IS NOT NULL THEN jsonb_build_object('role', reader.role,
        'addressConfirmed', reader.address_confirmed, 'policyPermissions', ARRAY(
          SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
          WHERE mp.organization_id = reader.organization_id AND mp.member_id = reader.id)) END AS reader
    FROM email_message l
    LEFT JOIN organization o ON o.id = l.organization_id
    LEFT JOIN invitation i ON i.id = l.invitation_id
    LEFT JOIN member invited ON invited.id = i.member_id
    LEFT JOIN member inviter ON inviter.id = i.inviter_id
    LEFT JOIN account ON account.id = inviter.account_id
    LEFT JOIN account_link k ON k.id = l.account_link_id
    LEFT JOIN invitation_request r ON r.id = l.request_id
    LEFT JOIN account_link other ON other.change_id = k.change_id AND other.id <> k.id
    LEFT JOIN account changing ON changing.id = k.account_id
    LEFT JOIN member person ON l.kind IN ('assign-policies', 'accepted', 'declined') AND person.id = l.caused_by
    LEFT JOIN member reader ON person.id IS NOT NULL AND reader.organization_id = l.organization_id
      AND reader.email = l.to_address AND reader.status = 'active'
    WHERE l.batch_id = ${batchId}::uuid AND l.state = 'queued'
    ORDER BY l.position`;
}

/** The letters that carry an invitation's code: they go while it is open. The others tell what became of it. */
const CARRY_CODE: readonly LetterKind[] = ["invitation", "resent", "new", "reminder"];

/** From when somebody asks until the link of their letter is dead (REQ-E2). */
const LAPSE = Prisma.sql`make_interval(hours => ${LAPSE_HOURS}::int)`;

const SETTLED = { accepted: "accepted", declined: "declined", revoked: "revoked", superseded: "replaced" };

/** Why an address gets none of those that carry a code; whatever its person asks for themselves it gets. */
const STOPPED = {
  bounced: "an earlier letter to this address bounced for good",
  complained: "an earlier letter was marked as spam by its reader",
};

/**
 * Why a letter must not go out (any more): the code it carries is dead (REQ-C6), its address bounced (decision 0036), or it
 * is of the demo (REQ-H3).
 */
export function obstacleTo(
  letter: OpenLetter,
): (Pick<News, "state" | "detail"> & { state: "kept" | "cancelled" }) | null {
  const carriesCode = CARRY_CODE.includes(letter.kind);
  if (carriesCode && letter.settledAs)
    return { state: "cancelled", detail: `the invitation was ${SETTLED[letter.settledAs]} first` };
  if (carriesCode && letter.expired) return { state: "cancelled", detail: "the invitation expired first" };
  if (carriesCode && letter.emailSuppression)
    return { state: "cancelled", detail: STOPPED[letter.emailSuppression] };
  if (letter.kind === "reminder" && letter.overtaken)
    return { state: "cancelled", detail: "the invitation was sent again first" };
  if ((letter.kind === "accepted" || letter.kind === "declined") && !letter.reader)
    return { state: "cancelled", detail: "its reader is no longer in the organization" };
  if (letter.kind === "assign-policies" && !isToRemind(letter))
    return { state: "cancelled", detail: "policies were assigned first, or its reader cannot assign any" };
  if (letter.linkDead) return { state: "cancelled", detail: "its link was used or expired first" };
  if (letter.requestDead)
    return {
      state: "cancelled",
      detail: "the request was answered or lapsed first, or requests were switched off",
    };
  if (isNeverMailed(letter.toAddress))
    return { state: "kept", detail: "addresses in .example are never mailed" };
  return null;
}

/** Does who joined still lack a policy, and can the reader assign one (REQ-B8)? */
function isToRemind({ person, reader }: OpenLetter): boolean {
  return (
    person?.lacksPolicies === true && reader !== null && rightsOf(reader).permissions.has("roles:assign")
  );
}

/** What its words are made from. */
export function factsOf(letter: OpenLetter): Facts {
  const { kind, toAddress, replyTo, supportAddress, role, expiresAt, inviter, declineReason } = letter;
  return {
    kind,
    toAddress,
    organization:
      letter.organizationName === null
        ? null
        : { name: letter.organizationName, slug: letter.slug, replyTo, supportAddress },
    invitation: letter.invitationId ? { role, expiresAt, inviter, declineReason } : null,
    accountLink: letter.accountLinkId ? { expiresAt: letter.linkExpiresAt } : null,
    request: letter.requestId ? { expiresAt: letter.requestExpiresAt } : null,
    person: letter.person,
    addressChange: letter.addressChange,
  };
}

export function secretSource(letter: OpenLetter): SecretSource {
  return {
    invitation: letter.invitationId ? { id: letter.invitationId, keyId: letter.invitationKey } : undefined,
    accountLink: letter.accountLinkId
      ? { id: letter.accountLinkId, keyId: letter.accountLinkKey, purpose: letter.linkPurpose }
      : undefined,
    request: letter.requestId ? { id: letter.requestId, keyId: letter.requestKey } : undefined,
  };
}
