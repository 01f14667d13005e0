import type { BrowserContext, Page, Response } from "@playwright/test";

/** What every answer of ours must carry (spec/security.md, "Headers, sessions"). */
const required: Record<string, RegExp> = {
  "content-security-policy": /frame-ancestors '(none|self)'/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^same-origin$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
};
const documentPolicy = /(^|; )(script-src 'nonce-[^']+' 'strict-dynamic'|sandbox)(;|$)/;

export type Watch = {
  /** Everything that was wrong so far, in sentences. */
  problems: string[];
  /** Each page that was shown: its shape, and the last address it was seen at. */
  seen: Map<string, string>;
};

/**
 * Listens to everything that happens in a context: headers of every answer, an empty console, no error,
 * and which pages were shown. `expected` names console messages a test provokes on purpose.
 */
export function watch(context: BrowserContext, expected: RegExp | null): Watch {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const shown = new Set<string>();

  context.on("response", (response) => {
    if (!isOurs(response.url())) return;
    const isDocument = response.request().resourceType() === "document";
    // A page that says "not found" is a page; the browser's own complaint about its status is no fault.
    if (isDocument) shown.add(response.url());
    problems.push(...missingHeaders(response, isDocument));
  });
  context.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url } = message.location();
    if (/^Failed to load resource/.test(message.text()) && shown.has(url)) return;
    // A list asks by itself whether anything changed, also after its session or its server has ended, and goes on without.
    if (/^Failed to load resource/.test(message.text()) && /\/admin\/users\/changes\?/.test(url)) return;
    // What Playwright itself puts into each frame is a script too, and the frame of a letter lets none run.
    if (/^Blocked script execution in '[^']*\/mailbox\/[^/']+\/html'/.test(message.text())) return;
    if (expected?.test(message.text())) return;
    problems.push(`${message.type()} in the console of ${message.page()?.url()}: ${message.text()}`);
  });
  context.on("weberror", (error) => void problems.push(`error in ${error.page()?.url()}: ${error.error()}`));
  const follow = (page: Page) =>
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame() && isOurs(frame.url())) seen.set(shapeOf(frame.url()), frame.url());
    });
  context.pages().forEach(follow);
  context.on("page", follow);
  return { problems, seen };
}

/** Every installation that tests start is at localhost, and nothing else is. */
function isOurs(address: string): boolean {
  return new URL(address).hostname === "localhost";
}

function missingHeaders(response: Response, isDocument: boolean): string[] {
  const headers = response.headers();
  const missing = Object.entries(required)
    .filter(([name, value]) => !value.test(headers[name] ?? ""))
    .map(([name]) => name);
  if (headers["x-powered-by"]) missing.push("(no) x-powered-by");
  if (isDocument && !documentPolicy.test(headers["content-security-policy"] ?? ""))
    missing.push("a nonce for scripts");
  if (isDocument && headers["cache-control"] !== "no-store") missing.push("cache-control: no-store");
  return missing.length === 0 ? [] : [`${response.url()} lacks ${missing.join(", ")}`];
}

/** One name for all pages of a kind: ids and codes in the path collapse, the query counts by its names. */
export function shapeOf(address: string): string {
  const { host, pathname, searchParams } = new URL(address);
  const path = pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")
    .replace(/^\/(join|sign-in|reset|confirm|change-address)\/[^/]+/, "/$1/{code}")
    .replace(/^\/o\/[^/]+/, "/o/{organization}");
  return `${host}${path}?${[...new Set(searchParams.keys())].sort().join("&")}`;
}
