import { createIdentityProvider } from "./provider";

// Two providers as a process of their own: `serve.ts <Foyer's origin> <id>=<port> …`. Each prints its issuer.
const [foyer, ...providers] = process.argv.slice(2);
for (const [at, one] of providers.entries()) {
  const [id = "", port = ""] = one.split("=");
  const issuer = `http://127.0.0.1:${port}`;
  const callback = `${foyer}/api/auth/callback/${id}`;
  const client = { id: `foyer-at-${id}`, secret: `a secret of ${id}`, callback, inToken: at > 0 };
  createIdentityProvider(issuer, client).listen(Number(port), "127.0.0.1", () =>
    console.log(`${issuer} is there`),
  );
}
