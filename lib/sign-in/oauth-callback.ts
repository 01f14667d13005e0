import { returnAddress } from "@/lib/accounts/return-address";
import { currentAccount } from "@/lib/auth/current";
import { endSignIn } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import { findLanding } from "@/lib/invitations/queries/offers";
import { signInByProvider } from "@/lib/sign-in/commands/sign-in-by-provider";
import { enterHere, keepWaiting } from "@/lib/sign-in/sign-in";

/**
 * Ends a sign-in through a provider with the answer that this browser brought back, and answers where to go on: in, or to
 * the login page it began at, which says why not.
 */
export async function comeBack(provider: string, query: string): Promise<string> {
  const { began, answer } = await endSignIn(provider, query);
  const { organization, callbackUrl } = began;
  const outcome = answer.ok
    ? await signInByProvider(await currentAccount(), answer.value, organization)
    : answer;
  if (outcome.ok) {
    const { accountId, joined } = outcome.value;
    await enterHere(accountId);
    const landing = await findLanding(accountId, organization);
    return joined ? landing : returnAddress(callbackUrl, env().origin, landing);
  }
  if (answer.ok && outcome.reason === "prove-first") await keepWaiting(answer.value);
  const login = organization ? `/o/${encodeURIComponent(organization)}/login` : "/login";
  const why = new URLSearchParams({
    refused: outcome.reason,
    provider,
    ...(callbackUrl ? { callbackUrl } : {}),
  });
  return `${login}?${why}`;
}
