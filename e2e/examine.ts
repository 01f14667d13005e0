import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const wide = { width: 1280, height: 800 };
const narrow = { width: 320, height: 640 };

declare global {
  interface Window {
    foyerLayoutShift?: number;
  }
}

/** Runs in every page before anything else: adds up what moves by itself while it loads. */
export function measureLayoutShift(): void {
  type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
  window.foyerLayoutShift = 0;
  // What moves after somebody pressed something is their doing, however long the answer took.
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
 * What is wrong with the page as it stands, in sentences: what moved while it loaded, and in both themes
 * and widths what axe finds, what scrolls sideways and what is cut off, the same with text at 200 %
 * (spec/ux.md, "What is checked by machine"). Leaves the page as it was: open dialogs, input, focus.
 */
export async function examine(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? wide;
  const found = new Map<string, string[]>();
  const note = (where: string, problems: string[]) => {
    for (const problem of problems) found.set(problem, [...(found.get(problem) ?? []), where]);
  };
  const shift = await page.evaluate(() => window.foyerLayoutShift ?? 0);
  if (shift > 0.02) note("loading", [`layout shift ${shift.toFixed(3)}, allowed 0.02`]);

  for (const viewport of [wide, narrow]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      note(`${viewport.width} px ${colorScheme}`, await axe(page));
    }
    note(`${viewport.width} px`, await beyondTheEdge(page));
  }
  await page.setViewportSize(wide);
  // Through the object model, which the policy allows; a style attribute in the HTML it would block.
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  note("text at 200 %", await beyondTheEdge(page));
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
  await settle(page);
  // What the examination itself has moved is nothing that a later one may find.
  await page.evaluate(() => {
    window.foyerLayoutShift = 0;
    // What moves after somebody pressed something is their doing, however long the answer took.
    let firstInput = Number.POSITIVE_INFINITY;
    for (const input of ["pointerdown", "keydown"])
      addEventListener(input, (event) => (firstInput = Math.min(firstInput, event.timeStamp)), {
        capture: true,
      });
  });
  return [...found].map(([problem, places]) => `${problem} [${places.join(", ")}]`);
}

async function axe(page: Page): Promise<string[]> {
  await settle(page);
  const builder = new AxeBuilder({ page }).options({ iframes: false }).withTags(tags).setLegacyMode(true);
  // A letter in the mailbox's frame has rules of its own, and nothing runs in there.
  const { violations } = await builder.analyze();
  return violations.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 3)
      .map((node) => `${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`);
    return `${id}, ${help}: ${places.join("; ")}`;
  });
}

/** Lets the new size and theme be painted, and any transition come to its end. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const endless = (animation: Animation) =>
      animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
    const settled = async () => {
      await frame();
      await frame();
      const running = document.getAnimations().filter((animation) => !endless(animation));
      await Promise.all(running.map((animation) => animation.finished.catch(() => undefined)));
    };
    // A page that is not being painted has no frames; then there is nothing to wait for either.
    await Promise.race([settled(), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  });
}

/** Does the page scroll sideways, or does a control reach beyond an edge where no scrolling brings it back? */
async function beyondTheEdge(page: Page): Promise<string[]> {
  await settle(page);
  return page.evaluate(() => {
    const problems: string[] = [];
    const root = document.documentElement;
    const width = root.clientWidth;
    const name = (element: Element) => {
      const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
      return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""} "${text}"`;
    };
    const scrolls = (element: Element): boolean => {
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
        (element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element),
      );
      problems.push(
        `scrolls sideways (${root.scrollWidth} of ${width} px), for one because of ${widest ? name(widest) : "?"}`,
      );
    }
    const controls =
      "button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=menuitem]";
    for (const control of document.querySelectorAll(controls)) {
      const box = control.getBoundingClientRect();
      const style = getComputedStyle(control);
      // One pixel or clipped away: meant for screen readers, or shown on focus.
      if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || style.clipPath !== "none")
        continue;
      if (box.right < 0 || scrolls(control)) continue;
      if (box.left < -1 || box.right > width + 1) problems.push(`cut off at the edge: ${name(control)}`);
      const cuts =
        control.tagName === "BUTTON" &&
        /hidden|clip/.test(style.overflowX) &&
        style.textOverflow !== "ellipsis";
      if (cuts && control.scrollWidth > control.clientWidth + 1)
        problems.push(`its words are cut off: ${name(control)}`);
    }
    return problems;
  });
}
