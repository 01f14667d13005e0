import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { send } from "@/lib/jobs/queue";
import type { LetterKind } from "@/lib/mail/states";

/** A letter to be sent. What it says is read when it is sent, from the rows that the ids name. */
export type Owed = {
  /** Chosen by the caller, so that other rows of the same statement can name the letter. */
  id: string;
  kind: LetterKind;
  to: string;
  organizationId?: string;
  invitationId?: string;
  accountLinkId?: string;
  requestId?: string;
  /** The member who caused it; the daily limits count by it. */
  causedBy?: string;
};

/** As many as a provider takes in one call. */
const PER_BATCH = 100;

/**
 * Owes letters in the caller's transaction: they go out if it commits, and only then. Two statements, for 1 or 100
 * alike; the letters of one call share a batch, in the order given.
 */
export async function owe(tx: Tx, owed: Owed[]): Promise<void> {
  if (owed.length === 0) return;
  const batches = Array.from({ length: Math.ceil(owed.length / PER_BATCH) }, () => randomUUID());
  const rows = owed.map((letter, index) => ({
    id: letter.id,
    batch_id: batches[Math.floor(index / PER_BATCH)],
    position: index % PER_BATCH,
    organization_id: letter.organizationId,
    kind: letter.kind,
    invitation_id: letter.invitationId,
    request_id: letter.requestId,
    account_link_id: letter.accountLinkId,
    to_address: letter.to,
    caused_by: letter.causedBy,
  }));
  await tx.$executeRaw`
    WITH batches AS (INSERT INTO email_batch (id) SELECT unnest(${batches}::uuid[]))
    INSERT INTO email_message (id, batch_id, position, organization_id, kind, invitation_id, request_id, account_link_id, to_address, caused_by)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (id uuid, batch_id uuid, position smallint,
      organization_id uuid, kind text, invitation_id uuid, request_id uuid, account_link_id uuid, to_address text, caused_by uuid)`;
  await send(
    tx,
    "letters",
    batches.map((batch) => ({ batch })),
  );
}
