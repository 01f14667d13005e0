import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./refusal.mjs";

/**
 * One Foyer at a time on a data folder. The note in it names the process and when that began, so that the note of
 * a killed one is recognised even when its number now belongs to another program.
 *
 * @typedef {{ pid: number, began: string, address: string | null }} Note
 */

/**
 * Takes the folder for this process, or refuses with the address of the one that has it.
 *
 * @param {string} dataFolder
 * @returns {{ serves(address: string): void, release(): void }}
 */
export function lock(dataFolder) {
  const file = path.join(dataFolder, "lock");
  const draft = `${file}.${process.pid}`;
  /** @param {string | null} address */
  const note = (address) => JSON.stringify({ pid: process.pid, began: beganAt(process.pid), address });
  write(dataFolder, draft, note(null));
  try {
    while (!linked(draft, file)) {
      const held = read(file);
      if (held && isRunning(held)) throw new Refusal(refusal(held, dataFolder));
      clearStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    serves(address) {
      writeFileSync(draft, note(address), { mode: 0o600 });
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/**
 * @param {string} dataFolder
 * @param {string} draft
 * @param {string} note
 */
function write(dataFolder, draft, note) {
  try {
    // Passing through is all that the system user of PostgreSQL needs.
    if (mkdirSync(dataFolder, { recursive: true })) chmodSync(dataFolder, 0o711);
    writeFileSync(draft, note, { mode: 0o600 });
  } catch (error) {
    throw new Refusal(
      `The folder ${dataFolder} for database and secrets cannot be used (${error.code}). ` +
        "Give it to the user who starts Foyer, or set FOYER_DATA to another one.",
    );
  }
}

/**
 * @param {Note} held
 * @param {string} dataFolder
 */
function refusal(held, dataFolder) {
  const where = held.address ? `: ${held.address}` : ", and is just starting";
  return (
    `Foyer already runs on ${dataFolder} (process ${held.pid})${where}\n` +
    "It is left as it is. For a second one set FOYER_DATA to another folder and PORT to another port."
  );
}

/**
 * @param {string} draft
 * @param {string} file
 */
function linked(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Moves a dead process's note out of the way. Two that do so at once: who moves a note that is alive puts it back.
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
  const moved = read(aside);
  if (moved && isRunning(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @returns {Note | undefined}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {Note} note */
function isRunning({ pid, began }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return beganAt(pid) === began;
}

/**
 * When a process began, in whatever words its system has for it.
 *
 * @param {number} pid
 */
function beganAt(pid) {
  try {
    if (process.platform === "linux") {
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      // The program's name, in brackets, may hold spaces: count from behind it. The 20th word is the start.
      const words = readFileSync(`/proc/${pid}/stat`, "utf8").split(")").pop()?.trim().split(" ");
      return `${boot} ${words?.[19]}`;
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
