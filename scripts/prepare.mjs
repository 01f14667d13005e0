import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { precompressFiles } from "./precompress.mjs";
import { withProgress } from "./progress.mjs";
import { StartupError } from "./startup-error.mjs";

/**
 * Each of these steps runs only if its sources have changed: a stamp file next to the result has their hash.
 * The stamp is written last, so that an interrupted step runs again.
 */

const INSTALL_STAMP = "node_modules/.foyer-installed";
const GENERATE_STAMP = "lib/db/generated/.made-from";
const BUILD_STAMP = ".next/foyer-built-from";

/** Installs the packages of package-lock.json unless they are installed. */
export async function installPackages() {
  const wanted = hashFiles(["package.json", "package-lock.json", ".npmrc"]);
  if (readIfExists(INSTALL_STAMP) === wanted) return;
  await withProgress("Installing packages", async () => {
    // The build needs the development packages too, whatever NODE_ENV says.
    const options = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    await runProgram("npm", ["ci", ...options]).catch((error) => {
      // EUSAGE: the lock file does not match package.json, for example while a dependency is being added.
      if (!/EUSAGE/.test(error.message)) throw error;
      return runProgram("npm", ["install", ...options]);
    });
    writeStamp(INSTALL_STAMP, hashFiles(["package.json", "package-lock.json", ".npmrc"]));
  });
}

/** Generates the database client unless it is up to date. */
export async function generateDatabaseClient() {
  const wanted = hashFiles(["prisma/schema.prisma", "package-lock.json"]);
  if (readIfExists(GENERATE_STAMP) === wanted) return;
  await withProgress("Generating the database client", async () => {
    // Prisma would download an engine that it does not need to generate. The path of any program prevents
    // that.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
    await runProgram(process.execPath, ["node_modules/prisma/build/index.js", "generate"], env);
    writeStamp(GENERATE_STAMP, wanted);
  });
}

const SOURCES = ["app", "components", "emails", "lib", "messages", "public", "prisma/schema.prisma"];
const CONFIGURATION = [
  "instrumentation.ts",
  "next.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/** Builds the application unless the build is up to date. */
export async function buildApplication() {
  const wanted = hashFiles([...SOURCES.flatMap(listSourceFiles), ...CONFIGURATION]);
  if (readIfExists(BUILD_STAMP) === wanted) return;
  await withProgress("Building", async () => {
    const env = { ...process.env, NODE_ENV: "production" };
    await runProgram(process.execPath, ["node_modules/next/dist/bin/next", "build"], env);
    await precompressFiles(".next/static");
    writeStamp(BUILD_STAMP, wanted);
  });
}

/**
 * Returns the files of a folder that are part of the build, without tests and generated files.
 *
 * @param {string} source
 * @returns {string[]}
 */
function listSourceFiles(source) {
  if (!existsSync(source) || source === "lib/db/generated") return [];
  if (statSync(source).isFile()) return /\.test\.tsx?$/.test(source) ? [] : [source];
  return readdirSync(source)
    .sort()
    .flatMap((name) => listSourceFiles(path.join(source, name)));
}

/** @param {string[]} files */
function hashFiles(files) {
  const hash = createHash("sha256").update(process.version.split(".")[0]);
  for (const file of files) hash.update(`\n${file}\n`).update(readIfExists(file) ?? "");
  return hash.digest("hex");
}

/** @param {string} file */
function readIfExists(file) {
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
function writeStamp(file, hash) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

/**
 * Runs a program without showing its output. Throws a StartupError with the end of the output if it fails.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>}
 */
function runProgram(program, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const kill = () => child.kill();
    process.once("exit", kill);
    let output = "";
    const append = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout.on("data", append);
    child.stderr.on("data", append);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", kill);
      if (code === 0) return resolve();
      const lastLines = output.trim().split("\n").slice(-40).join("\n");
      reject(new StartupError(`\`${[path.basename(program), ...args].join(" ")}\` failed:\n${lastLines}`));
    });
  });
}
