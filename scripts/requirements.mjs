import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["app", "components", "emails", "lib", "scripts", "e2e", "prisma", "bench"];
const testFile = /[.](test|spec)[.]tsx?$/;
// The title of a test starts with the requirement that it proves: test("C3 a fourth resend is refused", …).
const title = /\b(?:test|it)(?:[.]each\([\s\S]*?\))?\(\s*["'`]([A-H]\d{1,2})\b/g;

/**
 * Returns the requirements in the text of docs/requirements.md, in its order.
 *
 * @param {string} text
 * @returns {{ id: string, title: string }[]}
 */
export function parseRequirements(text) {
  return [...text.matchAll(/^- ([A-H]\d{1,2}) (.+)$/gm)].map(([, id = "", title = ""]) => ({ id, title }));
}

/**
 * Returns the ids of the requirements that a test file proves.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function findTestedRequirements(text) {
  return [...text.matchAll(title)].map(([, id = ""]) => id);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && testFile.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const requirements = parseRequirements(readFileSync(path.join(root, "docs/requirements.md"), "utf8"));
  const files = folders.flatMap((folder) => testFiles(path.join(root, folder)));
  const tested = new Set(files.flatMap((file) => findTestedRequirements(readFileSync(file, "utf8"))));
  const untested = requirements.filter(({ id }) => !tested.has(id));
  console.log(
    `${requirements.length - untested.length} of ${requirements.length} requirements have a test. Without one:`,
  );
  for (const { id, title } of untested) console.log(`  ${id.padEnd(4)}${title}`);

  const flag = process.argv.indexOf("--require");
  const required = flag === -1 ? [] : (process.argv[flag + 1] ?? "").split(",");
  const problems = [
    ...required
      .filter((id) => !tested.has(id))
      .map((id) => `${id} must have a test whose title starts with it.`),
    ...required
      .filter((id) => !requirements.some((requirement) => requirement.id === id))
      .map((id) => `${id} is required but is not a requirement.`),
    ...[...tested]
      .filter((id) => !requirements.some((requirement) => requirement.id === id))
      .map((id) => `A test title has ${id}, which is not a requirement.`),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
}
