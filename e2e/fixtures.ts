import { test as base, expect, type Page } from "@playwright/test";
import { examine, measureLayoutShift } from "./examine";
import { installations } from "./installations";
import { shapeOf, type Watch, watch } from "./watch";

type Fixtures = {
  /** Console messages that a test provokes on purpose. */
  expectedConsole: RegExp[];
  /** Another address of a client on the internet, for whoever counts by it. */
  newIp: () => string;
  /** Examines the page as it stands: call it for every dialog, open menu and error, with a name for the state. */
  look: (page: Page, state: string) => Promise<void>;
  watched: Watch;
};

// What this worker has examined: each kind of page once, and each named state of it once.
const examined = new Set<string>();
let addresses = 0;

/**
 * The test of every journey. Each test is a client with an address of its own, and on every page it visits the
 * headers, the console and, once per kind of page, the whole list of `examine` are checked without being asked.
 */
export const test = base.extend<Fixtures>({
  expectedConsole: [[], { option: true }],
  baseURL: async ({ browserName: _ }, use) => use(installations().mailbox.origin),
  newIp: async ({ browserName: _ }, use, testInfo) =>
    use(() => {
      addresses++;
      return `10.${testInfo.workerIndex % 256}.${Math.floor(addresses / 256) % 256}.${addresses % 256}`;
    }),
  extraHTTPHeaders: async ({ newIp }, use) => use({ "x-forwarded-for": newIp() }),

  watched: [
    async ({ context, browser, expectedConsole, newIp }, use, testInfo) => {
      const { mailbox, provider } = installations();
      const watching = watch(context, [mailbox.origin, provider.origin], expectedConsole);
      await context.addInitScript(measureLayoutShift);
      await use(watching);
      // A test that failed has said what matters.
      if (testInfo.status !== testInfo.expectedStatus) return;

      // Pages that a click led to are looked at here, in a fresh tab of the same person: reading changes nothing.
      const unseen = [...watching.seen].filter(([shape]) => !examined.has(shape));
      if (unseen.length > 0) {
        const storageState = await context.storageState();
        const again = await browser.newContext({
          storageState,
          extraHTTPHeaders: { "x-forwarded-for": newIp() },
          javaScriptEnabled: true,
        });
        await again.addInitScript(measureLayoutShift);
        const page = await again.newPage();
        for (const [, address] of unseen) {
          await page.goto(address);
          watching.problems.push(...(await lookAt(page, "as opened")));
        }
        await again.close();
      }
      expect(watching.problems, "pages, headers and console").toEqual([]);
    },
    { auto: true },
  ],

  look: async ({ watched, javaScriptEnabled }, use) =>
    use(async (page, state) => {
      // What examines a page is a script itself; these pages are opened again at the end, with scripts on.
      if (javaScriptEnabled === false) return;
      watched.problems.push(...(await lookAt(page, state)));
    }),
});

async function lookAt(page: Page, state: string): Promise<string[]> {
  const shape = shapeOf(page.url());
  if (examined.has(`${shape} ${state}`)) return [];
  examined.add(shape).add(`${shape} ${state}`);
  return (await examine(page)).map((problem) => `${shape} (${state}) ${problem}`);
}

export { expect };
