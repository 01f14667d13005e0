import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";
import { findBrowser } from "./browser";
import { embeddedDatabaseUrl } from "./embedded-database";
import { setInstallations } from "./installations";
import { type FoyerProcess, findFreePort, startFoyer, startIdentityProviders, startStandIn } from "./servers";

/**
 * Starts two installations, the OpenID Connect providers of the first, and the email provider's stand-in, once per run.
 * Returns the function that stops them.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const cleanups: (() => Promise<void>)[] = [];
  const cleanUp = async () => {
    for (const step of cleanups.reverse()) await step();
  };
  try {
    process.env.FOYER_E2E_BROWSER = JSON.stringify(await findBrowser());
    const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-e2e-"));
    // As root, PostgreSQL runs as a separate user, which must be able to traverse the folder.
    await chmod(folder, 0o711);
    cleanups.push(() => rm(folder, { recursive: true, force: true }));
    for (const name of ["mailbox", "provider", "database", "examined"]) await mkdir(path.join(folder, name));
    process.env.FOYER_E2E_EXAMINED = path.join(folder, "examined");

    const standIn = await startStandIn();
    cleanups.push(standIn.stop);
    const database = await startEmbeddedDatabase(path.join(folder, "database"));
    cleanups.push(database.stop);
    const hookSecret = `whsec_${randomBytes(24).toString("base64")}`;
    // Tests set client addresses through this trusted proxy, so that rate limits stay on.
    const common = { FOYER_TRUSTED_PROXIES: "127.0.0.1,::1" };
    const port = await findFreePort();
    const identities = await startIdentityProviders(`http://localhost:${port}`, {
      northwind: "Northwind ID",
      fabrikam: "Fabrikam",
    });
    cleanups.push(identities.stop);
    const mailbox = await startFoyer(path.join(folder, "mailbox"), {
      ...common,
      ...identities.settings,
      PORT: String(port),
    });
    cleanups.push(mailbox.stop);
    const provider = await startFoyer(path.join(folder, "provider"), {
      ...common,
      DATABASE_URL: database.url,
      FOYER_FROM: "Foyer <foyer@mail.example.com>",
      RESEND_API_KEY: "re_stand_in",
      RESEND_BASE_URL: standIn.origin,
      RESEND_WEBHOOK_SECRET: hookSecret,
    });
    cleanups.push(provider.stop);
    await standIn.control("webhook", { url: `${provider.origin}/api/resend`, secret: hookSecret });

    setInstallations({
      mailbox: {
        origin: mailbox.origin,
        token: tokenOf(mailbox),
        databaseUrl: await embeddedDatabaseUrl(mailbox.dataFolder),
      },
      provider: {
        origin: provider.origin,
        token: tokenOf(provider),
        databaseUrl: database.url,
        standIn: standIn.origin,
      },
    });
    return cleanUp;
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

function tokenOf(foyer: FoyerProcess): string {
  const token = foyer.setupToken();
  if (!token) throw new Error(`Foyer printed no setup token:\n${foyer.output()}`);
  return token;
}
