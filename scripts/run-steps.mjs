import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { printLine, withProgress } from "./progress.mjs";
import { readPlaywrightResults, readVitestResults } from "./results.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = path.join(root, "test-results");

/**
 * @typedef {import("./results.mjs").StepResult} StepResult
 * @typedef {{ name: string, run: () => Promise<StepResult & { output: string }> }} Step
 */

/**
 * Runs all steps, even after one fails, prints the output of those that failed, and a last line `N passed, N
 * failed`. The steps of an inner array run side by side, two at a time; the next entry waits for them.
 *
 * @param {(Step | Step[])[]} steps
 * @returns {Promise<boolean>} true if everything passed
 */
export async function runSteps(steps) {
  let [passed, failed] = [0, 0];
  for (const entry of steps) {
    const waiting = [entry].flat();
    const runWaiting = async () => {
      for (let step = waiting.shift(); step; step = waiting.shift()) {
        const result = await runStep(step);
        passed += result.passed;
        failed += result.failed;
      }
    };
    await Promise.all([runWaiting(), runWaiting()]);
  }
  printLine(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}

/**
 * Runs one step and prints its output if it failed.
 *
 * @param {Step} step
 * @returns {Promise<StepResult>}
 */
async function runStep({ name, run }) {
  try {
    return await withProgress(name, async () => {
      const result = await run().catch((error) => ({
        passed: 0,
        failed: 1,
        reasons: [error.message],
        output: "",
      }));
      if (result.failed > 0) throw new StepFailed(result);
      return result;
    });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    printLine(`\n${error.message}\n`);
    return error.result;
  }
}

class StepFailed extends Error {
  /** @param {StepResult & { output: string }} result */
  constructor(result) {
    super(`${result.output}\n${result.reasons.join("\n")}`.trim());
    this.result = result;
  }
}

/**
 * Returns a step that runs a Node program and passes if it exits with 0.
 *
 * @param {string} name
 * @param {string[]} args arguments of node
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Step}
 */
export function nodeStep(name, args, env) {
  return {
    name,
    async run() {
      const { exitCode, output } = await runNode(args, env);
      return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, reasons: [], output };
    },
  };
}

/**
 * Returns a step that runs a function in this process and passes if it does not throw.
 *
 * @param {string} name
 * @param {() => Promise<void>} task
 * @returns {Step}
 */
export function taskStep(name, task) {
  return {
    name,
    async run() {
      await task();
      return { passed: 1, failed: 0, reasons: [], output: "" };
    },
  };
}

/**
 * Returns a step that runs Vitest and counts the tests in its JSON report.
 *
 * @param {string} name
 * @param {string[]} args
 * @param {string} [sqlResults] a file to which the tests write the results of their SQL statements
 * @returns {Step}
 */
export function vitestStep(name, args, sqlResults) {
  return {
    name,
    async run() {
      const report = await prepareReport(name);
      if (sqlResults) await rm(sqlResults, { force: true });
      const env = sqlResults ? { FOYER_SQL_RESULTS: sqlResults } : {};
      const program = ["node_modules/vitest/vitest.mjs", "run", "--passWithNoTests=false"];
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const { exitCode, output } = await runNode([...program, ...args, ...reporters], env);
      return { ...(await readVitestResults(report, exitCode)), output };
    },
  };
}

/**
 * Returns a step that runs Playwright and counts the tests in its JSON report.
 *
 * @param {string} name
 * @param {string[]} args
 * @returns {Step}
 */
export function playwrightStep(name, args) {
  return {
    name,
    async run() {
      const report = await prepareReport(name);
      const program = [
        "node_modules/@playwright/test/cli.js",
        "test",
        "--config",
        "e2e/playwright.config.ts",
      ];
      const { exitCode, output } = await runNode([...program, ...args], { FOYER_REPORT: report });
      return { ...(await readPlaywrightResults(report, exitCode)), output };
    },
  };
}

/** @param {string} step */
async function prepareReport(step) {
  await mkdir(reports, { recursive: true });
  const report = path.join(reports, `${step.toLowerCase().replaceAll(" ", "-")}-${process.pid}.json`);
  await rm(report, { force: true });
  return report;
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
function runNode(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", FORCE_COLOR: undefined, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const append = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout.on("data", append);
    child.stderr.on("data", append);
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
