import type { Identity } from "@/lib/auth/openid";
import { type Tx, transaction } from "@/lib/db/client";

/** Links a provider's identity to an account, so that it signs in to it. An existing link of the identity is kept. */
export async function linkIdentity(
  tx: Tx,
  accountId: string,
  { issuer, subject }: Pick<Identity, "issuer" | "subject">,
): Promise<void> {
  await tx.signInMethod.createMany({ data: [{ issuer, subject, accountId }], skipDuplicates: true });
}

/**
 * Links the identity that this browser remembered to the account that it has signed in to since, if their addresses are
 * the same and the account is confirmed (decision 0024).
 */
export function linkRememberedIdentity(
  accountId: string,
  identity: Pick<Identity, "issuer" | "subject" | "email">,
): Promise<void> {
  return transaction(async (tx) => {
    const account = await tx.account.findUnique({
      where: { id: accountId, verifiedAt: { not: null } },
      select: { email: true },
    });
    if (account && account.email === identity.email) await linkIdentity(tx, accountId, identity);
  });
}
