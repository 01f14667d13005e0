import { consumeEncryptedCookie, setEncryptedCookie } from "@/lib/auth/encrypted-cookie";
import type { ProviderRefusal } from "@/lib/auth/messages";
import { type Checks, exchangeCode, type Identity, startAuthorization } from "@/lib/auth/openid";
import { env } from "@/lib/config/env";
import type { OidcProvider } from "@/lib/config/env-providers";
import { done, type Result, refused } from "@/lib/result/result";

/** The login page where a sign-in with a provider was started. */
export type SignInOrigin = { organization?: string | undefined; callbackUrl?: string | undefined };

type PendingSignIn = SignInOrigin & { provider: string; checks: Checks };

/** How long the user can take to log in at the provider. */
const PENDING_SECONDS = 15 * 60;

/** Starts a sign-in in this browser and returns the provider's authorization URL. */
export async function startProviderSignIn(
  id: string,
  origin: SignInOrigin,
): Promise<Result<string, ProviderRefusal>> {
  const provider = findProvider(id);
  if (!provider) return refused("begin-again");
  const authorization = await startAuthorization(provider);
  if (!authorization.ok) return { ...authorization, params: { provider: provider.name } };
  await setEncryptedCookie(
    "sign-in",
    { ...origin, provider: id, checks: authorization.value.checks } satisfies PendingSignIn,
    PENDING_SECONDS,
  );
  return done(authorization.value.url);
}

/**
 * Completes the sign-in: returns the identity and the login page where it was started. Works once, and only in the
 * browser that started it.
 */
export async function completeProviderSignIn(
  id: string,
  query: string,
): Promise<{ origin: SignInOrigin; identity: Result<Identity, ProviderRefusal> }> {
  const pending = await consumeEncryptedCookie<PendingSignIn>("sign-in");
  const provider = findProvider(id);
  if (!pending) return { origin: {}, identity: refused("begin-again") };
  const isExpected = provider !== undefined && pending.provider === id;
  return {
    origin: pending,
    identity: isExpected ? await exchangeCode(provider, query, pending.checks) : refused("begin-again"),
  };
}

/** Returns the configured provider with this id. */
export function findProvider(id: string): OidcProvider | undefined {
  return env().providers.find((provider) => provider.id === id);
}
