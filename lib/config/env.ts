import path from "node:path";
import { z } from "zod";
import { defaultDataFolder, isRoot } from "./data-folder.mjs";
import type { KeyRing } from "./env-fields";
import * as field from "./env-fields";
import { type OidcProvider, readProviders } from "./env-providers";
import { ExpectedError } from "./expected-error";

/** Names every invalid variable in one message, each with its fix (REQ-H2). */
export class ConfigError extends ExpectedError {
  override name = "ConfigError";

  constructor(readonly problems: readonly ConfigProblem[]) {
    const width = Math.max(...problems.map((problem) => problem.variable.length));
    const lines = problems.map(({ variable, message }) => `  ${variable.padEnd(width)}  ${message}`);
    const summary = problems.length === 1 ? "1 invalid setting" : `${problems.length} invalid settings`;
    super(`${summary}:\n${lines.join("\n")}`);
  }
}

type ConfigProblem = { variable: string; message: string };

const schema = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"], "must be production, development or test")
    .default("production"),
  PORT: field.portNumber.default(3000),
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
  FOYER_SECURITY_CONTACT: field.contactUri.optional(),
  FOYER_TRUSTED_PROXIES: field.proxyNetworks.default([]),
  FOYER_WORKER: z.enum(["on", "off"], "must be on or off").default("on"),
  FOYER_LOG_LEVEL: field.logLevel.default("info"),
});

/** The validated variables of the operator, with the defaults that need no running database. */
export type Config = {
  mode: "development" | "production" | "test";
  port: number;
  /** Absolute path of the folder with the embedded database and the secrets. */
  dataFolder: string;
  /** The public origin; every link is built from it, never from a request's Host header. */
  origin: string;
  /** False if FOYER_URL is not set, so that the origin is the default on localhost. */
  originConfigured: boolean;
  databaseUrl?: string;
  /** The sender of emails, such as "Northwind <invitations@northwind.com>". */
  from?: string;
  resendApiKey?: string;
  resendBaseUrl?: string;
  resendWebhookSecret?: string;
  smtpUrl?: string;
  /** Signs sessions. */
  secret?: string;
  keys?: KeyRing;
  /** The login providers, in addition to passwords and login links. */
  providers: OidcProvider[];
  /** Addresses and networks whose X-Forwarded-For header is trusted. */
  trustedProxies: string[];
  /** The URI that /.well-known/security.txt names: FOYER_SECURITY_CONTACT, or the sender of emails. */
  securityContact?: string;
  /** True if the serving process also runs the jobs; otherwise `npm run worker` does. */
  worker: boolean;
  logLevel: string;
};

/** The configuration plus what startup provides: the running database and the stored secrets. */
export type Env = Config & Required<Pick<Config, "databaseUrl" | "secret" | "keys">>;

let parsed: Env | undefined;

/**
 * Returns the configuration of the running installation, parsed once. `npm start` sets the resolved variables
 * before anything calls this. Throws a ConfigError if one is missing or invalid.
 */
export function env(): Env {
  parsed ??= readEnv(process.env);
  return parsed;
}

/** Returns the same as `env` from the given variables, without caching. Throws a ConfigError. */
export function readEnv(variables: NodeJS.ProcessEnv): Env {
  const config = readConfig(variables);
  const { databaseUrl, secret, keys } = config;
  if (databaseUrl && secret && keys) return { ...config, databaseUrl, secret, keys };
  const missing = { DATABASE_URL: databaseUrl, FOYER_SECRET: secret, FOYER_KEYS: keys };
  throw new ConfigError(
    Object.entries(missing).flatMap(([variable, value]) =>
      value ? [] : [{ variable, message: "is required (`npm start` sets it)" }],
    ),
  );
}

/** Parses the variables as the operator set them; an empty one counts as not set. Throws a ConfigError. */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const values = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = variables[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const result = schema.safeParse(values);
  const problems: ConfigProblem[] = result.success
    ? []
    : result.error.issues.map((issue) => ({ variable: String(issue.path[0]), message: issue.message }));
  const { providers, problems: providerProblems } = readProviders(variables);
  const invalidVariables = new Set(problems.map((problem) => problem.variable));
  problems.push(
    ...findConflicts(values).filter((problem) => !invalidVariables.has(problem.variable)),
    ...providerProblems,
  );
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
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
    securityContact:
      read.FOYER_SECURITY_CONTACT ??
      (read.FOYER_FROM && `mailto:${field.parseSenderAddress(read.FOYER_FROM)}`),
    worker: read.FOYER_WORKER === "on",
    logLevel: read.FOYER_LOG_LEVEL,
  };
}

/** Returns the problems of variables that are valid alone but not in combination. */
function findConflicts(values: Record<string, string>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report = (variable: string, message: string) => problems.push({ variable, message });
  if (values.RESEND_API_KEY && values.SMTP_URL)
    report("SMTP_URL", "can't be combined with RESEND_API_KEY; remove one");
  if ((values.RESEND_API_KEY || values.SMTP_URL) && !values.FOYER_FROM)
    report("FOYER_FROM", 'is required to send email, such as "Northwind <invitations@northwind.com>"');
  for (const variable of ["RESEND_WEBHOOK_SECRET", "RESEND_BASE_URL"])
    if (values[variable] && !values.RESEND_API_KEY)
      report(variable, "only works with Resend; set RESEND_API_KEY too, or remove it");
  if (values.FOYER_WORKER === "off" && !values.DATABASE_URL)
    report("FOYER_WORKER", "is off, which requires DATABASE_URL");
  if (values.FOYER_SECRET && !values.FOYER_KEYS) report("FOYER_KEYS", "is required when FOYER_SECRET is set");
  if (values.FOYER_KEYS && !values.FOYER_SECRET) report("FOYER_SECRET", "is required when FOYER_KEYS is set");
  if (
    values.FOYER_URL &&
    values.NODE_ENV !== "development" &&
    values.NODE_ENV !== "test" &&
    field.isInsecureHttp(values.FOYER_URL)
  )
    report("FOYER_URL", "uses http on a public host, which exposes passwords; use https://");
  return problems;
}
