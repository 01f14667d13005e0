import type { BrowserContext, Page, Response } from "@playwright/test";

/** Headers that every response must have (S-HDR-1). */
const requiredHeaders: Record<string, RegExp> = {
  "content-security-policy": /frame-ancestors '(none|self)'/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^same-origin$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
};
const documentPolicy = /(^|; )(script-src 'nonce-[^']+' 'strict-dynamic'|sandbox)(;|$)/;

export type ContextMonitor = {
  /** Everything that was wrong, one sentence per problem. */
  problems: string[];
  /** The pages that were shown: the shape of each, and the last URL with it. */
  pages: Map<string, string>;
};

/**
 * Monitors a browser context: the headers of every response, console messages, uncaught errors, and the pages that were
 * shown. `expected` matches console messages that a test provokes on purpose.
 */
export function monitorContext(context: BrowserContext, expected: RegExp | null): ContextMonitor {
  const problems: string[] = [];
  const pages = new Map<string, string>();
  const documents = new Set<string>();

  context.on("response", (response) => {
    if (!isFoyerUrl(response.url())) return;
    const isDocument = response.request().resourceType() === "document";
    // A "not found" page is a page; the browser's console message about its status is not a problem.
    if (isDocument) documents.add(response.url());
    problems.push(...findMissingHeaders(response, isDocument));
  });
  context.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url } = message.location();
    if (/^Failed to load resource/.test(message.text()) && documents.has(url)) return;
    // A list keeps polling after its session or its server has ended, and ignores failures.
    if (/^Failed to load resource/.test(message.text()) && /\/admin\/users\/changes\?/.test(url)) return;
    // Playwright injects a script into every frame; the frame of an email blocks all scripts.
    if (/^Blocked script execution in '[^']*\/mailbox\/[^/']+\/html'/.test(message.text())) return;
    // Next.js preloads the CSS of a page that a redirect leads to. If the test navigates away immediately, Chromium
    // logs a warning.
    if (/[.]css was preloaded using link preload but not used/.test(message.text())) return;
    if (expected?.test(message.text())) return;
    problems.push(`${message.type()} in the console of ${message.page()?.url()}: ${message.text()}`);
  });
  context.on("weberror", (error) => void problems.push(`error in ${error.page()?.url()}: ${error.error()}`));
  const trackNavigation = (page: Page) =>
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame() && isFoyerUrl(frame.url()))
        pages.set(pageShape(frame.url()), frame.url());
    });
  context.pages().forEach(trackNavigation);
  context.on("page", trackNavigation);
  return { problems, pages };
}

/** Returns true for URLs of the installations under test, which are the only ones on localhost. */
function isFoyerUrl(url: string): boolean {
  return new URL(url).hostname === "localhost";
}

function findMissingHeaders(response: Response, isDocument: boolean): string[] {
  const headers = response.headers();
  const missing = Object.entries(requiredHeaders)
    .filter(([name, value]) => !value.test(headers[name] ?? ""))
    .map(([name]) => name);
  if (headers["x-powered-by"]) missing.push("(no) x-powered-by");
  if (isDocument && !documentPolicy.test(headers["content-security-policy"] ?? ""))
    missing.push("a nonce for scripts");
  if (isDocument && headers["cache-control"] !== "no-store") missing.push("cache-control: no-store");
  return missing.length === 0 ? [] : [`${response.url()} lacks ${missing.join(", ")}`];
}

/**
 * Returns one name for all pages of a kind: without the installation, without ids and codes in the path, and without values
 * in the query.
 */
export function pageShape(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const path = pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")
    .replace(/^\/(join|sign-in|reset|confirm|change-address)\/[^/]+/, "/$1/{code}")
    .replace(/^\/o\/[^/]+/, "/o/{organization}");
  return `${path}?${[...new Set(searchParams.keys())].sort().join("&")}`;
}
