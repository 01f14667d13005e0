import { readFile, rm } from "node:fs/promises";

/**
 * What a step of the check came to. A step that is no suite of tests counts as one.
 *
 * @typedef {{ passed: number, failed: number, reasons: string[] }} Tally
 */

/**
 * Counts what a runner reported about itself. Skipping is failing, and so is finding no test at all: both look green while
 * nothing was proved.
 *
 * @param {{ passed: number, failed: number, skipped: number }} counts
 * @param {number} exitCode
 * @returns {Tally}
 */
export function judge({ passed, failed, skipped }, exitCode) {
  const reasons = [];
  if (skipped > 0) reasons.push(`${skipped} skipped: a test that does not run proves nothing`);
  if (passed + failed + skipped === 0) reasons.push("no test was found");
  const total = failed + skipped + (passed + failed + skipped === 0 ? 1 : 0);
  // An error outside of any test: the runner knows of it by its exit code alone.
  if (exitCode !== 0 && total === 0) reasons.push(`the runner ended with ${exitCode} though no test failed`);
  return { passed, failed: exitCode !== 0 && total === 0 ? 1 : total, reasons };
}

/**
 * @param {string} file the JSON report of vitest
 * @param {number} exitCode
 */
export async function tallyVitest(file, exitCode) {
  const report = await readReport(file);
  if (!report) return noReport(exitCode);
  const empty = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ suite) =>
      suite.status === "failed" && suite.assertionResults.length === 0,
  ).length;
  return judge(
    {
      passed: report.numPassedTests,
      // A file that could not even be read holds tests that nobody counted.
      failed: report.numFailedTests + empty,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    exitCode,
  );
}

/**
 * @param {string} file the JSON report of Playwright
 * @param {number} exitCode
 */
export async function tallyPlaywright(file, exitCode) {
  const report = await readReport(file);
  if (!report) return noReport(exitCode);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return judge({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

/** @param {number} exitCode */
function noReport(exitCode) {
  return { passed: 0, failed: 1, reasons: [`the runner ended with ${exitCode} and left no report`] };
}

/** @param {string} file */
async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  } finally {
    await rm(file, { force: true });
  }
}
