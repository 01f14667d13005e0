import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["app", "components", "emails", "lib", "scripts", "e2e", "prisma", "bench"];
const testFile = /[.](test|spec)[.]tsx?$/;
// The title of a test starts with the requirements and security rules that it proves:
// test("S-LINK-2 D2 opening the link changes nothing", …).
const title = /\b(?:test|it)(?:[.]each\([\s\S]*?\))?\(\s*["'`]((?:(?:[A-M]\d{1,2}|S-[A-Z0-9]+-\d+)\b\s*)+)/g;

/**
 * Returns the requirements in the text of docs/requirements.md, in its order.
 *
 * @param {string} text
 * @returns {{ id: string, title: string }[]}
 */
export function parseRequirements(text) {
  return [...text.matchAll(/^- ([A-M]\d{1,2}) (.+)$/gm)].map(([, id = "", title = ""]) => ({ id, title }));
}

/**
 * Returns the security rules in the text of docs/security-rules.md, in its order.
 *
 * @param {string} text
 * @returns {{ id: string, title: string }[]}
 */
export function parseRules(text) {
  return [...text.matchAll(/^- \*\*(S-[A-Z0-9]+-\d+)\*\* (.+)$/gm)].map(([, id = "", title = ""]) => ({
    id,
    title,
  }));
}

/**
 * Returns the ids of the requirements and rules that a test file proves.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function findTestedRequirements(text) {
  return [...text.matchAll(title)].flatMap(([, ids = ""]) => ids.trim().split(/\s+/));
}

const RULES = "docs/security-rules.md";
const REQUIREMENTS = "docs/requirements.md";

/**
 * Returns the citations in a text that name a requirement (REQ-C3), rule (S-LINK-2) or decision (decision 0030) that
 * does not exist.
 *
 * @param {string} text
 * @param {ReadonlySet<string>} known such as "REQ-C3", "S-LINK-2" and "decision 0030"
 * @returns {string[]}
 */
export function findDanglingCitations(text, known) {
  const cited = text.matchAll(/\b(REQ-[A-Z]\d+|S-[A-Z0-9]+-\d+|decision \d{4})\b/gi);
  return [...cited]
    .map(([citation]) => citation.replace(/^Decision/, "decision"))
    .filter((citation) => !known.has(citation));
}

/** @returns {Set<string>} everything that a comment, test title or document can cite */
function citable() {
  const read = (/** @type {string} */ file) => readFileSync(path.join(root, file), "utf8");
  return new Set([
    ...parseRequirements(read(REQUIREMENTS)).map(({ id }) => `REQ-${id}`),
    ...parseRules(read(RULES)).map(({ id }) => id),
    ...readdirSync(path.join(root, "docs/decisions")).map((file) => `decision ${file.slice(0, 4)}`),
  ]);
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
  const requirements = [
    ...parseRequirements(readFileSync(path.join(root, REQUIREMENTS), "utf8")),
    ...parseRules(readFileSync(path.join(root, RULES), "utf8")),
  ];
  const files = folders.flatMap((folder) => testFiles(path.join(root, folder)));
  const tested = new Set(files.flatMap((file) => findTestedRequirements(readFileSync(file, "utf8"))));
  const untested = requirements.filter(({ id }) => !tested.has(id));
  console.log(
    `${requirements.length - untested.length} of ${requirements.length} requirements and rules have a test. Without one:`,
  );
  for (const { id, title } of untested) console.log(`  ${id.padEnd(11)} ${title}`);

  const flag = process.argv.indexOf("--require");
  const required = flag === -1 ? [] : (process.argv[flag + 1] ?? "").split(",");
  const problems = [
    ...required
      .filter((id) => !tested.has(id))
      .map((id) => `${id} must have a test whose title starts with it.`),
    ...required
      .filter((id) => !requirements.some((requirement) => requirement.id === id))
      .map((id) => `${id} is required but is neither a requirement nor a rule.`),
    ...[...tested]
      .filter((id) => !requirements.some((requirement) => requirement.id === id))
      .map((id) => `A test title has ${id}, which is neither a requirement nor a rule.`),
  ];
  const known = citable();
  const all = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  for (const file of all.split("\n").filter((name) => /[.](ts|tsx|mjs|cjs|css|md|prisma)$/.test(name)))
    if (existsSync(path.join(root, file)) && !file.startsWith("scripts/requirements"))
      for (const citation of findDanglingCitations(readFileSync(path.join(root, file), "utf8"), known))
        problems.push(`${file} cites ${citation}, which does not exist.`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
}
