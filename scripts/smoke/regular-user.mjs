import { execFileSync } from "node:child_process";

const NAME = "foyer-smoke";

/**
 * Returns a regular user with this home directory, created if missing; needs root.
 *
 * @param {string} home
 * @returns {{ uid: number, gid: number }}
 */
export function createRegularUser(home) {
  const id = (/** @type {string} */ which) =>
    Number(execFileSync("id", [which, NAME], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    execFileSync("useradd", ["--create-home", "--home-dir", home, "--user-group", NAME], {
      env: adminEnvironment(),
    });
    return { uid: id("-u"), gid: id("-g") };
  }
}

/** Removes that user. */
export function removeRegularUser() {
  try {
    execFileSync("userdel", [NAME], { env: adminEnvironment(), stdio: "ignore" });
  } catch {
    // The user does not exist.
  }
}

function adminEnvironment() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}
