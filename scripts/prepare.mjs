import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packFiles } from "./pack.mjs";
import { Refusal } from "./refusal.mjs";
import { step } from "./steps.mjs";

/**
 * Each of the three does its work only when what it was made from has changed: a stamp beside the result holds the hash
 * of that, and is written last, so that what was broken off is done again.
 */

const INSTALL_STAMP = "node_modules/.foyer-installed";
const GENERATE_STAMP = "lib/db/generated/.made-from";
const BUILD_STAMP = ".next/foyer-built-from";

/** Installs the packages of package-lock.json unless they are there. */
export async function install() {
  const wanted = hashOf(["package.json", "package-lock.json", ".npmrc"]);
  if (read(INSTALL_STAMP) === wanted) return;
  await step("Installing packages", async () => {
    // The build needs the development packages too, whatever NODE_ENV says.
    await run("npm", ["install", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    stamp(INSTALL_STAMP, hashOf(["package.json", "package-lock.json", ".npmrc"]));
  });
}

/** Generates the database client unless it was made from this schema. */
export async function generate() {
  const wanted = hashOf(["prisma/schema.prisma", "package-lock.json"]);
  if (read(GENERATE_STAMP) === wanted) return;
  await step("Generating the database client", async () => {
    // Prisma wants to download an engine that generating does not use. Any program's path keeps it from that, for this command alone.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
    await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], env);
    stamp(GENERATE_STAMP, wanted);
  });
}

const SOURCES = ["app", "components", "emails", "lib", "public", "prisma/schema.prisma"];
const CONFIGURATION = [
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/** Builds the application unless it was built from these sources. */
export async function build() {
  const wanted = hashOf([...SOURCES.flatMap(sourceFiles), ...CONFIGURATION]);
  if (read(BUILD_STAMP) === wanted) return;
  await step("Building", async () => {
    const env = { ...process.env, NODE_ENV: "production" };
    await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], env);
    await packFiles(".next/static");
    stamp(BUILD_STAMP, wanted);
  });
}

/**
 * The files below a folder that end up in the build; tests and what is generated do not.
 *
 * @param {string} at
 * @returns {string[]}
 */
function sourceFiles(at) {
  if (!existsSync(at) || at === "lib/db/generated") return [];
  if (statSync(at).isFile()) return /\.test\.tsx?$/.test(at) ? [] : [at];
  return readdirSync(at)
    .sort()
    .flatMap((name) => sourceFiles(path.join(at, name)));
}

/** @param {string[]} files */
function hashOf(files) {
  const hash = createHash("sha256").update(process.version.split(".")[0]);
  for (const file of files) hash.update(`\n${file}\n`).update(read(file) ?? "");
  return hash.digest("hex");
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {string} hash
 */
function stamp(file, hash) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

/**
 * Runs a program to its end and keeps quiet about it unless it fails; then its words are the reason.
 *
 * @param {string} program
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>}
 */
function run(program, words, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, stdio: ["ignore", "pipe", "pipe"] });
    const kill = () => child.kill();
    process.once("exit", kill);
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", kill);
      if (code === 0) return resolve();
      const said = output.trim().split("\n").slice(-40).join("\n");
      reject(new Refusal(`\`${[path.basename(program), ...words].join(" ")}\` failed:\n${said}`));
    });
  });
}
