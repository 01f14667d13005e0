import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { say, step } from "./steps.mjs";
import { tallyPlaywright, tallyVitest } from "./tally.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = path.join(root, "test-results");

/**
 * @typedef {import("./tally.mjs").Tally} Tally
 * @typedef {{ name: string, run: () => Promise<Tally & { output: string }> }} Step
 */

/**
 * Runs all steps, also after one failed, says what each failure said, and ends with one line: `N passed, N failed`.
 *
 * @param {Step[]} steps
 * @returns {Promise<boolean>} did everything pass?
 */
export async function runSteps(steps) {
  let [passed, failed] = [0, 0];
  for (const { name, run } of steps) {
    await step(name, async () => {
      const tally = await run().catch((error) => ({
        passed: 0,
        failed: 1,
        reasons: [error.message],
        output: "",
      }));
      passed += tally.passed;
      failed += tally.failed;
      if (tally.failed > 0) throw new Failed(`${tally.output}\n${tally.reasons.join("\n")}`.trim());
    }).catch((error) => {
      if (!(error instanceof Failed)) throw error;
      say(`\n${error.message}\n`);
    });
  }
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}

class Failed extends Error {}

/**
 * A step that passes when its program ends well.
 *
 * @param {string} name
 * @param {string[]} words arguments of node
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Step}
 */
export function tool(name, words, env) {
  return {
    name,
    async run() {
      const { exitCode, output } = await execute(words, env);
      return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, reasons: [], output };
    },
  };
}

/**
 * A step that is our own work in this process.
 *
 * @param {string} name
 * @param {() => Promise<void>} work
 * @returns {Step}
 */
export function work(name, work) {
  return {
    name,
    async run() {
      await work();
      return { passed: 1, failed: 0, reasons: [], output: "" };
    },
  };
}

/**
 * A suite of vitest, counted from its own report.
 *
 * @param {string} name
 * @param {string[]} words
 * @returns {Step}
 */
export function vitest(name, words) {
  return {
    name,
    async run() {
      const report = await freshReport("vitest");
      const program = ["node_modules/vitest/vitest.mjs", "run", "--passWithNoTests=false"];
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const { exitCode, output } = await execute([...program, ...words, ...reporters]);
      return { ...(await tallyVitest(report, exitCode)), output };
    },
  };
}

/**
 * The journeys, counted from Playwright's own report.
 *
 * @param {string} name
 * @param {string[]} words
 * @returns {Step}
 */
export function playwright(name, words) {
  return {
    name,
    async run() {
      const report = await freshReport("playwright");
      const program = [
        "node_modules/@playwright/test/cli.js",
        "test",
        "--config",
        "e2e/playwright.config.ts",
      ];
      const { exitCode, output } = await execute([...program, ...words], { FOYER_REPORT: report });
      return { ...(await tallyPlaywright(report, exitCode)), output };
    },
  };
}

/** @param {string} runner */
async function freshReport(runner) {
  await mkdir(reports, { recursive: true });
  const report = path.join(reports, `${runner}-${process.pid}.json`);
  await rm(report, { force: true });
  return report;
}

/**
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
function execute(words, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", FORCE_COLOR: undefined, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (/** @type {Buffer} */ part) => {
      output += part;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
