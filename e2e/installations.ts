import { z } from "zod";

/** What the global set-up started and every test may use; handed to the workers in one variable. */
const shape = z.object({
  /** With nothing configured: its own database, letters in its mailbox page. */
  mailbox: z.object({ origin: z.string(), token: z.string(), databaseUrl: z.string() }),
  /** As in production: a database that was given, letters through the provider's API. */
  provider: z.object({ origin: z.string(), token: z.string(), databaseUrl: z.string(), standIn: z.string() }),
});

export type Installations = z.infer<typeof shape>;
export type Installation = keyof Installations;
const variable = "FOYER_E2E_INSTALLATIONS";

export function handOn(installations: Installations): void {
  process.env[variable] = JSON.stringify(installations);
}

export function installations(): Installations {
  return shape.parse(JSON.parse(process.env[variable] ?? "null"));
}
