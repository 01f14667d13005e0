import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startDatabase } from "@/lib/postgres/embedded";
import { findBrowser } from "./browser";
import { handOn } from "./installations";
import { ownDatabaseOf } from "./own-database";
import { type Foyer, freePort, startFoyer, startIdentityProviders, startStandIn } from "./servers";

/** Starts two installations, the providers of OpenID Connect of the first, and the email provider's stand-in, once a run; what it returns ends them all. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const ends: (() => Promise<void>)[] = [];
  const end = async () => {
    for (const step of ends.reverse()) await step();
  };
  try {
    process.env.FOYER_E2E_BROWSER = JSON.stringify(await findBrowser());
    const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-e2e-"));
    // When we are root PostgreSQL runs as a user of its own, who must be able to pass.
    await chmod(folder, 0o711);
    ends.push(() => rm(folder, { recursive: true, force: true }));
    for (const name of ["mailbox", "provider", "database", "examined"]) await mkdir(path.join(folder, name));
    process.env.FOYER_E2E_EXAMINED = path.join(folder, "examined");

    const standIn = await startStandIn();
    ends.push(standIn.stop);
    const database = await startDatabase(path.join(folder, "database"));
    ends.push(database.stop);
    const hookSecret = `whsec_${randomBytes(24).toString("base64")}`;
    // Tests take client addresses of their own through this proxy's word; limits are never switched off.
    const common = { FOYER_TRUSTED_PROXIES: "127.0.0.1,::1" };
    const port = await freePort();
    const identities = await startIdentityProviders(`http://localhost:${port}`, {
      northwind: "Northwind ID",
      fabrikam: "Fabrikam",
    });
    ends.push(identities.stop);
    const mailbox = await startFoyer(path.join(folder, "mailbox"), {
      ...common,
      ...identities.settings,
      PORT: String(port),
    });
    ends.push(mailbox.stop);
    const provider = await startFoyer(path.join(folder, "provider"), {
      ...common,
      DATABASE_URL: database.url,
      FOYER_FROM: "Foyer <foyer@mail.example.com>",
      RESEND_API_KEY: "re_stand_in",
      RESEND_BASE_URL: standIn.origin,
      RESEND_WEBHOOK_SECRET: hookSecret,
    });
    ends.push(provider.stop);
    await standIn.control("webhook", { url: `${provider.origin}/api/resend`, secret: hookSecret });

    handOn({
      mailbox: {
        origin: mailbox.origin,
        token: tokenOf(mailbox),
        databaseUrl: await ownDatabaseOf(mailbox.dataFolder),
      },
      provider: {
        origin: provider.origin,
        token: tokenOf(provider),
        databaseUrl: database.url,
        standIn: standIn.origin,
      },
    });
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}

function tokenOf(foyer: Foyer): string {
  const token = foyer.token();
  if (!token) throw new Error(`It printed no setup token:\n${foyer.output()}`);
  return token;
}
