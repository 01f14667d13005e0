import { claimAccount } from "@/lib/accounts/commands/claim-account";
import { prepareClaim } from "@/lib/accounts/commands/prepare-claim";
import { consumeLink } from "@/lib/accounts/links";
import type { ClaimRefusal } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import type { SignedInAccount } from "@/lib/auth/session";
import { rollback, transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Confirms the address of an account by an emailed link (REQ-D9), and claims the account: all other sessions and sign-in
 * methods end. In the account's own session nothing else is needed; elsewhere a new password is required.
 */
export async function confirmAddress(
  ip: string,
  signedIn: SignedInAccount | null,
  input: { code: string; password?: string | undefined },
): Promise<Result<{ accountId: string; newPassword: boolean }, ClaimRefusal>> {
  const link = await findAccountLink(ip, "confirm-address", input.code);
  if (!link.ok) return link;
  const { id, accountId } = link.value;
  const claim = await prepareClaim(link.value, signedIn, input.password);
  if (!claim.ok) return claim;
  return transaction(async (tx) => {
    await claimAccount(tx, accountId, claim.value);
    if (!(await consumeLink(tx, id))) throw rollback(refused("invalid-link"));
    return done({ accountId, newPassword: claim.value.passwordHash !== undefined });
  });
}
