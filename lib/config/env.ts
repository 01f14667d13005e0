import path from "node:path";
import { z } from "zod";
import { defaultDataFolder, isRoot } from "./data-folder.mjs";
import type { KeyRing } from "./env-fields";
import * as field from "./env-fields";
import { type Provider, readProviders } from "./env-providers";
import { ExpectedError } from "./expected-error";

/** Every wrong variable in one message, each with its mend (REQ-H2). */
export class SettingsError extends ExpectedError {
  override name = "SettingsError";

  constructor(readonly problems: readonly Problem[]) {
    const width = Math.max(...problems.map((problem) => problem.variable.length));
    const lines = problems.map(({ variable, mend }) => `  ${variable.padEnd(width)}  ${mend}`);
    const many = problems.length === 1 ? "One setting is wrong" : `${problems.length} settings are wrong`;
    super(`${many}:\n${lines.join("\n")}`);
  }
}

type Problem = { variable: string; mend: string };

const shape = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"], "must be production, development or test")
    .default("production"),
  PORT: field.port.default(3000),
  FOYER_DATA: z.string().optional(),
  DATABASE_URL: field.databaseUrl.optional(),
  FOYER_URL: field.origin.optional(),
  FOYER_FROM: field.sender.optional(),
  RESEND_API_KEY: field.resendKey.optional(),
  RESEND_BASE_URL: field.httpUrl.optional(),
  RESEND_WEBHOOK_SECRET: field.webhookSecret.optional(),
  SMTP_URL: field.smtpUrl.optional(),
  FOYER_SECRET: field.secret.optional(),
  FOYER_KEYS: field.keyRing.optional(),
  FOYER_TRUSTED_PROXIES: field.proxies.default([]),
  FOYER_WORKER: z.enum(["on", "off"], "must be on or off").default("on"),
  FOYER_LOG_LEVEL: field.logLevel.default("info"),
});

/** What the operator set, checked, with the defaults that need nothing else. */
export type Settings = {
  mode: "development" | "production" | "test";
  port: number;
  /** Where database, secrets and mailbox live; absolute. */
  dataFolder: string;
  /** Every link is built from it (never from a request's Host). */
  origin: string;
  /** False: the origin is only the default for this machine. */
  originConfigured: boolean;
  databaseUrl?: string;
  /** The sender of letters, like "Northwind <invitations@northwind.com>". */
  from?: string;
  resendApiKey?: string;
  resendBaseUrl?: string;
  resendWebhookSecret?: string;
  smtpUrl?: string;
  /** Signs sessions. */
  secret?: string;
  keys?: KeyRing;
  /** Whom people may log in with, beside their password and their mailbox. */
  providers: Provider[];
  /** Addresses and networks whose forwarded-for header is believed. */
  trustedProxies: string[];
  /** Does the serving process also send letters and do the other jobs? If not, `npm run worker` does. */
  worker: boolean;
  logLevel: string;
};

/** The settings together with what the start resolved: the database that runs and the secrets that were kept. */
export type Env = Settings & Required<Pick<Settings, "databaseUrl" | "secret" | "keys">>;

let parsed: Env | undefined;

/**
 * The settings of the running installation, parsed once. `npm start` has resolved them into the variables before
 * anything asks; throws a SettingsError when they are missing or wrong.
 */
export function env(): Env {
  parsed ??= readEnv(process.env);
  return parsed;
}

/** As `env`, of given variables and without remembering. */
export function readEnv(variables: NodeJS.ProcessEnv): Env {
  const settings = readSettings(variables);
  const { databaseUrl, secret, keys } = settings;
  if (databaseUrl && secret && keys) return { ...settings, databaseUrl, secret, keys };
  const missing = { DATABASE_URL: databaseUrl, FOYER_SECRET: secret, FOYER_KEYS: keys };
  throw new SettingsError(
    Object.entries(missing).flatMap(([variable, value]) =>
      value ? [] : [{ variable, mend: "is missing: `npm start` provides it" }],
    ),
  );
}

/** The settings as the operator gave them; an empty variable counts as not given. Throws a SettingsError. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(
    Object.keys(shape.shape).flatMap((name) => {
      const value = variables[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const result = shape.safeParse(given);
  const problems: Problem[] = result.success
    ? []
    : result.error.issues.map((issue) => ({ variable: String(issue.path[0]), mend: issue.message }));
  const { providers, problems: ofProviders } = readProviders(variables);
  const wrong = new Set(problems.map((problem) => problem.variable));
  problems.push(...wrongTogether(given).filter((problem) => !wrong.has(problem.variable)), ...ofProviders);
  if (!result.success || problems.length > 0) throw new SettingsError(problems);
  const read = result.data;
  return {
    mode: read.NODE_ENV,
    port: read.PORT,
    dataFolder: path.resolve(read.FOYER_DATA ?? defaultDataFolder(process.cwd(), isRoot())),
    origin: read.FOYER_URL ?? `http://localhost:${read.PORT}`,
    originConfigured: read.FOYER_URL !== undefined,
    databaseUrl: read.DATABASE_URL,
    from: read.FOYER_FROM,
    resendApiKey: read.RESEND_API_KEY,
    resendBaseUrl: read.RESEND_BASE_URL,
    resendWebhookSecret: read.RESEND_WEBHOOK_SECRET,
    smtpUrl: read.SMTP_URL,
    secret: read.FOYER_SECRET,
    keys: read.FOYER_KEYS,
    providers,
    trustedProxies: read.FOYER_TRUSTED_PROXIES,
    worker: read.FOYER_WORKER === "on",
    logLevel: read.FOYER_LOG_LEVEL,
  };
}

/** What is right alone but wrong beside the others. */
function wrongTogether(given: Record<string, string>): Problem[] {
  const problems: Problem[] = [];
  const says = (variable: string, mend: string) => problems.push({ variable, mend });
  if (given.RESEND_API_KEY && given.SMTP_URL)
    says("SMTP_URL", "is set beside RESEND_API_KEY: letters go one way, remove one of the two");
  if ((given.RESEND_API_KEY || given.SMTP_URL) && !given.FOYER_FROM)
    says("FOYER_FROM", 'is missing: letters need a sender, like "Northwind <invitations@northwind.com>"');
  for (const variable of ["RESEND_WEBHOOK_SECRET", "RESEND_BASE_URL"])
    if (given[variable] && !given.RESEND_API_KEY)
      says(variable, "is for Resend alone: set RESEND_API_KEY as well, or remove it");
  if (given.FOYER_WORKER === "off" && !given.DATABASE_URL)
    says(
      "FOYER_WORKER",
      "is off, but only a database of DATABASE_URL has room for `npm run worker`: set that too",
    );
  if (given.FOYER_SECRET && !given.FOYER_KEYS)
    says("FOYER_KEYS", "is missing beside FOYER_SECRET: machines that share the one must share both");
  if (given.FOYER_KEYS && !given.FOYER_SECRET)
    says("FOYER_SECRET", "is missing beside FOYER_KEYS: machines that share the one must share both");
  if (
    given.FOYER_URL &&
    given.NODE_ENV !== "development" &&
    given.NODE_ENV !== "test" &&
    field.isOpenHttp(given.FOYER_URL)
  )
    says("FOYER_URL", "is http on a public host, where passwords could be read on the way: use https://");
  return problems;
}
