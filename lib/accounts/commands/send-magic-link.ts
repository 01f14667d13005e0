import { randomUUID } from "node:crypto";
import type { MagicLinkPurpose } from "@/lib/accounts/commands/request-magic-link";
import { createLink } from "@/lib/accounts/links";
import { type Tx, transaction } from "@/lib/db/client";
import { lockAccountByEmail, lockOrganizationRow, lockQuota } from "@/lib/db/locks";
import type { JobData } from "@/lib/jobs/queue";
import type { EmailKind } from "@/lib/mail/delivery-status";
import { enqueueEmails } from "@/lib/mail/outbox";
import { findOverLimit } from "@/lib/mail/quota";

/** As long as the rate limit: a user who cannot request another link has an email whose link works (decision 0023). */
const LINK_HOURS = 24;

const EMAIL_KINDS = {
  "sign-in": "sign-in-link",
  "reset-password": "password-reset",
} as const satisfies Record<MagicLinkPurpose, EmailKind>;

type MagicLinkRequest = { email: string; purpose: MagicLinkPurpose; organizationId: string | null };

/**
 * Processes a magic link request: enqueues the email if the account exists and its address is below its daily limit,
 * then deletes the request. The response of `requestMagicLink` does not reveal whether the account exists.
 */
export async function sendMagicLink({ request: id }: JobData["magic-links"]): Promise<void> {
  await transaction(async (tx) => {
    const request = await tx.magicLinkRequest.findUnique({
      where: { id },
      select: { email: true, purpose: true, organizationId: true },
    });
    if (!request) return;
    if (request.organizationId) await lockOrganizationRow(tx, request.organizationId, "key-share");
    await lockQuota(tx, [request.email]);
    const overLimit = await findOverLimit(tx, [request.email]);
    if (!overLimit.has(request.email))
      await enqueueLink(tx, { ...request, purpose: request.purpose as MagicLinkPurpose });
    await tx.magicLinkRequest.deleteMany({ where: { id } });
  });
}

async function enqueueLink(tx: Tx, { email, purpose, organizationId }: MagicLinkRequest): Promise<void> {
  const account = await lockAccountByEmail(tx, email);
  if (!account) return;
  const origin = { organizationId: organizationId ?? undefined };
  const link = await createLink(tx, { accountId: account.id, email, purpose, hours: LINK_HOURS, ...origin });
  await enqueueEmails(tx, [
    { id: randomUUID(), kind: EMAIL_KINDS[purpose], to: email, accountLinkId: link.id, ...origin },
  ]);
}
