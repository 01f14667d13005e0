import { z } from "zod";
import type { Actor, Operator } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { DeliveryStatus, EmailKind } from "@/lib/mail/delivery-status";
import type { EmailContent } from "@/lib/mail/email-content";
import { emailProvider } from "@/lib/mail/provider";
import { insertAvailableSecrets, toSecretSource } from "@/lib/mail/secrets";

/** A row of the mailbox. */
export type MailboxRow = {
  id: string;
  kind: EmailKind;
  to: string;
  /** Null until the email is rendered. */
  subject: string | null;
  state: DeliveryStatus;
  detail: string | null;
  createdAt: Date;
};

export type MailboxPage = { emails: MailboxRow[]; next: string | null; now: Date };

/** An email of the mailbox with its content, secrets included. */
export type MailboxEmail = MailboxRow & {
  content: { from: string; replyTo: string | null; html: string; text: string } | null;
};

/** The provider rejects every email. `detail` says why; only an operator, who can fix it, gets it. */
export type ProviderError = { detail: string | null };

/**
 * Returns the error if the provider rejects every email. Returns null if it accepts emails, if none is configured, and for
 * an actor who cannot view invitations.
 */
export async function findProviderError(
  actor: Actor,
  operator: Operator | null,
): Promise<ProviderError | null> {
  if (emailProvider() === "mailbox" || !actor.permissions.has("invitations:read")) return null;
  const throttle = await db().sendThrottle.findFirst({
    where: { providerError: { not: null } },
    select: { providerError: true },
  });
  return throttle && { detail: operator ? throttle.providerError : null };
}

const PAGE_SIZE = 50;

const isUuid = (text: string) => z.uuid().safeParse(text).success;

/**
 * Returns a page of 50 emails of the installation, newest first, after the email with the id `after`. `next` is the cursor
 * of the next page, `now` the time of the database. Returns null while an email provider is configured (REQ-H1).
 */
export async function listMailbox(
  _operator: Operator,
  { after }: { after?: string | undefined } = {},
): Promise<MailboxPage | null> {
  if (emailProvider() !== "mailbox") return null;
  const afterCursor =
    after && isUuid(after)
      ? Prisma.sql`WHERE (created_at, id) < (SELECT created_at, id FROM email_message WHERE id = ${after}::uuid)`
      : Prisma.empty;
  const rows = await db().$queryRaw<(MailboxRow & { now: Date })[]>`
    SELECT id, kind, to_address AS "to", payload->>'subject' AS subject, state, detail, created_at AS "createdAt",
      clock_timestamp() AS now
    FROM email_message ${afterCursor} ORDER BY created_at DESC, id DESC LIMIT ${PAGE_SIZE + 1}`;
  const emails = rows.slice(0, PAGE_SIZE).map(({ now: _, ...email }) => email);
  const next = rows.length > PAGE_SIZE ? (emails.at(-1)?.id ?? null) : null;
  return { emails, next, now: rows[0]?.now ?? new Date() };
}

/** Returns an email with its secrets. Returns null if it does not exist or an email provider is configured (REQ-H1). */
export async function findMailboxEmail(_operator: Operator, id: string): Promise<MailboxEmail | null> {
  if (emailProvider() !== "mailbox" || !isUuid(id)) return null;
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
  const payload = row.payload as EmailContent | null;
  const source = toSecretSource(invitation, accountLink, request);
  return {
    id,
    kind: row.kind as EmailKind,
    to: toAddress,
    subject: payload?.subject ?? null,
    state: row.state as DeliveryStatus,
    detail,
    createdAt,
    content: payload && {
      from: payload.from,
      replyTo: payload.replyTo,
      html: insertAvailableSecrets(payload.html, source),
      text: insertAvailableSecrets(payload.text, source),
    },
  };
}
