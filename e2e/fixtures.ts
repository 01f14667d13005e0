import { mkdirSync } from "node:fs";
import path from "node:path";
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { examine, measureLayoutShift } from "./examine";
import { type Installation, installations } from "./installations";
import { createTestOrganization, type TestOrganization } from "./organization";
import { shapeOf, type Watch, watch } from "./watch";

type Fixtures = {
  /** The installation a journey is played on. */
  installation: Installation;
  /** Console messages that a test provokes on purpose. */
  expectedConsole: RegExp | null;
  /** Another address of a client on the internet, for whoever counts by it. */
  newIp: () => string;
  /** Somebody else's browser, watched and examined like the first one. */
  visitor: (how?: BrowserContextOptions) => Promise<Page>;
  /** An organization of the test's own; its Owner is signed in on `page`. */
  org: TestOrganization;
  /** Examines the page as it stands: call it for every dialog, open menu and error, with a name for the state. */
  look: (page: Page, state: string) => Promise<void>;
  watched: { problems: string[]; follow: (context: BrowserContext) => Promise<void> };
};

let addresses = 0;

/**
 * The test of every journey. Each test is a client with an address of its own, and on every page it visits the
 * headers, the console and, once per kind of page, the whole list of `examine` are checked without being asked.
 */
export const test = base.extend<Fixtures>({
  installation: ["mailbox", { option: true }],
  expectedConsole: [null, { option: true }],
  baseURL: async ({ installation }, use) => use(installations()[installation].origin),
  newIp: async ({ browserName: _ }, use, testInfo) =>
    use(() => {
      addresses++;
      return `10.${testInfo.workerIndex % 256}.${Math.floor(addresses / 256) % 256}.${addresses % 256}`;
    }),
  extraHTTPHeaders: async ({ newIp }, use) => use({ "x-forwarded-for": newIp() }),

  watched: [
    async ({ context, browser, expectedConsole, newIp }, use, testInfo) => {
      const problems: string[] = [];
      const watches = new Map<BrowserContext, Watch>();
      const follow = async (other: BrowserContext) => {
        watches.set(other, watch(other, expectedConsole));
        await other.addInitScript(measureLayoutShift);
      };
      await follow(context);
      await use({ problems, follow });
      // A test that failed has said what matters.
      if (testInfo.status !== testInfo.expectedStatus) return;

      for (const [other, watching] of watches) {
        problems.push(...watching.problems);
        // Pages that a click led to are looked at here, in a fresh tab of the same person: reading changes nothing.
        const unseen = [...watching.seen].filter(([shape]) => isFirst(shape));
        if (unseen.length === 0) continue;
        const again = await browser.newContext({
          storageState: await other.storageState(),
          extraHTTPHeaders: { "x-forwarded-for": newIp() },
          javaScriptEnabled: true,
        });
        await again.addInitScript(measureLayoutShift);
        const page = await again.newPage();
        for (const [shape, address] of unseen) {
          await page.goto(address);
          problems.push(...(await examined(page, shape, "as opened")));
        }
        await again.close();
      }
      expect(problems, "pages, headers and console").toEqual([]);
    },
    { auto: true },
  ],

  visitor: async ({ browser, watched, newIp }, use) => {
    await use(async (how = {}) => {
      const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": newIp() }, ...how });
      await watched.follow(context);
      return context.newPage();
    });
  },

  org: async ({ installation, context }, use) => {
    const org = await createTestOrganization(installation);
    await org.signIn(context, org.owner);
    await use(org);
    await org.close();
  },

  look: async ({ watched, javaScriptEnabled }, use) =>
    use(async (page, state) => {
      // What examines a page is a script itself; these pages are opened again at the end, with scripts on.
      if (javaScriptEnabled === false) return;
      const shape = shapeOf(page.url());
      if (isFirst(`${shape} ${state}`)) watched.problems.push(...(await examined(page, shape, state)));
    }),
});

async function examined(page: Page, shape: string, state: string): Promise<string[]> {
  return (await examine(page)).map((problem) => `${shape} (${state}) ${problem}`);
}

/** Each kind of page, and each named state of one, is examined once a run, whichever worker comes first. */
function isFirst(what: string): boolean {
  try {
    mkdirSync(path.join(process.env.FOYER_E2E_EXAMINED ?? "", encodeURIComponent(what)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

export { expect };
