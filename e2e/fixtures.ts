import { mkdirSync } from "node:fs";
import path from "node:path";
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { checkPage, measureLayoutShift } from "./check-page";
import { type ContextMonitor, monitorContext, pageShape } from "./context-monitor";
import { getInstallations, type InstallationName } from "./installations";
import { createE2EOrganization, type E2EOrganization } from "./organization";

type Fixtures = {
  /** The installation that the test uses. */
  installation: InstallationName;
  /** Console messages that a test provokes on purpose. */
  expectedConsole: RegExp | null;
  /** Returns a new client IP, so that rate limits per client do not affect other tests. */
  newIp: () => string;
  /** Opens a page in another browser context, which is monitored and checked like the first one. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** An organization only for this test; its Owner is logged in on `page`. */
  org: E2EOrganization;
  /** Checks the page in its current state. Call it for every dialog, open menu and error, with a name for the state. */
  snapshot: (page: Page, state: string) => Promise<void>;
  monitor: { problems: string[]; attach: (context: BrowserContext) => Promise<void> };
};

let ipCount = 0;

/**
 * The test function of all journeys. Each test has its own client IP. On every page that it visits, headers and console
 * are checked, and `checkPage` runs once per kind of page.
 */
export const test = base.extend<Fixtures>({
  installation: ["mailbox", { option: true }],
  expectedConsole: [null, { option: true }],
  baseURL: async ({ installation }, use) => use(getInstallations()[installation].origin),
  newIp: async ({ browserName: _ }, use, testInfo) =>
    use(() => {
      ipCount++;
      return `10.${testInfo.workerIndex % 256}.${Math.floor(ipCount / 256) % 256}.${ipCount % 256}`;
    }),
  extraHTTPHeaders: async ({ newIp }, use) => use({ "x-forwarded-for": newIp() }),

  monitor: [
    async ({ context, browser, expectedConsole, newIp }, use, testInfo) => {
      const problems: string[] = [];
      const monitors = new Map<BrowserContext, ContextMonitor>();
      const attach = async (other: BrowserContext) => {
        monitors.set(other, monitorContext(other, expectedConsole));
        await other.addInitScript(measureLayoutShift);
      };
      await attach(context);
      await use({ problems, attach });
      // A failed test has reported its own problem.
      if (testInfo.status !== testInfo.expectedStatus) return;

      for (const [other, contextMonitor] of monitors) {
        problems.push(...contextMonitor.problems);
        // Check pages without a snapshot in a fresh tab of the same user: reading a page changes nothing.
        const unchecked = [...contextMonitor.pages].filter(([shape]) => isFirstCheck(shape));
        if (unchecked.length === 0) continue;
        const checkContext = await browser.newContext({
          storageState: await other.storageState(),
          extraHTTPHeaders: { "x-forwarded-for": newIp() },
          javaScriptEnabled: true,
        });
        await checkContext.addInitScript(measureLayoutShift);
        const page = await checkContext.newPage();
        for (const [shape, url] of unchecked) {
          await page.goto(url);
          problems.push(...(await findProblems(page, shape, "as opened")));
        }
        await checkContext.close();
      }
      expect(problems, "pages, headers and console").toEqual([]);
    },
    { auto: true },
  ],

  visitor: async ({ browser, monitor, newIp }, use) => {
    await use(async (options = {}) => {
      const context = await browser.newContext({
        extraHTTPHeaders: { "x-forwarded-for": newIp() },
        ...options,
      });
      await monitor.attach(context);
      return context.newPage();
    });
  },

  org: async ({ installation, context }, use) => {
    const org = await createE2EOrganization(installation);
    await org.signIn(context, org.owner);
    await use(org);
    await org.close();
  },

  snapshot: async ({ monitor, javaScriptEnabled }, use) =>
    use(async (page, state) => {
      // The check is a script itself; these pages are opened again at the end, with scripts enabled.
      if (javaScriptEnabled === false) return;
      const shape = pageShape(page.url());
      if (isFirstCheck(`${shape} ${state}`))
        monitor.problems.push(...(await findProblems(page, shape, state)));
    }),
});

async function findProblems(page: Page, shape: string, state: string): Promise<string[]> {
  return (await checkPage(page)).map((problem) => `${shape} (${state}) ${problem}`);
}

/** Returns true for the first check of this kind or state of a page in the run, across all workers. */
function isFirstCheck(key: string): boolean {
  try {
    mkdirSync(path.join(process.env.FOYER_E2E_EXAMINED ?? "", encodeURIComponent(key)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

export { expect };
