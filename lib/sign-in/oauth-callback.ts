import { resolveReturnPath } from "@/lib/accounts/return-path";
import { currentAccount } from "@/lib/auth/current";
import { completeProviderSignIn } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import { findLandingPath } from "@/lib/invitations/queries/pending";
import { signInByProvider } from "@/lib/sign-in/commands/sign-in-by-provider";
import { rememberUnlinkedIdentity, signInAndLinkIdentity } from "@/lib/sign-in/sign-in";

/**
 * Completes the OAuth callback and returns the path to redirect to: the return path if the user is signed in, otherwise
 * the login page where the sign-in was started, with the reason.
 */
export async function handleOAuthCallback(provider: string, query: string): Promise<string> {
  const { origin, identity } = await completeProviderSignIn(provider, query);
  const { organization, callbackUrl } = origin;
  const result = identity.ok
    ? await signInByProvider(await currentAccount(), identity.value, organization)
    : identity;
  if (result.ok) {
    const { accountId, joined } = result.value;
    await signInAndLinkIdentity(accountId);
    const landing = await findLandingPath(accountId, organization);
    return joined ? landing : resolveReturnPath(callbackUrl, env().origin, landing);
  }
  if (identity.ok && result.reason === "prove-first") await rememberUnlinkedIdentity(identity.value);
  const login = organization ? `/o/${encodeURIComponent(organization)}/login` : "/login";
  const searchParams = new URLSearchParams({
    refused: result.reason,
    provider,
    ...(callbackUrl ? { callbackUrl } : {}),
  });
  return `${login}?${searchParams}`;
}
