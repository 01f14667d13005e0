import { randomBytes } from "node:crypto";
import pino from "pino";
import { logLevel } from "@/lib/config/env-fields";

const SECRET_FIELDS = [
  "password",
  "code",
  "token",
  "secret",
  "proof",
  "link",
  "cookie",
  "authorization",
  "set-cookie",
];

/**
 * The log of the process: JSON lines on standard output, level FOYER_LOG_LEVEL. Passwords, codes, tokens, cookies and
 * authorization headers are blotted out by field name, in the object logged and two below it; never put one into a message.
 */
export const log = pino({
  // Read from the variable, not from env(): the log must also work for saying that the settings are wrong, this one too.
  level: logLevel.safeParse(process.env.FOYER_LOG_LEVEL?.trim()).data ?? "info",
  base: null,
  formatters: { level: (label) => ({ level: label }) },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: SECRET_FIELDS.flatMap((field) => {
      const key = field.includes("-") ? `["${field}"]` : field;
      const below = field.includes("-") ? key : `.${key}`;
      return [key, `*${below}`, `*.*${below}`];
    }),
    censor: "[hidden]",
  },
});

/**
 * Logs a bug with the facts around it and answers its id, eight letters and digits: what people are shown instead of the
 * error, and what the operator searches the log for.
 */
export function logBug(error: unknown, facts: Record<string, unknown> = {}): string {
  const id = randomBytes(4).toString("hex");
  log.error({ err: error, bug: id, ...facts }, "a bug");
  return id;
}

/** A path as it may be logged: codes and links in it are secrets (security, Links). */
export function pathForLog(path: string): string {
  return (path.split("?")[0] ?? "").replace(
    /^\/(join|confirm|sign-in|reset|change-address|request)\/.+/,
    "/$1/[hidden]",
  );
}
