import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { redactPath } from "./log";

/** Runs a statement in a child process and returns what it writes to the real log. */
function runAndReadLog(statement: string, variables: Record<string, string> = {}): string {
  const script = `import { log, logBug } from "./lib/log/log"; ${statement}`;
  const tsx = "node_modules/tsx/dist/cli.mjs";
  return execFileSync(process.execPath, [tsx, "--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: { ...process.env, ...variables },
  });
}

test("passwords, codes, tokens and cookies do not reach the log, up to three levels deep", () => {
  const output =
    runAndReadLog(`log.info({ password: "hush", code: "hush", body: { token: "hush", a: { secret: "hush" } },
    req: { headers: { cookie: "hush", authorization: "hush", "set-cookie": "hush" } } }, "logged");`);
  expect(JSON.parse(output)).toMatchObject({ level: "info", msg: "logged" });
  expect(output).not.toContain("hush");
});

test("H2 an invalid log level is reported with all other problems, by a log that works", () => {
  const output = runAndReadLog(
    `import { readConfig } from "./lib/config/env";
    try { readConfig({ NODE_ENV: "production", FOYER_LOG_LEVEL: process.env.FOYER_LOG_LEVEL, PORT: "0" }); } catch (error) { log.info(error.message); }`,
    { FOYER_LOG_LEVEL: "loud" },
  );
  const { level, msg } = JSON.parse(output) as { level: string; msg: string };
  expect(level).toBe("info");
  expect(msg).toMatch(/^2 invalid settings:\n +PORT .+\n +FOYER_LOG_LEVEL +must be fatal, error, /);
});

test("a bug is logged with the id that the user is shown", () => {
  const [line = "", id = ""] = runAndReadLog(`console.log(logBug(new Error("broken"), { at: "/join" }));`)
    .trim()
    .split("\n")
    .toSorted((a) => (a.startsWith("{") ? -1 : 1));
  expect(id).toMatch(/^[0-9a-f]{8}$/);
  expect(JSON.parse(line)).toMatchObject({
    level: "error",
    bug: id,
    at: "/join",
    err: { message: "broken" },
  });
});

test.each([
  ["/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=ABC", "/join/[hidden]"],
  ["/confirm/7KQF9-M2XTR-V4B8C-N3HJW", "/confirm/[hidden]"],
  ["/sign-in/7KQF9", "/sign-in/[hidden]"],
  ["/reset/7KQF9", "/reset/[hidden]"],
  ["/change-address/7KQF9", "/change-address/[hidden]"],
  ["/o/northwind/admin/users?after=lea%40x.io", "/o/northwind/admin/users"],
  ["/join", "/join"],
])("%s is logged as %s", (path, expected) => {
  expect(redactPath(path)).toBe(expected);
});
