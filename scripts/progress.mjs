/**
 * Prints one line per step with its duration. While steps run, a terminal shows a spinner with their names; other outputs
 * get a line every ten seconds. Steps can run side by side and inside each other.
 */

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** @type {Set<{ name: string, startedAt: number }>} */
const running = new Set();
/** @type {NodeJS.Timeout | undefined} */
let timer;
let frame = 0;
let isSpinnerDrawn = false;

/**
 * Runs a task as a named step and returns its result. Errors are passed on, and not printed.
 *
 * @template T
 * @param {string} name such as "Installing packages"
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withProgress(name, task) {
  const step = { name, startedAt: performance.now() };
  running.add(step);
  timer ??= process.stdout.isTTY ? setInterval(drawSpinner, 120) : setInterval(printReminder, 10_000);
  const finish = (/** @type {string} */ mark) => {
    running.delete(step);
    if (running.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    printLine(`  ${mark} ${name.padEnd(32)} ${elapsedSince(step.startedAt).padStart(7)}`);
  };
  try {
    const result = await task();
    finish("✓");
    return result;
  } catch (error) {
    finish("✗");
    throw error;
  }
}

/** @param {string} line */
export function printLine(line) {
  // The line replaces the spinner, which is drawn again below it.
  process.stdout.write(isSpinnerDrawn ? `\r\u001b[K${line}\n` : `${line}\n`);
  isSpinnerDrawn = false;
}

function drawSpinner() {
  frame += 1;
  isSpinnerDrawn = true;
  process.stdout.write(`\r\u001b[K  ${FRAMES[frame % FRAMES.length]} ${describeRunning()}`);
}

function printReminder() {
  printLine(`    … ${describeRunning()}`);
}

function describeRunning() {
  return [...running].map(({ name, startedAt }) => `${name} ${elapsedSince(startedAt)}`).join(" · ");
}

/** @param {number} startedAt */
function elapsedSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
