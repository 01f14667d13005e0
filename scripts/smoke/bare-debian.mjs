import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";
import { isRoot } from "../../lib/config/data-folder.mjs";
import { clone, runNpm, queryEmbeddedDatabase } from "./installation.mjs";

/** @typedef {import("./installation.mjs").House} House */

/**
 * The same in a bare Debian: debootstrap's smallest userland with Node and npm copied in, and no browser, database,
 * compiler, locale or git.
 *
 * @param {string} work
 * @param {string} cache
 * @param {boolean} long also `npm test`, which takes minutes
 * @returns {{ cases: import("./cases.mjs").Case[], clear: () => void }}
 */
export function bareDebian(work, cache, long) {
  const root = path.join(work, "debian");
  const mounts = ["proc", "dev/shm", "npm-cache"].map((place) => path.join(root, place));
  /** @type {House} */
  const house = {
    chroot: root,
    folder: "/srv/foyer",
    data: "/srv/data",
    port: 4718,
    home: "/root",
    cache: "/npm-cache",
    env: { FOYER_DATA: "/srv/data", ...certificates(root, false) },
  };
  const cases = [
    {
      name: "a bare Debian: npm start",
      async play() {
        assert(isRoot(), "this case needs root");
        furnish(root, cache, mounts);
        house.env = { ...house.env, ...certificates(root, true) };
        clone({ ...house, folder: path.join(root, house.folder) });
        const run = runNpm(house, ["start"]);
        const time = await run.page();
        const [row] = await queryEmbeddedDatabase(
          house,
          "SELECT lower('Ä') AS lower, current_setting('server_encoding') AS encoding",
        );
        assert.deepEqual(row, { lower: "ä", encoding: "UTF8" });
        await run.interrupt();
        return `first page after ${time.toFixed(1)} s`;
      },
    },
    {
      name: "a bare Debian: npm test",
      async play() {
        const run = runNpm(house, ["test"]);
        const code = await run.ended();
        const last = run.output().trimEnd().split("\n").slice(-25).join("\n");
        assert.equal(code, 0, last);
        return last.split("\n").pop();
      },
    },
  ];
  return { cases: long ? cases : cases.slice(0, 1), clear: () => unmount(mounts) };
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {string[]} mounts
 */
function furnish(root, cache, mounts) {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  try {
    execFileSync("debootstrap", ["--variant=minbase", "bookworm", root], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    throw new Error(`this case needs debootstrap and a Debian mirror (${error.message.split("\n")[0]})`);
  }
  const bin = path.join(root, "usr/local/bin");
  cpSync(process.execPath, path.join(bin, "node"));
  // npm is a folder beside its own starter.
  const starter = realpathSync(execFileSync("which", ["npm"], { encoding: "utf8" }).trim());
  const package_ = path.dirname(path.dirname(starter));
  cpSync(package_, path.join(root, "usr/local/lib/npm"), { recursive: true, dereference: true });
  symlinkSync("../lib/npm/bin/npm-cli.js", path.join(bin, "npm"));
  symlinkSync("../lib/npm/bin/npx-cli.js", path.join(bin, "npx"));
  for (const file of ["/etc/resolv.conf", "/etc/hosts"])
    if (existsSync(file)) cpSync(file, path.join(root, file));
  const [proc = "", shm = "", npmCache = ""] = mounts;
  for (const place of mounts) mkdirSync(place, { recursive: true });
  execFileSync("mount", ["-t", "proc", "proc", proc]);
  execFileSync("mount", ["-t", "tmpfs", "tmpfs", shm]);
  execFileSync("mount", ["--bind", cache, npmCache]);
}

/**
 * Where the registry is reached through a proxy with certificates of its own, the bare Debian must know them too.
 *
 * @param {string} root
 * @param {boolean} copy
 * @returns {Record<string, string>}
 */
function certificates(root, copy) {
  const get = (/** @type {string} */ name) =>
    execFileSync("npm", ["config", "get", name], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  const file = get("cafile");
  if (!existsSync(file)) return { npm_config_registry: get("registry") };
  if (copy) cpSync(file, path.join(root, "etc/registry-certificates.crt"));
  return { npm_config_registry: get("registry"), npm_config_cafile: "/etc/registry-certificates.crt" };
}

/** @param {string[]} mounts */
function unmount(mounts) {
  for (const place of mounts)
    if (existsSync(place))
      try {
        execFileSync("umount", [place], { stdio: "ignore" });
      } catch {
        // It was not mounted.
      }
}
