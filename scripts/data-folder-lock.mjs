import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StartupError } from "./startup-error.mjs";

/**
 * The lock file allows one Foyer per data folder. It has the pid and the start time of the process, so that a
 * stale file is recognized even if another program has the pid now.
 *
 * @typedef {{ pid: number, began: string, address: string | null }} LockRecord
 */

/**
 * Locks the folder for this process. Throws a StartupError with the URL of the process that has locked it.
 *
 * @param {string} dataFolder
 * @returns {{ setUrl(url: string): void, release(): void }}
 */
export function lockDataFolder(dataFolder) {
  const file = path.join(dataFolder, "lock");
  const draft = `${file}.${process.pid}`;
  /** @param {string | null} address */
  const serializeRecord = (address) =>
    JSON.stringify({ pid: process.pid, began: processStartId(process.pid), address });
  writeRecord(dataFolder, draft, serializeRecord(null));
  try {
    while (!tryLink(draft, file)) {
      const holder = readRecord(file);
      if (holder && isRunning(holder)) throw new StartupError(describeHolder(holder, dataFolder));
      clearStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    setUrl(url) {
      writeFileSync(draft, serializeRecord(url), { mode: 0o600 });
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/**
 * @param {string} dataFolder
 * @param {string} draft
 * @param {string} record
 */
function writeRecord(dataFolder, draft, record) {
  try {
    // The system user of PostgreSQL must be able to traverse the folder.
    if (mkdirSync(dataFolder, { recursive: true })) chmodSync(dataFolder, 0o711);
    writeFileSync(draft, record, { mode: 0o600 });
  } catch (error) {
    throw new StartupError(
      `Can't write to the data folder ${dataFolder} (${error.code}). ` +
        "Give the user who starts Foyer access to it, or set FOYER_DATA to another folder.",
    );
  }
}

/**
 * @param {LockRecord} holder
 * @param {string} dataFolder
 */
function describeHolder(holder, dataFolder) {
  const where = `${dataFolder} (process ${holder.pid})`;
  const problem = holder.address
    ? `Foyer is already running on ${where}: ${holder.address}`
    : `Foyer is already starting on ${where}.`;
  return `${problem}\nTo start a second one, set FOYER_DATA to another folder and PORT to another port.`;
}

/**
 * @param {string} draft
 * @param {string} file
 */
function tryLink(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes the lock file of a process that has exited. If two processes do this at the same time, the one that
 * moved a valid file puts it back.
 *
 * @param {string} file
 */
function clearStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const record = readRecord(aside);
  if (record && isRunning(record)) tryLink(aside, file);
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @returns {LockRecord | undefined}
 */
function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {LockRecord} record */
function isRunning({ pid, began }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return processStartId(pid) === began;
}

/**
 * Returns the start time of a process in a system-specific format, only for comparison.
 *
 * @param {number} pid
 */
function processStartId(pid) {
  try {
    if (process.platform === "linux") {
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      // The name in parentheses can contain spaces, so count the fields after it. The 20th is the start time.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(")").pop()?.trim().split(" ");
      return `${boot} ${fields?.[19]}`;
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
