import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
// Inside the project, so that the planted test file can import vitest.
const cache = path.join(root, "test-results");
const planted: string[] = [];
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs the steps with a planted test file and returns the exit status and the output. */
function runPlantedTests(
  file: string,
  steps = 'vitestStep("Unit tests", ["--root", root, "--config", "v.config.mjs"])',
) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "planted-"));
  planted.push(folder);
  writeFileSync(path.join(folder, "v.config.mjs"), "export default { test: { include: ['*.test.ts'] } };");
  writeFileSync(path.join(folder, "planted.test.ts"), file);
  const runner = path.join(folder, "check.mjs");
  writeFileSync(
    runner,
    `import { runSteps, nodeStep, vitestStep } from ${JSON.stringify(path.join(root, "scripts/run-steps.mjs"))};
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

test("passed tests are counted from the runner's report", () => {
  expect(runPlantedTests(passing)).toMatchObject({ status: 0, lastLine: "2 passed, 0 failed" });
}, 30_000);

test("a failing test gives a non-zero status, and its message is printed", () => {
  const result = runPlantedTests(`${passing} test("c", () => { throw new Error("planted"); });`);
  expect(result).toMatchObject({ status: 1, lastLine: "2 passed, 1 failed" });
  expect(result.stdout).toContain("planted");
}, 30_000);

test("a skipped test fails", () => {
  // This skip is only text in the planted file; the step must refuse it.
  const result = runPlantedTests(`${passing} test.skip("c", () => {});`);
  expect(result).toMatchObject({ status: 1, lastLine: "2 passed, 1 failed" });
}, 30_000);

test("a suite without tests fails", () => {
  expect(runPlantedTests("")).toMatchObject({ status: 1, lastLine: "0 passed, 1 failed" });
}, 30_000);

test("a test file that cannot be loaded fails", () => {
  const result = runPlantedTests(`import "./absent"; ${passing}`);
  expect(result).toMatchObject({ status: 1, lastLine: "0 passed, 1 failed" });
}, 30_000);

test("an error outside of any test fails", () => {
  const result = runPlantedTests(
    `${passing} setTimeout(() => { throw new Error("late"); }, 0); test("c", () => new Promise((r) => setTimeout(r, 50)));`,
  );
  expect(result).toMatchObject({ status: 1, lastLine: "3 passed, 1 failed" });
}, 30_000);

test("a failing program fails, and the steps after it still run", () => {
  const steps = 'nodeStep("Lint", ["-e", "process.exit(3)"]), nodeStep("Types", ["-e", "0"])';
  expect(runPlantedTests("", steps)).toMatchObject({ status: 1, lastLine: "1 passed, 1 failed" });
});

test("the steps of an inner array run side by side, and those after it wait for them", () => {
  // Each of the first two waits until the other has started; the third reads what both wrote.
  const start = (own: string, other: string) =>
    `nodeStep(${JSON.stringify(own)}, ["-e", ${JSON.stringify(
      `const { existsSync, writeFileSync } = require("node:fs");
       writeFileSync("${own}", ""); const wait = () => existsSync("${other}") || setTimeout(wait, 20); wait();`,
    )}])`;
  const folder = mkdtempSync(path.join(os.tmpdir(), "foyer-steps-"));
  planted.push(folder);
  const [first, second] = [path.join(folder, "first"), path.join(folder, "second")];
  const both = `require("node:fs").readFileSync("${first}"); require("node:fs").readFileSync("${second}")`;
  const steps = `[${start(first, second)}, ${start(second, first)}], nodeStep("Both", ["-e", ${JSON.stringify(both)}])`;
  expect(runPlantedTests("", steps)).toMatchObject({ status: 0, lastLine: "3 passed, 0 failed" });
}, 30_000);

test("when steps run side by side, the output of the one that failed is printed, and all are counted", () => {
  const steps = `[nodeStep("Lint", ["-e", "console.log('a problem'); process.exit(3)"]), nodeStep("Types", ["-e", "0"])]`;
  const result = runPlantedTests("", steps);
  expect(result).toMatchObject({ status: 1, lastLine: "1 passed, 1 failed" });
  expect(result.stdout).toMatch(/✗ Lint +\d+\.\d s\n\na problem\n/);
  expect(result.stdout).toMatch(/✓ Types/);
});
