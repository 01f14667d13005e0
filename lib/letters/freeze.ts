import { type Tx, transaction } from "@/lib/db/client";
import { logBug } from "@/lib/kit/log";
import type { Contents, Facts } from "@/lib/letters/contents";
import { type News, record } from "@/lib/letters/record";
import { type SecretSource, withSecrets } from "@/lib/letters/secrets";
import { isNeverMailed, type LetterKind } from "@/lib/letters/states";
import type { Outgoing } from "@/lib/letters/transports/transport";
import type { Role } from "@/lib/members/roles";

/** The letters of one attempt: asked for again, it is the same letters with the same bytes. */
export type Attempt = { number: number; letters: Outgoing[] };

/**
 * What a batch has to send now. Its first call under a key fixes which letters go and every byte of them, before the
 * provider hears of it; after a crash or a call without an answer the very same comes out. Null: nothing is left.
 */
export function freeze(batchId: string): Promise<Attempt | null> {
  return transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId);
    if (!batch) return null;
    if (batch.forgotten) await giveUp(tx, batchId);
    else if (!batch.called) await fix(tx, batchId, batch.attempt);
    const letters = await fixedLetters(tx, batchId, batch.attempt);
    if (letters.length > 0) return { number: batch.attempt, letters };
    await settle(tx, batchId);
    return null;
  });
}

/** Nothing of the batch is open any more. */
export async function settle(tx: Tx, batchId: string): Promise<void> {
  await tx.$executeRaw`UPDATE letter_batch SET settled_at = clock_timestamp() WHERE id = ${batchId}::uuid`;
}

type Batch = { attempt: number; called: boolean; forgotten: boolean };

async function lockBatch(tx: Tx, batchId: string): Promise<Batch | undefined> {
  const [batch] = await tx.$queryRaw<Batch[]>`
    SELECT attempt, called_at IS NOT NULL AS called,
      coalesce(called_at < clock_timestamp() - interval '24 hours', false) AS forgotten
    FROM letter_batch WHERE id = ${batchId}::uuid AND settled_at IS NULL FOR UPDATE`;
  return batch;
}

/** The provider has forgotten the key: another call could send twice, so a person decides (security: letters). */
async function giveUp(tx: Tx, batchId: string): Promise<void> {
  const open = await tx.letter.findMany({ where: { batchId, state: "queued" }, select: { id: true } });
  const detail = "the provider gave no clear answer for 24 hours";
  await record(
    tx,
    open.map(({ id }) => ({ id, state: "unknown", detail })),
  );
  await tx.$executeRaw`UPDATE letter SET frozen = frozen - 'attempt' WHERE batch_id = ${batchId}::uuid`;
}

async function fix(tx: Tx, batchId: string, attempt: number): Promise<void> {
  // Loaded by the first letter: the templates' library would be a third of a second and 50 MB of every start.
  const { writer } = await import("@/lib/letters/contents");
  const write = writer();
  const words: { id: string; frozen: Contents & { attempt: number | null } }[] = [];
  const news: News[] = [];
  for (const letter of await openLetters(tx, batchId)) {
    const obstacle = obstacleTo(letter);
    if (obstacle) {
      news.push({ id: letter.id, ...obstacle });
      // The mailbox page shows what is kept.
      if (obstacle.state !== "kept") continue;
    }
    try {
      withSecrets("", secretSource(letter));
      const frozen = { ...(await write(factsOf(letter))), attempt: obstacle ? null : attempt };
      words.push({ id: letter.id, frozen });
    } catch (error) {
      const bug = logBug(error, { letter: letter.id });
      news.push({
        id: letter.id,
        state: "failed",
        detail: `it could not be written (error ${bug} in the log)`,
      });
    }
  }
  await record(tx, news);
  await tx.$executeRaw`
    UPDATE letter l SET frozen = t.frozen
    FROM jsonb_to_recordset(${JSON.stringify(words)}::jsonb) AS t (id uuid, frozen jsonb) WHERE l.id = t.id`;
  await tx.$executeRaw`UPDATE letter_batch SET called_at = clock_timestamp() WHERE id = ${batchId}::uuid`;
}

type OpenLetter = {
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

/** The letters still to go, beside the rows they speak of; whether those have expired is the database's word. */
function openLetters(tx: Tx, batchId: string): Promise<OpenLetter[]> {
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
function obstacleTo(
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

function factsOf(letter: OpenLetter): Facts {
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

function secretSource(letter: {
  invitationId: string | null;
  invitationKey: number;
  accountLinkId: string | null;
  accountLinkKey: number;
}): SecretSource {
  return {
    invitation: letter.invitationId ? { id: letter.invitationId, keyId: letter.invitationKey } : undefined,
    accountLink: letter.accountLinkId
      ? { id: letter.accountLinkId, keyId: letter.accountLinkKey }
      : undefined,
  };
}

async function fixedLetters(tx: Tx, batchId: string, attempt: number): Promise<Outgoing[]> {
  const rows = await tx.letter.findMany({
    where: { batchId, frozen: { path: ["attempt"], equals: attempt } },
    select: {
      id: true,
      toAddress: true,
      frozen: true,
      invitation: { select: { id: true, keyId: true } },
      accountLink: { select: { id: true, keyId: true } },
    },
    orderBy: { position: "asc" },
  });
  return rows.map(({ id, toAddress, frozen, invitation, accountLink }) => {
    const source = { invitation: invitation ?? undefined, accountLink: accountLink ?? undefined };
    const { from, replyTo, subject, html, text } = frozen as Contents;
    return {
      id,
      to: toAddress,
      from,
      replyTo,
      subject,
      html: withSecrets(html, source),
      text: withSecrets(text, source),
    };
  });
}
