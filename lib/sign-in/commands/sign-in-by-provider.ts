import { claimAccount } from "@/lib/accounts/commands/claim-account";
import { type AccountSummary, findAccountByEmail, findAccountBySignInMethod } from "@/lib/accounts/queries";
import { personName } from "@/lib/accounts/schema";
import type { ProviderRefusal } from "@/lib/auth/messages";
import type { Identity } from "@/lib/auth/openid";
import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { joinOrganization } from "@/lib/invitations/commands/join";
import { findPendingInvitationIn, type PendingInvitation } from "@/lib/invitations/queries/pending";
import { done, type Result, refused } from "@/lib/result/result";
import { linkIdentity } from "@/lib/sign-in/commands/link-identity";

/**
 * Signs in with a provider's identity (REQ-F5, decision 0024):
 * - A linked identity signs in to its account.
 * - A verified address without an account creates one if the organization whose login page was used has invited it.
 * - For an unconfirmed account it is the first proof of the mailbox and claims the account (REQ-D9).
 * - For a confirmed account the user must first sign in another way.
 *
 * Joins that organization by its pending invitation, for the verified address only.
 */
export async function signInByProvider(
  signedIn: SignedInAccount | null,
  identity: Identity,
  organization: string | undefined,
): Promise<Result<ProviderSignIn, ProviderRefusal>> {
  const first = await attempt(signedIn, identity, organization);
  // A concurrent sign-in or the invitation's own link created the account: try once more.
  return first ?? (await attempt(signedIn, identity, organization)) ?? refused("no-account");
}

export type ProviderSignIn = { accountId: string; joined: boolean };

/** Returns null if the account or the invitation has changed since it was read. */
async function attempt(
  signedIn: SignedInAccount | null,
  identity: Identity,
  organization: string | undefined,
): Promise<Result<ProviderSignIn, ProviderRefusal> | null> {
  const { email } = identity;
  const linked = await findAccountBySignInMethod(identity);
  const account = linked ?? (email ? await findAccountByEmail(email) : null);
  if (!account && !email) return refused("address-unverified");
  if (account && !linked && account.confirmed && signedIn?.accountId !== account.id)
    return refused("prove-first");
  const isProven = email !== null && (account === null || account.email === email);
  const invitation = isProven && organization ? await findPendingInvitationIn(organization, email) : null;
  if (!account && !invitation) return refused("no-account");
  const result = await signInOrJoin(identity, { account, isProven, invitation });
  return result.ok ? result : null;
}

type SignInContext = {
  account: AccountSummary | null;
  isProven: boolean;
  invitation: PendingInvitation | null;
};

function signInOrJoin(identity: Identity, { account, isProven, invitation }: SignInContext) {
  return transaction<Result<ProviderSignIn, "raced">>(async (tx) => {
    const isFirstProof = isProven && account?.confirmed === false;
    const name = account && !isFirstProof ? account.name : nameOf(identity);
    // The first proof removes the password, which may have been chosen by someone else.
    const claim = { name, ...(isFirstProof ? { passwordHash: null } : {}) };
    const joiner = { ...claim, by: "openid-connect", accountId: account?.id ?? null } as const;
    const joined = invitation ? await joinOrganization(tx, invitation, joiner) : null;
    const accountId = joined?.ok ? joined.value.accountId : account?.id;
    if (!accountId) return refused("raced");
    if (isFirstProof && !joined?.ok) await claimAccount(tx, accountId, claim);
    await linkIdentity(tx, accountId, identity);
    return done({ accountId, joined: joined?.ok ?? false });
  });
}

/** Returns the name for a new account: the provider's, or else the local part of the address. */
function nameOf({ name, email }: Identity): string {
  const parsed = personName.safeParse(name?.slice(0, 100));
  return parsed.success ? parsed.data : (email?.split("@")[0] ?? "").slice(0, 100);
}
