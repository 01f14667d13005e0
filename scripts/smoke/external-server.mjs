import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";

const PORT = 4715;

/**
 * A PostgreSQL server made with the initdb and pg_ctl that the machine has, run by an ordinary user.
 *
 * @param {string} folder
 * @param {{ uid: number, gid: number }} user
 */
export function foreignServer(folder, user) {
  const bin = programs();
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
  const control = (/** @type {string[]} */ ...words) =>
    execFileSync(path.join(bin, "pg_ctl"), ["-D", data, "-w", ...words], options);
  control(
    "-l",
    path.join(folder, "log"),
    "-o",
    `-p ${PORT} -k ${folder} -c listen_addresses=127.0.0.1`,
    "start",
  );
  return {
    version: execFileSync(path.join(bin, "postgres"), ["--version"], { encoding: "utf8" }).trim(),
    url: (/** @type {string} */ database) => `postgresql://postgres@127.0.0.1:${PORT}/${database}`,
    stop: () => control("-m", "fast", "stop"),
  };
}

function programs() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(":"),
  ];
  const found = places.find(
    (place) => existsSync(path.join(place, "initdb")) && existsSync(path.join(place, "postgres")),
  );
  if (!found) throw new Error("this case needs initdb, pg_ctl and postgres (15 or newer) on PATH");
  return found;
}
