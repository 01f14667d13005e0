/**
 * Prints one line per step with its duration. While a step runs, a terminal shows a spinner; other outputs
 * get a line every ten seconds.
 */

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Runs a task as a named step and returns its result. Errors are passed on, and not printed.
 *
 * @template T
 * @param {string} name such as "Installing packages"
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withProgress(name, task) {
  const startedAt = performance.now();
  const stopIndicator = process.stdout.isTTY ? startSpinner(name, startedAt) : startReminder(name, startedAt);
  try {
    const result = await task();
    stopIndicator();
    printLine(`  ✓ ${name.padEnd(32)} ${elapsedSince(startedAt).padStart(7)}`);
    return result;
  } catch (error) {
    stopIndicator();
    printLine(`  ✗ ${name.padEnd(32)} ${elapsedSince(startedAt).padStart(7)}`);
    throw error;
  }
}

/** @param {string} line */
export function printLine(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * @param {string} name
 * @param {number} startedAt
 */
function startSpinner(name, startedAt) {
  let frame = 0;
  const draw = () => {
    frame += 1;
    process.stdout.write(
      `\r  ${FRAMES[frame % FRAMES.length]} ${name.padEnd(32)} ${elapsedSince(startedAt).padStart(7)}`,
    );
  };
  const timer = setInterval(draw, 120);
  return () => {
    clearInterval(timer);
    if (frame > 0) process.stdout.write("\r\u001b[K");
  };
}

/**
 * @param {string} name
 * @param {number} startedAt
 */
function startReminder(name, startedAt) {
  const timer = setInterval(() => printLine(`    ${name} … ${elapsedSince(startedAt)}`), 10_000);
  return () => clearInterval(timer);
}

/** @param {number} startedAt */
function elapsedSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
