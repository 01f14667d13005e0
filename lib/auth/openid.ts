import * as client from "openid-client";
import type { ProviderRefusal } from "@/lib/auth/messages";
import { env } from "@/lib/config/env";
import type { Provider } from "@/lib/config/env-providers";
import { parseAddress } from "@/lib/email-address/email-address";
import { log } from "@/lib/log/log";
import { done, type Result, refused } from "@/lib/result/result";

/** What a provider says of somebody, once its answer was checked. */
export type Identity = {
  issuer: string;
  subject: string;
  /** In its one form, and only if the provider says that it is verified. */
  email: string | null;
  name: string | null;
};

/** What an answer must fit: kept in the browser that asked, and nowhere else. */
export type Checks = { state: string; nonce: string; verifier: string };

const SECONDS = 10;
const HOUR = 60 * 60 * 1000;
const known = new Map<string, { since: number; configuration: Promise<client.Configuration> }>();

/** Where to send a browser to log in with a provider, and what the answer will be checked against. */
export async function askProvider(
  provider: Provider,
): Promise<Result<{ url: string; checks: Checks }, ProviderRefusal>> {
  try {
    const checks = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(await configurationOf(provider), {
      redirect_uri: callbackOf(provider).href,
      scope: "openid email profile",
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: "S256",
    });
    return done({ url: url.href, checks });
  } catch (error) {
    return notice(provider, error, "provider-silent");
  }
}

/**
 * Redeems the answer that a browser brought back: the library checks state, issuer, PKCE, and of the ID token signature,
 * issuer, audience, nonce and time. What does not fit is refused, and noted in the log.
 */
export async function readAnswer(
  provider: Provider,
  query: string,
  checks: Checks,
): Promise<Result<Identity, ProviderRefusal>> {
  const url = callbackOf(provider);
  url.search = query;
  try {
    const configuration = await configurationOf(provider);
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: checks.verifier,
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) return refused("answer-refused");
    // Some say who somebody is in the token, some only when asked once more.
    const said =
      claims.email_verified === undefined && configuration.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims;
    return done({
      issuer: claims.iss,
      subject: claims.sub,
      email: said.email_verified === true ? addressIn(said.email) : null,
      name: typeof said.name === "string" ? said.name : null,
    });
  } catch (error) {
    const isTheirs = error instanceof client.AuthorizationResponseError && error.error === "access_denied";
    return isTheirs ? refused("cancelled") : notice(provider, error, "answer-refused");
  }
}

function addressIn(claim: unknown): string | null {
  const parsed = typeof claim === "string" ? parseAddress(claim) : null;
  return parsed && "address" in parsed ? parsed.address : null;
}

/** Where a provider sends browsers back to; what is registered there. */
function callbackOf({ id }: Provider): URL {
  return new URL(`/api/auth/callback/${id}`, env().origin);
}

/** What the provider publishes about itself, asked for once an hour. */
function configurationOf(provider: Provider): Promise<client.Configuration> {
  const kept = known.get(provider.id);
  if (kept && kept.since > Date.now() - HOUR) return kept.configuration;
  const configuration = discover(provider);
  known.set(provider.id, { since: Date.now(), configuration });
  configuration.catch(() => known.delete(provider.id));
  return configuration;
}

function discover({ issuer, clientId, clientSecret }: Provider): Promise<client.Configuration> {
  const server = new URL(issuer);
  return client.discovery(server, clientId, clientSecret, undefined, {
    timeout: SECONDS,
    execute: [
      client.enableNonRepudiationChecks,
      // The settings allow plain http on this machine alone.
      ...(server.protocol === "http:" ? [client.allowInsecureRequests] : []),
    ],
  });
}

function notice(provider: Provider, error: unknown, reason: ProviderRefusal) {
  const { message, code, cause } = error as Error & { code?: string };
  const because = cause instanceof Error ? cause.message : undefined;
  log.warn(
    { provider: provider.id, reason, said: message, kind: code, because },
    "a sign-in with a provider",
  );
  return refused(reason);
}
