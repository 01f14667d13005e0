import * as client from "openid-client";
import type { ProviderRefusal } from "@/lib/auth/messages";
import { env } from "@/lib/config/env";
import type { OidcProvider } from "@/lib/config/env-providers";
import { parseAddress } from "@/lib/email-address/email-address";
import { log } from "@/lib/log/log";
import { done, type Result, refused } from "@/lib/result/result";

/** The user's identity at a provider, from a validated ID token. */
export type Identity = {
  issuer: string;
  subject: string;
  /** Normalized; null unless the provider says that it is verified. */
  email: string | null;
  name: string | null;
};

/** What the response is checked against. Stored only in the browser that started the sign-in. */
export type Checks = { state: string; nonce: string; verifier: string };

const TIMEOUT_SECONDS = 10;
const HOUR_MS = 60 * 60 * 1000;
const configurations = new Map<string, { loadedAt: number; configuration: Promise<client.Configuration> }>();

/** Returns the authorization URL of a provider, and the values to check its response against. */
export async function startAuthorization(
  provider: OidcProvider,
): Promise<Result<{ url: string; checks: Checks }, ProviderRefusal>> {
  try {
    const checks = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(await loadConfiguration(provider), {
      redirect_uri: redirectUri(provider).href,
      scope: "openid email profile",
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: "S256",
    });
    return done({ url: url.href, checks });
  } catch (error) {
    return logAndRefuse(provider, error, "provider-silent");
  }
}

/**
 * Exchanges the authorization code in a callback's query for the user's identity. The library checks state, issuer and
 * PKCE, and the ID token's signature, issuer, audience, nonce and times. Failures are logged and refused.
 */
export async function exchangeCode(
  provider: OidcProvider,
  query: string,
  checks: Checks,
): Promise<Result<Identity, ProviderRefusal>> {
  const url = redirectUri(provider);
  url.search = query;
  try {
    const configuration = await loadConfiguration(provider);
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: checks.verifier,
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) return refused("answer-refused");
    // Some providers send the profile only from the userinfo endpoint.
    const profile =
      claims.email_verified === undefined && configuration.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims;
    return done({
      issuer: claims.iss,
      subject: claims.sub,
      email: profile.email_verified === true ? parseEmailClaim(profile.email) : null,
      name: typeof profile.name === "string" ? profile.name : null,
    });
  } catch (error) {
    const isDenied = error instanceof client.AuthorizationResponseError && error.error === "access_denied";
    return isDenied ? refused("cancelled") : logAndRefuse(provider, error, "answer-refused");
  }
}

function parseEmailClaim(claim: unknown): string | null {
  const parsed = typeof claim === "string" ? parseAddress(claim) : null;
  return parsed && "address" in parsed ? parsed.address : null;
}

/** The redirect URI that is registered with the provider. */
function redirectUri({ id }: OidcProvider): URL {
  return new URL(`/api/auth/callback/${id}`, env().origin);
}

/** Returns the provider's discovered configuration, cached for an hour. */
function loadConfiguration(provider: OidcProvider): Promise<client.Configuration> {
  const cached = configurations.get(provider.id);
  if (cached && cached.loadedAt > Date.now() - HOUR_MS) return cached.configuration;
  const configuration = discover(provider);
  configurations.set(provider.id, { loadedAt: Date.now(), configuration });
  configuration.catch(() => configurations.delete(provider.id));
  return configuration;
}

function discover({ issuer, clientId, clientSecret }: OidcProvider): Promise<client.Configuration> {
  const server = new URL(issuer);
  return client.discovery(server, clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    execute: [
      client.enableNonRepudiationChecks,
      // The configuration allows http only for localhost.
      ...(server.protocol === "http:" ? [client.allowInsecureRequests] : []),
    ],
  });
}

function logAndRefuse(provider: OidcProvider, error: unknown, reason: ProviderRefusal) {
  const { message, code, cause } = error as Error & { code?: string };
  const details = { error: message, code, cause: cause instanceof Error ? cause.message : undefined };
  log.warn({ provider: provider.id, reason, ...details }, "OpenID Connect login failed");
  return refused(reason);
}
