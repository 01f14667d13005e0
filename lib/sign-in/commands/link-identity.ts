import type { Identity } from "@/lib/auth/openid";
import { type Tx, transaction } from "@/lib/db/client";

/** Lets a provider's word for somebody open an account from now on; one that opens an account already stays with it. */
export async function linkMethod(
  tx: Tx,
  accountId: string,
  { issuer, subject }: Pick<Identity, "issuer" | "subject">,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sign_in_method (issuer, subject, account_id) VALUES (${issuer}, ${subject}, ${accountId}::uuid)
    ON CONFLICT (issuer, subject) DO NOTHING`;
}

/**
 * Links what a provider said a moment ago to the account that was proven since in the same browser, if it is about the
 * same address (decision 0024).
 */
export function linkWaiting(
  accountId: string,
  waiting: Pick<Identity, "issuer" | "subject" | "email">,
): Promise<void> {
  return transaction(async (tx) => {
    const account = await tx.account.findUnique({
      where: { id: accountId, verifiedAt: { not: null } },
      select: { email: true },
    });
    if (account && account.email === waiting.email) await linkMethod(tx, accountId, waiting);
  });
}
