/**
 * One line for each step of the start, with its time; a long one shows that it lives: on a terminal by
 * a line that moves, elsewhere by one more line every ten seconds.
 */

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Does `work` under the name of a step and answers what it answers. Prints nothing of a step that fails: the error tells.
 *
 * @template T
 * @param {string} name what is done, like "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const began = performance.now();
  const stopLife = process.stdout.isTTY ? spin(name, began) : remind(name, began);
  try {
    const result = await work();
    stopLife();
    say(`  ✓ ${name.padEnd(32)} ${seconds(began).padStart(7)}`);
    return result;
  } catch (error) {
    stopLife();
    say(`  ✗ ${name.padEnd(32)} ${seconds(began).padStart(7)}`);
    throw error;
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * @param {string} name
 * @param {number} began
 */
function spin(name, began) {
  let turn = 0;
  const draw = () => {
    turn += 1;
    process.stdout.write(
      `\r  ${FRAMES[turn % FRAMES.length]} ${name.padEnd(32)} ${seconds(began).padStart(7)}`,
    );
  };
  const timer = setInterval(draw, 120);
  return () => {
    clearInterval(timer);
    if (turn > 0) process.stdout.write("\r\u001b[K");
  };
}

/**
 * @param {string} name
 * @param {number} began
 */
function remind(name, began) {
  const timer = setInterval(() => say(`    ${name} … ${seconds(began)}`), 10_000);
  return () => clearInterval(timer);
}

/** @param {number} began */
function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
