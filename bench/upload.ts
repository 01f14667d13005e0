import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { findBrowser } from "@/e2e/browser";
import { closeDatabase } from "@/lib/db/client";
import { largeLists } from "./large-lists";
import { formatMs } from "./report";
import { spread } from "./statistics";
import { startTarget } from "./targets/foyer";

/** Rounds per list; one more before them warms up. */
const ROUNDS = Number(process.argv[2] ?? 9);

/** The browser reports tasks of the main thread that take longer than this, in milliseconds. */
const SHORTEST_LONG_TASK = 50;

/** What was measured of one list: milliseconds until the answer is painted, and of the longest task until then. */
type Answer = { ms: number; longestTask: number; text: string };

/**
 * `npm run bench:upload [-- <rounds>]`: the time from choosing a list of 10 MB to its preview or refusal, and the longest
 * task of the page's main thread until then, in Chromium and the production build (S-DOS-4). The lists take turns.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-upload-"));
  await chmod(folder, 0o711);
  const lists = await writeLists(folder);
  const foyer = await startTarget(path.join(folder, "data"));
  let browser: Browser | undefined;
  try {
    const { executablePath, env } = await findBrowser();
    browser = await chromium.launch({ executablePath, env: { ...process.env, ...env } });
    const { slug } = await foyer.createOrganization();
    const page = await openDialog(browser, `${foyer.origin}/o/${slug}/admin/users`, foyer.owner);
    const answers = lists.map((): Answer[] => []);
    for (let round = 0; round <= ROUNDS; round++)
      for (const [at, { file }] of lists.entries()) {
        const answer = await chooseList(page, file);
        if (round > 0) answers[at]?.push(answer);
      }
    console.log("| list | size | answer | time | longest task |\n| --- | --- | --- | --- | --- |");
    for (const [at, { name, size }] of lists.entries()) printRow(name, size, answers[at] ?? []);
    console.log(
      `\nLoad average ${os
        .loadavg()
        .map((load) => load.toFixed(1))
        .join(", ")}; ${ROUNDS} rounds.`,
    );
  } finally {
    await browser?.close();
    await foyer.stop();
    await closeDatabase();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeLists(folder: string): Promise<{ name: string; file: string; size: number }[]> {
  return Promise.all(
    largeLists().map(async ({ name, extension, bytes }, at) => {
      const file = path.join(folder, `list-${at}.${extension}`);
      await writeFile(file, bytes);
      return { name, file, size: bytes.length };
    }),
  );
}

async function openDialog(browser: Browser, url: string, cookie: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name = "", value = ""] = cookie.split(/=(.*)/);
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Upload Invitation List" }).click();
  await page.getByRole("button", { name: "Choose file" }).waitFor();
  return page;
}

/** Chooses a list in the open dialog, waits for the answer, and goes back. */
async function chooseList(page: Page, file: string): Promise<Answer> {
  const answer = page.evaluate(
    () =>
      new Promise<Answer>((resolve) => {
        const tasks: PerformanceEntry[] = [];
        const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
        observer.observe({ type: "longtask" });
        addEventListener(
          "change",
          ({ timeStamp }) => {
            const changes = new MutationObserver(() => {
              const shown = document.querySelector('[role="dialog"] :is(tbody, [role="alert"] p)');
              if (!shown) return;
              changes.disconnect();
              const text = document.querySelector('[role="dialog"] :is([role="alert"], strong)')?.textContent;
              // Two frames later it is painted.
              requestAnimationFrame(() =>
                requestAnimationFrame(() => {
                  const ms = performance.now() - timeStamp;
                  // Also tasks right after the preview, when its addresses are checked.
                  setTimeout(() => {
                    observer.disconnect();
                    const longestTask = Math.max(0, ...tasks.map(({ duration }) => duration));
                    resolve({ ms, longestTask, text: text ?? "" });
                  }, 500);
                }),
              );
            });
            changes.observe(document.body, { childList: true, subtree: true });
          },
          { capture: true, once: true },
        );
      }),
  );
  await page.getByLabel("Invitation list", { exact: true }).setInputFiles(file);
  const measured = await answer;
  const back = page.getByRole("button", { name: "Choose another file" });
  if (await back.isVisible()) await back.click();
  return measured;
}

function printRow(name: string, size: number, answers: readonly Answer[]): void {
  const time = spread(answers.map(({ ms }) => ms));
  const task = spread(answers.map(({ longestTask }) => longestTask));
  const longest =
    task.max < SHORTEST_LONG_TASK
      ? `under ${SHORTEST_LONG_TASK} ms`
      : `${formatMs(task.median)} (max ${formatMs(task.max)})`;
  const columns = [
    name,
    `${(size / 2 ** 20).toFixed(1)} MB`,
    answers[0]?.text,
    `${formatMs(time.median)} (${formatMs(time.min)}–${formatMs(time.max)})`,
    longest,
  ];
  console.log(`| ${columns.join(" | ")} |`);
}

await main();
