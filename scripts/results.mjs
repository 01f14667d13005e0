import { readFile, rm } from "node:fs/promises";

/**
 * The result of a step. A step that is not a test suite counts as one test.
 *
 * @typedef {{ passed: number, failed: number, reasons: string[] }} StepResult
 */

/**
 * Turns the counts of a test runner into a result. A skipped test counts as failed, and so does a suite
 * without tests, because neither proves anything.
 *
 * @param {{ passed: number, failed: number, skipped: number }} counts
 * @param {number} exitCode
 * @returns {StepResult}
 */
export function evaluateCounts({ passed, failed, skipped }, exitCode) {
  const reasons = [];
  if (skipped > 0) reasons.push(`${skipped} skipped: a test that does not run proves nothing`);
  if (passed + failed + skipped === 0) reasons.push("no test was found");
  const total = failed + skipped + (passed + failed + skipped === 0 ? 1 : 0);
  // An error outside of any test shows only in the exit code.
  if (exitCode !== 0 && total === 0)
    reasons.push(`the runner exited with ${exitCode}, although no test failed`);
  return { passed, failed: exitCode !== 0 && total === 0 ? 1 : total, reasons };
}

/**
 * @param {string} file the JSON report of vitest
 * @param {number} exitCode
 */
export async function readVitestResults(file, exitCode) {
  const report = await readReport(file);
  if (!report) return missingReport(exitCode);
  const unreadable = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ suite) =>
      suite.status === "failed" && suite.assertionResults.length === 0,
  ).length;
  return evaluateCounts(
    {
      passed: report.numPassedTests,
      // A test file that could not be loaded has no counted tests.
      failed: report.numFailedTests + unreadable,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    exitCode,
  );
}

/**
 * @param {string} file the JSON report of Playwright
 * @param {number} exitCode
 */
export async function readPlaywrightResults(file, exitCode) {
  const report = await readReport(file);
  if (!report) return missingReport(exitCode);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return evaluateCounts({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

/** @param {number} exitCode */
function missingReport(exitCode) {
  return { passed: 0, failed: 1, reasons: [`the runner exited with ${exitCode} and wrote no report`] };
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
