import { randomUUID } from "node:crypto";
import { createLink } from "@/lib/accounts/links";
import type { Tx } from "@/lib/db/client";
import { enqueueEmails } from "@/lib/mail/outbox";

/**
 * Enqueues the email with the link that confirms the account's address (REQ-D9). The link is valid as long as a session
 * can last. `organizationId` is the organization that the email names.
 */
export async function enqueueConfirmation(
  tx: Tx,
  account: { accountId: string; email: string },
  organizationId?: string,
): Promise<void> {
  const link = await createLink(tx, { ...account, purpose: "confirm-address", hours: 7 * 24 });
  await enqueueEmails(tx, [
    {
      id: randomUUID(),
      kind: "address-confirmation",
      to: account.email,
      ...(organizationId ? { organizationId } : {}),
      accountLinkId: link.id,
    },
  ]);
}
