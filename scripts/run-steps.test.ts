import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
// Below the project, where a test file finds vitest.
const cache = path.join(root, "test-results");
const planted: string[] = [];
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
});

/** What `npm test` would say and end with, if its unit tests were this file alone. */
function outcomeOf(
  file: string,
  steps = 'vitest("Unit tests", ["--root", root, "--config", "v.config.mjs"])',
) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "planted-"));
  planted.push(folder);
  writeFileSync(path.join(folder, "v.config.mjs"), "export default { test: { include: ['*.test.ts'] } };");
  writeFileSync(path.join(folder, "planted.test.ts"), file);
  const runner = path.join(folder, "check.mjs");
  writeFileSync(
    runner,
    `import { runSteps, tool, vitest } from ${JSON.stringify(path.join(root, "scripts/run-steps.mjs"))};
     const root = ${JSON.stringify(folder)};
     process.exit((await runSteps([${steps}])) ? 0 : 1);`,
  );
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
  const { status, stdout } = spawnSync(process.execPath, [runner], {
    encoding: "utf8",
    env: env as NodeJS.ProcessEnv,
  });
  return { status, lastLine: stdout.trim().split("\n").at(-1), stdout };
}

const passing = 'import { test } from "vitest"; test("a", () => {}); test("b", () => {});';

test("what passes is counted from the runner's own report", () => {
  expect(outcomeOf(passing)).toMatchObject({ status: 0, lastLine: "2 passed, 0 failed" });
}, 30_000);

test("a planted failure makes it end non-zero, and its words are shown", () => {
  const outcome = outcomeOf(`${passing} test("c", () => { throw new Error("planted"); });`);
  expect(outcome).toMatchObject({ status: 1, lastLine: "2 passed, 1 failed" });
  expect(outcome.stdout).toContain("planted");
}, 30_000);

test("a skipped test fails", () => {
  // Only a text, written to a file of its own: the skip is what the step must refuse.
  const outcome = outcomeOf(`${passing} test.skip("c", () => {});`);
  expect(outcome).toMatchObject({ status: 1, lastLine: "2 passed, 1 failed" });
}, 30_000);

test("no test at all fails", () => {
  expect(outcomeOf("")).toMatchObject({ status: 1, lastLine: "0 passed, 1 failed" });
}, 30_000);

test("a file that cannot be read fails", () => {
  const outcome = outcomeOf(`import "./absent"; ${passing}`);
  expect(outcome).toMatchObject({ status: 1, lastLine: "0 passed, 1 failed" });
}, 30_000);

test("an error outside of any test fails", () => {
  const outcome = outcomeOf(
    `${passing} setTimeout(() => { throw new Error("late"); }, 0); test("c", () => new Promise((r) => setTimeout(r, 50)));`,
  );
  expect(outcome).toMatchObject({ status: 1, lastLine: "3 passed, 1 failed" });
}, 30_000);

test("a failing tool fails, and what comes after it still runs", () => {
  const steps = 'tool("Lint", ["-e", "process.exit(3)"]), tool("Types", ["-e", "0"])';
  expect(outcomeOf("", steps)).toMatchObject({ status: 1, lastLine: "1 passed, 1 failed" });
});
