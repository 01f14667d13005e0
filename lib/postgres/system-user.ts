import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { isRoot } from "@/lib/config/data-folder.mjs";
import { ExpectedError } from "@/lib/config/expected-error";

/** The user that runs PostgreSQL; undefined for a regular user, who runs it directly. */
export type SystemUser = { uid: number; gid: number } | undefined;

const USER_NAME = "foyer";

/**
 * Returns the system user `foyer` for root, because PostgreSQL refuses to run as root, and creates it if
 * necessary. Returns undefined for a regular user.
 */
export async function ensureSystemUser(): Promise<SystemUser> {
  if (!isRoot()) return undefined;
  const existing = findUser();
  if (existing) return existing;
  // A root shell started by `su` often has no /usr/sbin in its PATH.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin` };
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", USER_NAME];
  await promisify(execFile)("useradd", options, { env }).catch((error: Error) => {
    // Another process created it at the same time.
    if (findUser()) return;
    throw new ExpectedError(
      `PostgreSQL can't run as root, and creating the user ${USER_NAME} failed (${error.message.trim()}). ` +
        "Start Foyer as a regular user, or set DATABASE_URL.",
    );
  });
  const created = findUser();
  if (!created)
    throw new ExpectedError(
      `The user ${USER_NAME} was created, but /etc/passwd doesn't list it. Start Foyer as a regular user.`,
    );
  return created;
}

/**
 * Throws if the user cannot enter a parent folder, and names it; initdb's own message would be less clear.
 */
export function assertPathAccessible(folder: string, user: SystemUser): void {
  if (!user) return;
  for (
    let directory = path.resolve(folder);
    directory !== path.dirname(directory);
    directory = path.dirname(directory)
  ) {
    const { mode, uid, gid } = statSync(directory);
    const canEnter = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (canEnter) continue;
    throw new ExpectedError(
      `The user ${USER_NAME}, which runs PostgreSQL for root, can't access ${directory}. ` +
        "Set FOYER_DATA to another folder, such as /var/lib/foyer, or start Foyer as a regular user.",
    );
  }
}

function findUser(): SystemUser {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${USER_NAME}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
