import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

export type Browser = { executablePath: string; env: Record<string, string> };

const run = promisify(execFile);

/**
 * The first browser that really starts on this machine: the one named by CHROME_PATH, the one inside the
 * registry package (so that a bare machine needs nothing), Playwright's own, the system's.
 */
export async function findBrowser(): Promise<Browser> {
  const tried: string[] = [];
  for (const candidate of candidates) {
    const browser = await candidate().catch((error: Error) => void tried.push(error.message));
    if (!browser) continue;
    const reason = await whyItDoesNotStart(browser);
    if (reason === undefined) return browser;
    tried.push(`${browser.executablePath}: ${reason}`);
  }
  throw new Error(`No browser starts here. Set CHROME_PATH to a Chromium. Tried:\n${tried.join("\n")}`);
}

const candidates: (() => Promise<Browser | undefined>)[] = [
  async () => at(process.env.CHROME_PATH),
  async () => packaged(false),
  // Debian without libnss3 and its like: the package brings these libraries too.
  async () => packaged(true),
  async () => at(chromium.executablePath()),
  async () => at("/usr/bin/chromium"),
];

function at(executablePath: string | undefined): Browser | undefined {
  return executablePath && existsSync(executablePath) ? { executablePath, env: {} } : undefined;
}

async function packaged(withLibraries: boolean): Promise<Browser | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = await unpacked();
  const env: Record<string, string> = {};
  if (withLibraries) env.LD_LIBRARY_PATH = path.join(folder, "al2023", "lib");
  if (!existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_PATH = path.join(folder, "fonts");
  return { executablePath: path.join(folder, "chromium"), env };
}

/**
 * Unpacks the packaged browser once per version. The package unpacks into the temporary folder and takes
 * whatever lies there for whole; so it is given a folder of its own, which gets its name only when complete.
 */
async function unpacked(): Promise<string> {
  const modules = path.resolve(import.meta.dirname, "../node_modules");
  const manifest = await readFile(path.join(modules, "@sparticuz/chromium/package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = path.join(modules, ".cache/foyer");
  const folder = path.join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(path.join(cache, "unpacking-"));
  const script = 'import c from "@sparticuz/chromium"; await c.executablePath();';
  const env = { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
  try {
    await run(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname, env });
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function whyItDoesNotStart({ executablePath, env }: Browser): Promise<string | undefined> {
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
