import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { isRoot } from "@/lib/config/data-folder.mjs";
import { ExpectedError } from "@/lib/config/expected-error";

/** The user that runs our PostgreSQL: none when we are an ordinary user and simply run it ourselves. */
export type SystemUser = { uid: number; gid: number } | undefined;

const NAME = "foyer";

/**
 * PostgreSQL refuses to run as root, so root gets a system user named `foyer`, made when it is missing.
 * An ordinary user needs none.
 */
export async function provideSystemUser(): Promise<SystemUser> {
  if (!isRoot()) return undefined;
  const known = findUser();
  if (known) return known;
  // A root shell got by `su` often has no /usr/sbin on its PATH.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin` };
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME];
  await promisify(execFile)("useradd", options, { env }).catch((error: Error) => {
    // Two first starts at once: the other one made it.
    if (findUser()) return;
    throw new ExpectedError(
      `PostgreSQL does not run as root, and the user ${NAME} for it could not be made (${error.message.trim()}). ` +
        "Start Foyer as an ordinary user, or set DATABASE_URL.",
    );
  });
  const made = findUser();
  if (!made) throw new ExpectedError(`The user ${NAME} was made but is not in /etc/passwd.`);
  return made;
}

/** Refuses a folder the user cannot get to, naming the closed one: initdb would die of it with less words. */
export function refuseClosedPath(folder: string, user: SystemUser): void {
  if (!user) return;
  for (let at = path.resolve(folder); at !== path.dirname(at); at = path.dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const mayEnter = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (mayEnter) continue;
    throw new ExpectedError(
      `The folder ${at} is closed to the user ${NAME} who runs PostgreSQL for root. ` +
        `Set FOYER_DATA to a folder it can reach, such as /var/lib/foyer, or start Foyer as an ordinary user.`,
    );
  }
}

function findUser(): SystemUser {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${NAME}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
