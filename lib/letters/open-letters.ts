import type { Tx } from "@/lib/db/client";
import { isNeverMailed } from "@/lib/invitations/addresses";
import type { Facts } from "@/lib/letters/contents";
import type { News } from "@/lib/letters/record";
import type { SecretSource } from "@/lib/letters/secrets";
import type { LetterKind } from "@/lib/letters/states";
import type { Role } from "@/lib/members/roles";

/** A letter that nobody has sent, beside the rows it speaks of. */
export type OpenLetter = {
  id: string;
  kind: LetterKind;
  toAddress: string;
  organizationName: string | null;
  replyTo: string | null;
  supportAddress: string | null;
  invitationId: string | null;
  invitationKey: number;
  role: Role;
  expiresAt: Date;
  inviter: string | null;
  settledAs: keyof typeof SETTLED | null;
  expired: boolean | null;
  accountLinkId: string | null;
  accountLinkKey: number;
  linkExpiresAt: Date;
  linkDead: boolean | null;
};

/** The letters of a batch that are still to go; whether what they carry has expired is the database's word. */
export function openLetters(tx: Tx, batchId: string): Promise<OpenLetter[]> {
  return tx.$queryRaw`
    SELECT l.id, l.kind, l.to_address AS "toAddress",
      o.name AS "organizationName", o.reply_to AS "replyTo", o.support_address AS "supportAddress",
      i.id AS "invitationId", i.key_id AS "invitationKey", i.role, i.expires_at AS "expiresAt",
      coalesce(nullif(inviter.name, ''), account.name, inviter.email) AS inviter,
      i.settled_as AS "settledAs", i.expires_at <= clock_timestamp() AS expired,
      k.id AS "accountLinkId", k.key_id AS "accountLinkKey", k.expires_at AS "linkExpiresAt",
      k.used_at IS NOT NULL OR k.expires_at <= clock_timestamp() AS "linkDead"
    FROM letter l
    LEFT JOIN organization o ON o.id = l.organization_id
    LEFT JOIN invitation i ON i.id = l.invitation_id
    LEFT JOIN member inviter ON inviter.id = i.inviter_id
    LEFT JOIN account ON account.id = inviter.account_id
    LEFT JOIN account_link k ON k.id = l.account_link_id
    WHERE l.batch_id = ${batchId}::uuid AND l.state = 'queued'
    ORDER BY l.position`;
}

const SETTLED = { accepted: "accepted", declined: "declined", revoked: "revoked", superseded: "replaced" };

/** Why a letter must not go out (any more): the code it carries is dead (R C6), or it is of the demo (R H3). */
export function obstacleTo(
  letter: OpenLetter,
): (Pick<News, "state" | "detail"> & { state: "kept" | "cancelled" }) | null {
  if (letter.settledAs)
    return { state: "cancelled", detail: `the invitation was ${SETTLED[letter.settledAs]} first` };
  if (letter.expired) return { state: "cancelled", detail: "the invitation expired first" };
  if (letter.linkDead) return { state: "cancelled", detail: "its link was used or expired first" };
  if (isNeverMailed(letter.toAddress))
    return { state: "kept", detail: "addresses in .example are never mailed" };
  return null;
}

/** What its words are made from. */
export function factsOf(letter: OpenLetter): Facts {
  const { kind, toAddress, replyTo, supportAddress, role, expiresAt, inviter } = letter;
  return {
    kind,
    toAddress,
    organization:
      letter.organizationName === null ? null : { name: letter.organizationName, replyTo, supportAddress },
    invitation: letter.invitationId ? { role, expiresAt, inviter } : null,
    accountLink: letter.accountLinkId ? { expiresAt: letter.linkExpiresAt } : null,
  };
}

export function secretSource(letter: OpenLetter): SecretSource {
  return {
    invitation: letter.invitationId ? { id: letter.invitationId, keyId: letter.invitationKey } : undefined,
    accountLink: letter.accountLinkId
      ? { id: letter.accountLinkId, keyId: letter.accountLinkKey }
      : undefined,
  };
}
