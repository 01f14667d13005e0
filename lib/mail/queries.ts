import { z } from "zod";
import type { Actor, Operator } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Contents } from "@/lib/mail/contents";
import { provider } from "@/lib/mail/provider";
import { sourceOf, withSecretsIfKnown } from "@/lib/mail/secrets";
import type { LetterKind, LetterState } from "@/lib/mail/states";

/** A letter as the mailbox lists it. */
export type LetterRow = {
  id: string;
  kind: LetterKind;
  to: string;
  /** Null while nobody has written it yet. */
  subject: string | null;
  state: LetterState;
  detail: string | null;
  createdAt: Date;
};

export type LetterPage = { letters: LetterRow[]; next: string | null; now: Date };

/** A letter to be read, its secrets put in. */
export type ReadableLetter = LetterRow & {
  contents: { from: string; replyTo: string | null; html: string; text: string } | null;
};

/** The provider refuses every letter; `detail` says why, to the operator, who can mend it. */
export type Refusal = { detail: string | null };

/** Whether the provider refuses everything, for whoever may read invitations. Null: it takes letters, or there is none. */
export async function findRefusal(actor: Actor, operator: Operator | null): Promise<Refusal | null> {
  if (provider() === "mailbox" || !actor.permissions.has("invitations:read")) return null;
  const pace = await db().sendThrottle.findFirst({
    where: { providerError: { not: null } },
    select: { providerError: true },
  });
  return pace && { detail: operator ? pace.providerError : null };
}

const PER_PAGE = 50;

/** Anything else in the address names no letter. */
const isUuid = (text: string) => z.uuid().safeParse(text).success;

/**
 * The letters of the installation, newest first, 50 at a time from after the letter `after` (an id); `next` is where
 * the following page begins, `now` the database's clock. Null while an email provider is set: then letters are nobody's business here (REQ-H1).
 */
export async function listLetters(
  _operator: Operator,
  { after }: { after?: string | undefined } = {},
): Promise<LetterPage | null> {
  if (provider() !== "mailbox") return null;
  const beyond =
    after && isUuid(after)
      ? Prisma.sql`WHERE (created_at, id) < (SELECT created_at, id FROM email_message WHERE id = ${after}::uuid)`
      : Prisma.empty;
  const rows = await db().$queryRaw<(LetterRow & { now: Date })[]>`
    SELECT id, kind, to_address AS "to", payload->>'subject' AS subject, state, detail, created_at AS "createdAt",
      clock_timestamp() AS now
    FROM email_message ${beyond} ORDER BY created_at DESC, id DESC LIMIT ${PER_PAGE + 1}`;
  const letters = rows.slice(0, PER_PAGE).map(({ now: _, ...letter }) => letter);
  const next = rows.length > PER_PAGE ? (letters.at(-1)?.id ?? null) : null;
  return { letters, next, now: rows[0]?.now ?? new Date() };
}

/** One letter with its code and links in it. Null: there is none, or an email provider is set (REQ-H1). */
export async function findLetter(_operator: Operator, id: string): Promise<ReadableLetter | null> {
  if (provider() !== "mailbox" || !isUuid(id)) return null;
  const row = await db().emailMessage.findUnique({
    where: { id },
    select: {
      kind: true,
      toAddress: true,
      state: true,
      detail: true,
      createdAt: true,
      payload: true,
      invitation: { select: { id: true, keyId: true } },
      accountLink: { select: { id: true, keyId: true, purpose: true } },
      request: { select: { id: true, keyId: true } },
    },
  });
  if (!row) return null;
  const { toAddress, detail, createdAt, invitation, accountLink, request } = row;
  const payload = row.payload as Contents | null;
  const source = sourceOf(invitation, accountLink, request);
  return {
    id,
    kind: row.kind as LetterKind,
    to: toAddress,
    subject: payload?.subject ?? null,
    state: row.state as LetterState,
    detail,
    createdAt,
    contents: payload && {
      from: payload.from,
      replyTo: payload.replyTo,
      html: withSecretsIfKnown(payload.html, source),
      text: withSecretsIfKnown(payload.text, source),
    },
  };
}
