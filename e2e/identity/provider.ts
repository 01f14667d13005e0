import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";
import { type Fault, loginPage, type Person, readLogin } from "./login";

export type Client = {
  id: string;
  secret: string;
  callback: string;
  /** Says all it knows in the ID token at once; others say it only when asked for it. */
  inToken: boolean;
};

/**
 * A real provider of OpenID Connect (oidc-provider) at `issuer`, for one client. Whoever comes writes on its login page who
 * they are and what it shall say of them, and may ask for a fault in the answer.
 */
export function createIdentityProvider(issuer: string, client: Client): Server {
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const people = new Map<string, Person>();
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.callback] }],
    jwks: { keys: [{ ...key, kid: "one", use: "sig", alg: "RS256" }] },
    cookies: { keys: ["a key for tests alone"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: !client.inToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub)?.claims }) }),
    // Nobody is asked whether Foyer may know who they are.
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
    const answer = context.body as { id_token?: string } | undefined;
    if (oidc?.route === "token" && answer?.id_token) answer.id_token = spoiled(answer.id_token);
    const to = context.response.get("location") ?? "";
    if (to.startsWith(client.callback)) {
      const fault = people.get(oidc?.session?.accountId ?? "")?.fault;
      context.response.set("location", misled(to, fault));
    }
  });

  /** The token with the fault its person asked for, signed by the same key. */
  function spoiled(token: string): string {
    const [head = "", body = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    const fault = people.get(String(claims.sub))?.fault;
    const changes: Partial<Record<Fault, object>> = {
      audience: { aud: "another-client" },
      issuer: { iss: "http://127.0.0.1:1" },
      nonce: { nonce: "of another login" },
      expired: { exp: Math.floor(Date.now() / 1000) - 600 },
    };
    const signed = `${head}.${encoded({ ...claims, ...(fault ? changes[fault] : {}) })}`;
    const text = fault === "signature" ? `${signed}.` : signed;
    const seal = sign("RSA-SHA256", Buffer.from(text), createPrivateKey({ key, format: "jwk" }));
    return `${signed}.${seal.toString("base64url")}`;
  }

  const answers = provider.callback();
  return createServer(async (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return answers(request, response);
    if (request.method === "GET") return response.setHeader("content-type", "text/html").end(loginPage());
    const person = await readLogin(request);
    people.set(person.sub, person);
    const result = person.cancelled
      ? { error: "access_denied", error_description: "They did not want to." }
      : { login: { accountId: person.sub } };
    await provider.interactionFinished(request, response, result);
  });
}

function encoded(claims: object): string {
  return Buffer.from(JSON.stringify(claims)).toString("base64url");
}

/** The address a browser is sent back to, with the fault in it. */
function misled(to: string, fault: Fault | undefined): string {
  const url = new URL(to);
  if (fault === "state") url.searchParams.set("state", "of-another-login");
  if (fault === "sender") url.searchParams.set("iss", "http://127.0.0.1:1");
  return url.href;
}
