import { claimAccount } from "@/lib/accounts/commands/claim-account";
import { prepareClaim } from "@/lib/accounts/commands/prepare-claim";
import { consumeLink } from "@/lib/accounts/links";
import type { ClaimRefusal } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import type { SignedInAccount } from "@/lib/auth/session";
import { rollback, transaction } from "@/lib/db/client";
import { joinOrganization } from "@/lib/invitations/commands/join";
import { findPendingInvitationIn } from "@/lib/invitations/queries/pending";
import { refundRateLimit } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

export type SignedInByLink = { accountId: string; slug: string | null };

/**
 * Consumes a one-time sign-in link; a second use is refused (REQ-F5, REQ-H3). The link proves the mailbox: if the
 * organization whose login page requested it has invited the address, the account joins. If it is the first proof, it
 * claims the account, with a new password (REQ-D9).
 */
export async function consumeSignInLink(
  ip: string,
  signedIn: SignedInAccount | null,
  input: { code: string; password?: string | undefined },
): Promise<Result<SignedInByLink, ClaimRefusal>> {
  const link = await findAccountLink(ip, "sign-in", input.code);
  if (!link.ok) return link;
  const { id, accountId, email, name, confirmed, slug } = link.value;
  const claim = confirmed ? done({}) : await prepareClaim(link.value, signedIn, input.password);
  if (!claim.ok) return claim;
  const invitation = slug ? await findPendingInvitationIn(slug, email) : null;
  const result = await transaction<Result<SignedInByLink, ClaimRefusal | "wrong-account">>(async (tx) => {
    const joiner = { ...claim.value, by: "sign-in-link", accountId, name } as const;
    const joined = invitation ? (await joinOrganization(tx, invitation, joiner)).ok : false;
    if (!joined && !confirmed) await claimAccount(tx, accountId, claim.value);
    if (!(await consumeLink(tx, id))) throw rollback(refused("invalid-link"));
    return done({ accountId, slug });
  });
  // The account's address changed concurrently, which invalidates links to the old one.
  if (!result.ok)
    return refused(result.reason === "wrong-account" ? "invalid-link" : result.reason, result.params);
  await refundRateLimit("link-account", email);
  return result;
}
