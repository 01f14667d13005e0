import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const rooms = ["app", "components", "emails", "lib", "scripts", "e2e", "prisma", "bench"];
const testFile = /[.](test|spec)[.]tsx?$/;
// The title of a test that proves a row begins with the row: test("C3 a fourth resend is refused", …).
const title = /\b(?:test|it)(?:[.]each\([\s\S]*?\))?\(\s*["'`]([A-H]\d{1,2})\b/g;

/**
 * The rows of docs/rows.md, in its order.
 *
 * @param {string} text
 * @returns {{ id: string, title: string }[]}
 */
export function rowsIn(text) {
  return [...text.matchAll(/^- ([A-H]\d{1,2}) (.+)$/gm)].map(([, id = "", title = ""]) => ({ id, title }));
}

/**
 * The rows that a test file says it proves.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function provenIn(text) {
  return [...text.matchAll(title)].map(([, id = ""]) => id);
}

/**
 * @param {string} at
 * @returns {string[]}
 */
function testFiles(at) {
  if (!existsSync(at)) return [];
  return readdirSync(at, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && testFile.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = rowsIn(readFileSync(path.join(root, "docs/rows.md"), "utf8"));
  const files = rooms.flatMap((room) => testFiles(path.join(root, room)));
  const proven = new Set(files.flatMap((file) => provenIn(readFileSync(file, "utf8"))));
  const open = rows.filter(({ id }) => !proven.has(id));
  console.log(`${rows.length - open.length} of ${rows.length} rows have a test. Without one:`);
  for (const { id, title } of open) console.log(`  ${id.padEnd(4)}${title}`);

  const flag = process.argv.indexOf("--require");
  const required = flag === -1 ? [] : (process.argv[flag + 1] ?? "").split(",");
  const problems = [
    ...required
      .filter((id) => !proven.has(id))
      .map((id) => `${id} must have a test whose title begins with it.`),
    ...required
      .filter((id) => !rows.some((row) => row.id === id))
      .map((id) => `${id} is required but is no row.`),
    ...[...proven]
      .filter((id) => !rows.some((row) => row.id === id))
      .map((id) => `A test names ${id}, which is no row.`),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
}
