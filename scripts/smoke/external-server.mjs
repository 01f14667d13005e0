import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";

const PORT = 4715;

/**
 * Starts a PostgreSQL server with the machine's own initdb and pg_ctl, run by a regular user.
 *
 * @param {string} folder
 * @param {{ uid: number, gid: number }} user
 */
export function startExternalServer(folder, user) {
  const bin = findBinaries();
  mkdirSync(folder, { mode: 0o755 });
  const data = path.join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, folder]);
  const options = { ...user, cwd: folder, stdio: /** @type {const} */ ("ignore") };
  execFileSync(
    path.join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"],
    options,
  );
  const runPgCtl = (/** @type {string[]} */ ...args) =>
    execFileSync(path.join(bin, "pg_ctl"), ["-D", data, "-w", ...args], options);
  runPgCtl(
    "-l",
    path.join(folder, "log"),
    "-o",
    `-p ${PORT} -k ${folder} -c listen_addresses=127.0.0.1`,
    "start",
  );
  return {
    version: execFileSync(path.join(bin, "postgres"), ["--version"], { encoding: "utf8" }).trim(),
    url: (/** @type {string} */ database) => `postgresql://postgres@127.0.0.1:${PORT}/${database}`,
    stop: () => runPgCtl("-m", "fast", "stop"),
  };
}

function findBinaries() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const directories = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(":"),
  ];
  const found = directories.find(
    (directory) => existsSync(path.join(directory, "initdb")) && existsSync(path.join(directory, "postgres")),
  );
  if (!found) throw new Error("this test requires initdb, pg_ctl and postgres (15 or newer) on PATH");
  return found;
}
