import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** All rules of these standards, and those whose result depends on the colors. */
const allRules = { type: "tag" as const, values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const colorRules = { type: "rule" as const, values: ["color-contrast", "link-in-text-block"] };
const wide = { width: 1280, height: 800 };
const narrow = { width: 320, height: 640 };

declare global {
  interface Window {
    foyerLayoutShift?: number;
    /** The texts that `lengthenWords` replaced. */
    foyerTexts?: [Text, string][];
  }
}

/** Adds up the layout shift of a page while it loads. Runs in every page before any other script. */
export function measureLayoutShift(): void {
  type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
  window.foyerLayoutShift = 0;
  // Shifts after the first input count as caused by the user, however late the response was.
  let firstInput = Number.POSITIVE_INFINITY;
  for (const input of ["pointerdown", "keydown"])
    addEventListener(input, (event) => (firstInput = Math.min(firstInput, event.timeStamp)), {
      capture: true,
    });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      if (!entry.hadRecentInput && entry.startTime < firstInput)
        window.foyerLayoutShift = (window.foyerLayoutShift ?? 0) + entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/**
 * Returns the problems of the page in its current state, one sentence each: the layout shift while it loaded; axe's findings,
 * horizontal scrolling and cut-off controls in both themes and widths; and the same overflow checks with text at 200 %, with
 * words that are 40 % longer, as in another language, and from right to left.
 * Leaves open dialogs, input and focus as they were.
 */
export async function checkPage(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? wide;
  const found = new Map<string, string[]>();
  const addProblems = (where: string, problems: string[]) => {
    for (const problem of problems) found.set(problem, [...(found.get(problem) ?? []), where]);
  };
  const shift = await page.evaluate(() => window.foyerLayoutShift ?? 0);
  if (shift > 0.02) addProblems("loading", [`layout shift ${shift.toFixed(3)}, allowed 0.02`]);

  for (const viewport of [wide, narrow]) {
    await page.setViewportSize(viewport);
    for (const [colorScheme, rules] of [
      ["light", allRules],
      ["dark", colorRules],
    ] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      addProblems(`${viewport.width} px ${colorScheme}`, await runAxe(page, rules));
    }
    addProblems(`${viewport.width} px`, await findOverflow(page));
  }
  await lengthenWords(page);
  addProblems("longer words", await findOverflow(page));
  await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
  addProblems("right to left", await findOverflow(page));
  await page.evaluate(() => document.documentElement.removeAttribute("dir"));
  await page.setViewportSize(wide);
  // Through the object model: the content security policy blocks style attributes in HTML.
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  addProblems("longer words at 200 %", await findOverflow(page));
  await restoreWords(page);
  addProblems("text at 200 %", await findOverflow(page));
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
  await waitForPaint(page);
  // Resets the measurement, so that the shifts caused by this check are not found by the next one.
  await page.evaluate(() => {
    window.foyerLayoutShift = 0;
    // Shifts after the first input count as caused by the user, however late the response was.
    let firstInput = Number.POSITIVE_INFINITY;
    for (const input of ["pointerdown", "keydown"])
      addEventListener(input, (event) => (firstInput = Math.min(firstInput, event.timeStamp)), {
        capture: true,
      });
  });
  return [...found].map(([problem, states]) => `${problem} [${states.join(", ")}]`);
}

async function runAxe(page: Page, rules: typeof allRules | typeof colorRules): Promise<string[]> {
  await waitForPaint(page);
  // The mailbox shows an email in a frame that blocks scripts, and emails follow other rules. Without `resultTypes`, axe
  // also returns every element that passed: megabytes for a long list.
  const builder = new AxeBuilder({ page })
    .options({ iframes: false, resultTypes: ["violations"], runOnly: rules })
    .setLegacyMode(true);
  const { violations } = await builder.analyze();
  return violations.map(({ id, help, nodes }) => {
    const elements = nodes
      .slice(0, 3)
      .map((node) => `${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`);
    return `${id}, ${help}: ${elements.join("; ")}`;
  });
}

/** Waits until the new size and theme are painted and transitions have finished. */
async function waitForPaint(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const endless = (animation: Animation) =>
      animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
    const painted = async () => {
      await frame();
      await frame();
      const running = document.getAnimations().filter((animation) => !endless(animation));
      await Promise.all(running.map((animation) => animation.finished.catch(() => undefined)));
    };
    // A page that is not painted has no animation frames; after 3 s there is nothing to wait for.
    await Promise.race([painted(), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  });
}

/**
 * Makes every word of the page 40 % longer, which finds what a translation would break, including texts that scripts
 * added. Addresses, codes and URLs stay: they are not translated.
 */
async function lengthenWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: [Text, string][] = [];
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const skipped = node.parentElement?.closest(
        "script, style, noscript, textarea, option, code, kbd, time",
      );
      if (!skipped && !/[@/]|^\S*\d\S*$/.test(node.data)) texts.push([node, node.data]);
    }
    for (const [node, text] of texts)
      node.data = text.replace(/\p{L}{3,}/gu, (word) => word + "ö".repeat(Math.ceil(word.length * 0.4)));
    window.foyerTexts = texts;
  });
}

async function restoreWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const [node, text] of window.foyerTexts ?? []) node.data = text;
    delete window.foyerTexts;
  });
}

/** Finds horizontal scrolling of the page and controls that extend beyond its edges. */
async function findOverflow(page: Page): Promise<string[]> {
  await waitForPaint(page);
  return page.evaluate(() => {
    const problems: string[] = [];
    const root = document.documentElement;
    const width = root.clientWidth;
    const name = (element: Element) => {
      const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
      return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""} "${text}"`;
    };
    const isInScrollArea = (element: Element): boolean => {
      for (
        let parent = element.parentElement;
        parent && parent !== document.body;
        parent = parent.parentElement
      ) {
        if (/auto|scroll/.test(getComputedStyle(parent).overflowX) && parent.scrollWidth > parent.clientWidth)
          return true;
      }
      return false;
    };
    if (root.scrollWidth > width + 1) {
      const widest = [...document.body.querySelectorAll("*")].find(
        (element) => element.getBoundingClientRect().right > width + 1 && !isInScrollArea(element),
      );
      problems.push(
        `scrolls horizontally (${root.scrollWidth} of ${width} px), for example because of ${widest ? name(widest) : "?"}`,
      );
    }
    const controls =
      "button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=menuitem]";
    for (const control of document.querySelectorAll(controls)) {
      const box = control.getBoundingClientRect();
      const style = getComputedStyle(control);
      // One pixel or clipped: meant for screen readers, or shown on focus.
      if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || style.clipPath !== "none")
        continue;
      if (box.right < 0 || isInScrollArea(control)) continue;
      if (box.left < -1 || box.right > width + 1) problems.push(`cut off at the edge: ${name(control)}`);
      const clipsText =
        control.tagName === "BUTTON" &&
        /hidden|clip/.test(style.overflowX) &&
        style.textOverflow !== "ellipsis";
      if (clipsText && control.scrollWidth > control.clientWidth + 1)
        problems.push(`its text is cut off: ${name(control)}`);
    }
    return problems;
  });
}
