import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";
import { type LoginFault, readLoginForm, renderLoginPage, type SimulatedLogin } from "./login";

export type OidcClient = {
  id: string;
  secret: string;
  callback: string;
  /**
   * True if all claims are in the ID token; otherwise only those requested by scope are, and userinfo returns the rest.
   */
  claimsInIdToken: boolean;
};

/**
 * Creates a real OpenID Connect provider (oidc-provider) at `issuer` with one client. The test enters its claims on the
 * login page and may request a fault in the response.
 */
export function createIdentityProvider(issuer: string, client: OidcClient): Server {
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const logins = new Map<string, SimulatedLogin>();
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.callback] }],
    jwks: { keys: [{ ...key, kid: "one", use: "sig", alg: "RS256" }] },
    cookies: { keys: ["a key for tests alone"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: !client.claimsInIdToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...logins.get(sub)?.claims }) }),
    // Grants all scopes without a consent page.
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });

  provider.use(async (context, next) => {
    await next();
    const { oidc } = context;
    const body = context.body as { id_token?: string } | undefined;
    if (oidc?.route === "token" && body?.id_token) body.id_token = addTokenFault(body.id_token);
    const location = context.response.get("location") ?? "";
    if (location.startsWith(client.callback)) {
      const fault = logins.get(oidc?.session?.accountId ?? "")?.fault;
      context.response.set("location", addRedirectFault(location, fault));
    }
  });

  /** Returns the ID token with the fault that its login requested, signed with the same key. */
  function addTokenFault(token: string): string {
    const [header = "", payload = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const fault = logins.get(String(claims.sub))?.fault;
    const overrides: Partial<Record<LoginFault, object>> = {
      audience: { aud: "another-client" },
      issuer: { iss: "http://127.0.0.1:1" },
      nonce: { nonce: "of another login" },
      expired: { exp: Math.floor(Date.now() / 1000) - 600 },
    };
    const unsigned = `${header}.${encodeBase64Url({ ...claims, ...(fault ? overrides[fault] : {}) })}`;
    const signedText = fault === "signature" ? `${unsigned}.` : unsigned;
    const signature = sign("RSA-SHA256", Buffer.from(signedText), createPrivateKey({ key, format: "jwk" }));
    return `${unsigned}.${signature.toString("base64url")}`;
  }

  const handler = provider.callback();
  return createServer(async (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return handler(request, response);
    if (request.method === "GET")
      return response.setHeader("content-type", "text/html").end(renderLoginPage());
    const login = await readLoginForm(request);
    logins.set(login.sub, login);
    const result = login.cancelled
      ? { error: "access_denied", error_description: "The user canceled." }
      : { login: { accountId: login.sub } };
    await provider.interactionFinished(request, response, result);
  });
}

function encodeBase64Url(claims: object): string {
  return Buffer.from(JSON.stringify(claims)).toString("base64url");
}

/** Returns the redirect URL with the fault in its parameters. */
function addRedirectFault(location: string, fault: LoginFault | undefined): string {
  const url = new URL(location);
  if (fault === "state") url.searchParams.set("state", "of-another-login");
  if (fault === "response-issuer") url.searchParams.set("iss", "http://127.0.0.1:1");
  return url.href;
}
