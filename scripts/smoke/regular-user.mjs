import { execFileSync } from "node:child_process";

const NAME = "foyer-proof";

/**
 * An ordinary user with this home, made when missing; needs root.
 *
 * @param {string} home
 * @returns {{ uid: number, gid: number }}
 */
export function ordinaryUser(home) {
  const id = (/** @type {string} */ which) =>
    Number(execFileSync("id", [which, NAME], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    execFileSync("useradd", ["--create-home", "--home-dir", home, "--user-group", NAME], {
      env: withAdministration(),
    });
    return { uid: id("-u"), gid: id("-g") };
  }
}

/** Removes that user again. */
export function forgetOrdinaryUser() {
  try {
    execFileSync("userdel", [NAME], { env: withAdministration(), stdio: "ignore" });
  } catch {
    // Nobody was made.
  }
}

function withAdministration() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}
