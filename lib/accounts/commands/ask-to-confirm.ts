import { randomUUID } from "node:crypto";
import { makeLink } from "@/lib/accounts/links";
import type { Tx } from "@/lib/db/client";
import { owe } from "@/lib/mail/outbox";

/**
 * Owes the letter whose link confirms the address from its mailbox (REQ-D9). It lives as long as a session can.
 * `organizationId`: where the address was given, which the letter then names.
 */
export async function askToConfirm(
  tx: Tx,
  account: { accountId: string; email: string },
  organizationId?: string,
): Promise<void> {
  const link = await makeLink(tx, { ...account, purpose: "confirm-address", hours: 7 * 24 });
  await owe(tx, [
    {
      id: randomUUID(),
      kind: "address-confirmation",
      to: account.email,
      ...(organizationId ? { organizationId } : {}),
      accountLinkId: link.id,
    },
  ]);
}
