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
 * The log of the process: JSON lines on standard output, at the level FOYER_LOG_LEVEL. Passwords, codes,
 * tokens, cookies and authorization headers are redacted by field name, up to three levels deep (S-PROC-9).
 * Never put one into a message.
 */
export const log = pino({
  // Not from env(): the log must also work to report invalid variables, this one included.
  level: logLevel.safeParse(process.env.FOYER_LOG_LEVEL?.trim()).data ?? "info",
  base: null,
  formatters: { level: (label) => ({ level: label }) },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: SECRET_FIELDS.flatMap((field) => {
      const key = field.includes("-") ? `["${field}"]` : field;
      const nestedKey = field.includes("-") ? key : `.${key}`;
      return [key, `*${nestedKey}`, `*.*${nestedKey}`];
    }),
    censor: "[hidden]",
  },
});

/**
 * Logs a bug with its context and returns its id of eight characters, which is shown to the user instead of
 * the error and which the operator finds in the log.
 */
export function logBug(error: unknown, context: Record<string, unknown> = {}): string {
  const id = randomBytes(4).toString("hex");
  log.error({ err: error, bug: id, ...context }, "unexpected error");
  return id;
}

/** Returns a path without its query, with codes and link secrets redacted (S-LINK-4). */
export function redactPath(path: string): string {
  return (path.split("?")[0] ?? "").replace(
    /^\/(join|confirm|sign-in|reset|change-address|request)\/.+/,
    "/$1/[hidden]",
  );
}
