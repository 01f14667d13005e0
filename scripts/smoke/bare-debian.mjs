import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";
import { isRoot } from "../../lib/config/data-folder.mjs";
import { cloneProject, queryEmbeddedDatabase, runNpm } from "./installation.mjs";

/** @typedef {import("./installation.mjs").Installation} Installation */

/**
 * Returns the tests in a bare Debian: debootstrap's smallest system with a copy of Node and npm, without a
 * browser, database, compiler, locale or git.
 *
 * @param {string} work
 * @param {string} cache
 * @param {boolean} long also runs `npm test`, which takes minutes
 * @returns {{ smokeTests: import("./smoke-tests.mjs").SmokeTest[], unmountAll: () => void }}
 */
export function createBareDebian(work, cache, long) {
  const root = path.join(work, "debian");
  const mounts = ["proc", "dev/shm", "npm-cache"].map((mountPoint) => path.join(root, mountPoint));
  /** @type {Installation} */
  const installation = {
    chroot: root,
    folder: "/srv/foyer",
    data: "/srv/data",
    port: 4718,
    home: "/root",
    cache: "/npm-cache",
    env: { FOYER_DATA: "/srv/data", ...registrySettings(root, false) },
  };
  const smokeTests = [
    {
      name: "a bare Debian: npm start",
      async run() {
        assert(isRoot(), "this test needs root");
        installDebian(root, cache, mounts);
        installation.env = { ...installation.env, ...registrySettings(root, true) };
        cloneProject({ ...installation, folder: path.join(root, installation.folder) });
        const run = runNpm(installation, ["start"]);
        const time = await run.waitForPage();
        const [row] = await queryEmbeddedDatabase(
          installation,
          "SELECT lower('Ä') AS lower, current_setting('server_encoding') AS encoding",
        );
        assert.deepEqual(row, { lower: "ä", encoding: "UTF8" });
        await run.interrupt();
        return `first page after ${time.toFixed(1)} s`;
      },
    },
    {
      name: "a bare Debian: npm test",
      async run() {
        const run = runNpm(installation, ["test"]);
        const code = await run.waitForExit();
        const last = run.output().trimEnd().split("\n").slice(-25).join("\n");
        assert.equal(code, 0, last);
        return last.split("\n").pop();
      },
    },
  ];
  return { smokeTests: long ? smokeTests : smokeTests.slice(0, 1), unmountAll: () => unmount(mounts) };
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {string[]} mounts
 */
function installDebian(root, cache, mounts) {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  try {
    execFileSync("debootstrap", ["--variant=minbase", "bookworm", root], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    throw new Error(`this test requires debootstrap and a Debian mirror (${error.message.split("\n")[0]})`);
  }
  const bin = path.join(root, "usr/local/bin");
  cpSync(process.execPath, path.join(bin, "node"));
  // The npm package is the parent folder of its command.
  const npmCommand = realpathSync(execFileSync("which", ["npm"], { encoding: "utf8" }).trim());
  const npmPackage = path.dirname(path.dirname(npmCommand));
  cpSync(npmPackage, path.join(root, "usr/local/lib/npm"), { recursive: true, dereference: true });
  symlinkSync("../lib/npm/bin/npm-cli.js", path.join(bin, "npm"));
  symlinkSync("../lib/npm/bin/npx-cli.js", path.join(bin, "npx"));
  for (const file of ["/etc/resolv.conf", "/etc/hosts"])
    if (existsSync(file)) cpSync(file, path.join(root, file));
  const [proc = "", shm = "", npmCache = ""] = mounts;
  for (const mountPoint of mounts) mkdirSync(mountPoint, { recursive: true });
  execFileSync("mount", ["-t", "proc", "proc", proc]);
  execFileSync("mount", ["-t", "tmpfs", "tmpfs", shm]);
  execFileSync("mount", ["--bind", cache, npmCache]);
}

/**
 * Returns npm's registry settings for the bare Debian. If a certificate file is configured, it is copied
 * there.
 *
 * @param {string} root
 * @param {boolean} copy
 * @returns {Record<string, string>}
 */
function registrySettings(root, copy) {
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
  for (const mountPoint of mounts)
    if (existsSync(mountPoint))
      try {
        execFileSync("umount", [mountPoint], { stdio: "ignore" });
      } catch {
        // It was not mounted.
      }
}
