import { type Tx, transaction } from "@/lib/db/client";
import { logBug } from "@/lib/log/log";
import { type Contents, writer } from "@/lib/mail/contents";
import { factsOf, obstacleTo, openLetters, secretSource } from "@/lib/mail/open-letters";
import { type News, record } from "@/lib/mail/record";
import { type SecretSource, sourceOf, withSecrets } from "@/lib/mail/secrets";
import type { Outgoing } from "@/lib/mail/transports/transport";

/** The letters of one attempt: asked for again, it is the same letters with the same bytes. */
export type Attempt = {
  number: number;
  letters: Outgoing[];
  /** Its letters were fixed before, so a call for them may have been made that nobody knows the end of. */
  isRepeated: boolean;
};

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
    if (letters.length > 0) return { number: batch.attempt, letters, isRepeated: batch.called };
    await settle(tx, batchId);
    return null;
  });
}

/** Notes that nothing of the batch is open any more. False: something is, and nothing was noted. */
export async function settle(tx: Tx, batchId: string): Promise<boolean> {
  const settled = await tx.$executeRaw`
    UPDATE email_batch SET closed_at = clock_timestamp()
    WHERE id = ${batchId}::uuid
      AND NOT EXISTS (SELECT FROM email_message WHERE batch_id = ${batchId}::uuid AND state = 'queued')`;
  return settled > 0;
}

type Batch = { attempt: number; called: boolean; forgotten: boolean };

async function lockBatch(tx: Tx, batchId: string): Promise<Batch | undefined> {
  const [batch] = await tx.$queryRaw<Batch[]>`
    SELECT attempt, called_at IS NOT NULL AS called,
      coalesce(called_at < clock_timestamp() - interval '24 hours', false) AS forgotten
    FROM email_batch WHERE id = ${batchId}::uuid AND closed_at IS NULL FOR UPDATE`;
  return batch;
}

/** The provider has forgotten the key: another call could send twice, so a person decides (security: letters). */
async function giveUp(tx: Tx, batchId: string): Promise<void> {
  const open = await tx.emailMessage.findMany({ where: { batchId, state: "queued" }, select: { id: true } });
  const detail = "no clear answer from the provider for 24 hours; resend it if they did not get it";
  await record(
    tx,
    open.map(({ id }) => ({ id, state: "unknown", detail })),
  );
  await tx.$executeRaw`UPDATE email_message SET payload = payload - 'attempt' WHERE batch_id = ${batchId}::uuid`;
}

async function fix(tx: Tx, batchId: string, attempt: number): Promise<void> {
  const write = writer();
  const words: { id: string; payload: Contents & { attempt: number | null } }[] = [];
  const news: News[] = [];
  const held = await holdRevoked(tx, batchId);
  for (const letter of await openLetters(tx, batchId)) {
    // Revoked after the line above: as if a moment later, with the letter on its way.
    const justRevoked = letter.settledAs === "revoked" && !held.has(letter.id);
    const obstacle = justRevoked ? null : obstacleTo(letter);
    if (obstacle) {
      news.push({ id: letter.id, ...obstacle });
      // The mailbox page shows what is kept.
      if (obstacle.state !== "kept") continue;
    }
    try {
      // Were its key not in the ring, the call would fail for the whole batch.
      withSecrets("", secretSource(letter));
      const payload = { ...(await write(factsOf(letter))), attempt: obstacle ? null : attempt };
      words.push({ id: letter.id, payload });
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
    WITH fixed AS (
      UPDATE email_message l SET payload = t.payload
      FROM jsonb_to_recordset(${JSON.stringify(words)}::jsonb) AS t (id uuid, payload jsonb) WHERE l.id = t.id)
    UPDATE email_batch SET called_at = clock_timestamp() WHERE id = ${batchId}::uuid`;
}

/**
 * The letters whose invitations are revoked, each held until what becomes of it is written: an undo (REQ-C6) comes before,
 * and the letter goes, or after, and owes it again. In between it would find a letter still owed that nobody sends.
 */
async function holdRevoked(tx: Tx, batchId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM email_message l
    JOIN invitation i ON i.id = l.invitation_id
    JOIN member m ON m.id = i.member_id
    WHERE l.batch_id = ${batchId}::uuid AND l.state = 'queued' AND i.settled_as = 'revoked'
    ORDER BY m.organization_id, m.email
    FOR NO KEY UPDATE OF m`;
  return new Set(rows.map(({ id }) => id));
}

type Fixed = Pick<Outgoing, "id" | "to"> & { payload: Contents } & {
  [Source in keyof SecretSource]-?: NonNullable<SecretSource[Source]> | null;
};

async function fixedLetters(tx: Tx, batchId: string, attempt: number): Promise<Outgoing[]> {
  const rows = await tx.$queryRaw<Fixed[]>`
    SELECT l.id, l.to_address AS "to", l.payload,
      CASE WHEN i.id IS NOT NULL THEN jsonb_build_object('id', i.id, 'keyId', i.key_id) END AS invitation,
      CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('id', k.id, 'keyId', k.key_id, 'purpose', k.purpose) END AS "accountLink",
      CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('id', r.id, 'keyId', r.key_id) END AS request
    FROM email_message l
    LEFT JOIN invitation i ON i.id = l.invitation_id
    LEFT JOIN account_link k ON k.id = l.account_link_id
    LEFT JOIN invitation_request r ON r.id = l.request_id
    WHERE l.batch_id = ${batchId}::uuid AND l.payload->'attempt' = to_jsonb(${attempt}::int)
    ORDER BY l.position`;
  return rows.map(({ id, to, payload, invitation, accountLink, request }) => {
    const source = sourceOf(invitation, accountLink, request);
    const { from, replyTo, subject, html, text } = payload;
    return {
      id,
      to,
      from,
      replyTo,
      subject,
      html: withSecrets(html, source),
      text: withSecrets(text, source),
    };
  });
}
