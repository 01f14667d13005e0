import { takeAccount } from "@/lib/accounts/commands/take-account";
import { findByEmail, findByMethod, type Known } from "@/lib/accounts/queries";
import { personName } from "@/lib/accounts/schema";
import type { ProviderRefusal } from "@/lib/auth/messages";
import type { Identity } from "@/lib/auth/openid";
import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { join } from "@/lib/invitations/commands/join";
import { findOfferAt, type Offer } from "@/lib/invitations/queries/offers";
import { done, type Result, refused } from "@/lib/result/result";
import { linkMethod } from "@/lib/sign-in/commands/link-identity";

/**
 * Whose account a provider's word opens (REQ-F5, decision 0024). A method that is linked opens its account. A verified
 * address without an account opens one where the organization whose login page was used has invited it, and nowhere
 * else. One with an account that nobody has confirmed is its first proof: older ways in end (REQ-D9). A confirmed one has to
 * be proven first by a way that it has. Joins that organization by its pending invitation, for the verified address alone.
 */
export async function signInByProvider(
  signedIn: SignedIn | null,
  identity: Identity,
  organization: string | undefined,
): Promise<Result<Entered, ProviderRefusal>> {
  const first = await attempt(signedIn, identity, organization);
  // Somebody was quicker, in another tab or by the invitation's own link: there is an account now.
  return first ?? (await attempt(signedIn, identity, organization)) ?? refused("no-account");
}

export type Entered = { accountId: string; joined: boolean };

/** Null: what was read before has changed meanwhile. */
async function attempt(
  signedIn: SignedIn | null,
  identity: Identity,
  organization: string | undefined,
): Promise<Result<Entered, ProviderRefusal> | null> {
  const { email } = identity;
  const linked = await findByMethod(identity);
  const account = linked ?? (email ? await findByEmail(email) : null);
  if (!account && !email) return refused("address-unverified");
  if (account && !linked && account.confirmed && signedIn?.accountId !== account.id)
    return refused("prove-first");
  const proven = email !== null && (account === null || account.email === email);
  const offer = proven && organization ? await findOfferAt(organization, email) : null;
  if (!account && !offer) return refused("no-account");
  const entered = await enter(identity, { account, proven, offer });
  return entered.ok ? entered : null;
}

type Entering = { account: Known | null; proven: boolean; offer: Offer | null };

function enter(identity: Identity, { account, proven, offer }: Entering) {
  return transaction<Result<Entered, "raced">>(async (tx) => {
    const isFirstProof = proven && account?.confirmed === false;
    const name = account && !isFirstProof ? account.name : nameOf(identity);
    // Whoever chose the password may be somebody else: the provider is the way in from now on.
    const taking = { name, ...(isFirstProof ? { passwordHash: null } : {}) };
    const way = { ...taking, by: "openid-connect", accountId: account?.id ?? null } as const;
    const joined = offer ? await join(tx, offer, way) : null;
    const accountId = joined?.ok ? joined.value.accountId : account?.id;
    if (!accountId) return refused("raced");
    if (isFirstProof && !joined?.ok) await takeAccount(tx, accountId, taking);
    await linkMethod(tx, accountId, identity);
    return done({ accountId, joined: joined?.ok ?? false });
  });
}

/** The name on a new account; who has none there is called by their address. */
function nameOf({ name, email }: Identity): string {
  const fits = personName.safeParse(name?.slice(0, 100));
  return fits.success ? fits.data : (email?.split("@")[0] ?? "").slice(0, 100);
}
