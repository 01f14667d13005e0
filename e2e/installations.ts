import { z } from "zod";

/** The installations that the global setup starts. It passes them to the test workers in one variable. */
const schema = z.object({
  /** Without configuration: its own embedded database, and emails in the mailbox page. */
  mailbox: z.object({ origin: z.string(), token: z.string(), databaseUrl: z.string() }),
  /** As in production: an external database, and emails sent through the provider's API. */
  provider: z.object({ origin: z.string(), token: z.string(), databaseUrl: z.string(), standIn: z.string() }),
});

export type Installations = z.infer<typeof schema>;
export type InstallationName = keyof Installations;
const variable = "FOYER_E2E_INSTALLATIONS";

export function setInstallations(installations: Installations): void {
  process.env[variable] = JSON.stringify(installations);
}

export function getInstallations(): Installations {
  return schema.parse(JSON.parse(process.env[variable] ?? "null"));
}
