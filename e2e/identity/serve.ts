import { createIdentityProvider } from "./provider";

// Runs identity providers in a separate process: `serve.ts <Foyer's origin> <id>=<port> …`. Prints one line per provider.
const [foyer, ...providers] = process.argv.slice(2);
for (const [index, argument] of providers.entries()) {
  const [id = "", port = ""] = argument.split("=");
  const issuer = `http://127.0.0.1:${port}`;
  const callback = `${foyer}/api/auth/callback/${id}`;
  const client = { id: `foyer-at-${id}`, secret: `a secret of ${id}`, callback, claimsInIdToken: index > 0 };
  createIdentityProvider(issuer, client).listen(Number(port), "127.0.0.1", () =>
    console.log(`${issuer} is listening`),
  );
}
