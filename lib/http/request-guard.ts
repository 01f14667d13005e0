import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { matchLocale } from "@/lib/i18n/accept-language";
import { DEFAULT_LOCALE, isLocale, LOCALE_COOKIE, type Locale } from "@/lib/i18n/locales";
import type { Catalog } from "@/lib/i18n/messages";
import { translationFor } from "@/lib/i18n/translation";
import { type ProxyTrust, resolveClientIp } from "./client-ip";
import { responseHeaders } from "./headers";
import { isSameOrigin, resolveHost, type SiteOrigin } from "./origin";
import { renderPlainPage } from "./plain-page";

export type RequestGuardOptions = {
  site: SiteOrigin;
  isTrustedProxy: ProxyTrust;
  issuers?: readonly string[];
  dev?: boolean;
  /** Returns the maximum size of a request body at a path, in bytes. */
  maxBodySize: (path: string) => number;
  /** Logs an error and returns its id. */
  reportError: (error: unknown, where: { method: string; path: string }) => string;
};

/** The page that explains a refusal, by its name in the catalog. */
type RefusalPage = keyof Catalog["errors"]["server"];

type RequestHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Passes the client's address to the application; a value sent by the client is removed. */
const CLIENT_IP_HEADER = "x-foyer-client-ip";
/** Passes the requested path and query to the application, because a page has no other access to them. */
const URL_HEADER = "x-foyer-address";
const RELAY_HEADER = "x-foyer-relay";

// Headers that are removed from requests, so that a client cannot choose its address, the host or the nonce.
const FORWARDING_HEADERS = [
  CLIENT_IP_HEADER,
  URL_HEADER,
  RELAY_HEADER,
  "forwarded",
  "x-real-ip",
  "content-security-policy",
];
const FORWARDING_PREFIX = /^(x-forwarded-|content-security-policy-)/;

/**
 * Returns the request guard, which applies to every response (pages, actions, files and errors): client
 * address, origin check, body limit and security headers.
 */
export function createRequestGuard(options: RequestGuardOptions, handle: RequestHandler) {
  const { site, isTrustedProxy, dev = false, issuers = [] } = options;
  const origin = new URL(site.origin);
  const https = origin.protocol === "https:";
  // After an action that redirects, Next.js requests the next page from this server. The token, which only
  // this process knows, lets such a request keep the address of the original client.
  const relayToken = randomBytes(24).toString("base64url");

  return async function guardRequest(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const method = req.method ?? "GET";
    const path = parsePath(req.url);
    const nonce = randomBytes(18).toString("base64");
    const headers = responseHeaders({ nonce, https, path: path ?? "/", dev, issuers });
    enforceHeaders(res, headers);
    const refuse = (status: number, page: RefusalPage, values: Record<string, string> = {}) => {
      if (res.headersSent) return res.destroy();
      // The rest of the body is not read, so the connection cannot be reused.
      if (status === 413) res.setHeader("connection", "close");
      res.setHeader("content-type", "text/html; charset=utf-8");
      res.statusCode = status;
      const { t, locale } = translationFor(localeOf(req));
      const title = t(`errors.server.${page}.title`);
      res.setHeader("content-language", locale);
      res.end(renderPlainPage(title, t(`errors.server.${page}.message`, values), locale));
    };

    // HTTP/1.1 requires a Host header (RFC 9112, 3.2).
    if (req.headers.host === undefined && req.httpVersion !== "1.0") return void refuse(400, "noHost");
    if (path === undefined) return void refuse(400, "invalidUrl");
    if (method === "TRACE" || method === "CONNECT") return void refuse(405, "method");
    if (!isSameOrigin({ method, path, origin: req.headers.origin }, site)) {
      return void refuse(403, site.configured ? "crossOrigin" : "crossOriginUnconfigured", {
        origin: site.origin,
      });
    }
    const limit = options.maxBodySize(path);
    if (Number(req.headers["content-length"] ?? 0) > limit)
      return void refuse(413, "tooLarge", { size: formatSize(limit) });
    limitBody(req, limit, () => {
      res.once("finish", () => req.destroy());
      refuse(413, "tooLarge", { size: formatSize(limit) });
    });

    const relayedAddress = equalsSecret(req.headers[RELAY_HEADER], relayToken)
      ? req.headers[CLIENT_IP_HEADER]
      : undefined;
    const ip = typeof relayedAddress === "string" ? relayedAddress : resolveClientIp(req, isTrustedProxy);
    for (const name of Object.keys(req.headers)) {
      if (FORWARDING_HEADERS.includes(name) || FORWARDING_PREFIX.test(name)) delete req.headers[name];
    }
    // A request from this process to itself needs no compression; the response to the client is compressed.
    if (relayedAddress !== undefined) delete req.headers["accept-encoding"];
    const host = resolveHost(req.headers.host, site);
    Object.assign(req.headers, {
      host,
      [CLIENT_IP_HEADER]: ip,
      [URL_HEADER]: withoutRscParameter(req.url ?? "/"),
      [RELAY_HEADER]: relayToken,
      "x-forwarded-host": host,
      "x-forwarded-proto": origin.protocol.slice(0, -1),
      "x-forwarded-port": origin.port || (https ? "443" : "80"),
      "x-forwarded-for": ip,
      // Next.js reads the nonce for its scripts from this header.
      "content-security-policy": headers["content-security-policy"],
    });

    try {
      await handle(req, res);
    } catch (error) {
      // The client disconnected, or was cut off above; that is not a bug.
      if (req.destroyed && !req.complete) return void res.destroy();
      const id = options.reportError(error, { method, path });
      refuse(500, "unexpected", { id });
    }
  };
}

/**
 * Returns the path of a request; undefined for `http://…`, `*`, an invalid escape or a NUL. Also undefined
 * for dot segments: browsers resolve them, and the page that they lead to would get the headers of the
 * unresolved path.
 */
function parsePath(url: string | undefined): string | undefined {
  // PostgreSQL cannot store NUL and fails on it.
  if (!url?.startsWith("/") || /%00/.test(url)) return undefined;
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  try {
    const hasDotSegment = decodeURIComponent(path)
      .split(/[/\\]/)
      .some((part) => part === "." || part === "..");
    return hasDotSegment ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Removes the `_rsc` parameter that Next.js adds when it fetches a page for a client-side navigation. */
function withoutRscParameter(url: string): string {
  return url
    .replace(/([?&])_rsc=[^&]*(&|$)/, (_, before, after) => (after ? before : ""))
    .replace(/[?&]$/, "");
}

/** Sets the headers just before they are sent, so that the application can neither omit nor change them. */
function enforceHeaders(res: ServerResponse, headers: Record<string, string>): void {
  const writeHead = res.writeHead.bind(res) as (status: number, reason?: string) => ServerResponse;
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    const passed = rest.find((argument) => typeof argument === "object" && argument !== null);
    if (Array.isArray(passed)) {
      for (let i = 0; i + 1 < passed.length; i += 2) res.setHeader(String(passed[i]), passed[i + 1]);
    } else if (passed) {
      for (const [name, value] of Object.entries(passed)) if (value !== undefined) res.setHeader(name, value);
    }
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.removeHeader("x-powered-by");
    return typeof rest[0] === "string" ? writeHead(status, rest[0]) : writeHead(status);
  }) as typeof res.writeHead;
}

/** Calls `exceeded` when more bytes than the limit arrive: Content-Length can be missing or wrong. */
function limitBody(req: IncomingMessage, limit: number, exceeded: () => void): void {
  let size = 0;
  const push = req.push.bind(req);
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    size += chunk?.length ?? 0;
    if (size <= limit) return push(chunk, encoding);
    if (size - (chunk?.length ?? 0) <= limit) exceeded();
    return false;
  };
}

function equalsSecret(passed: string | string[] | undefined, secret: string): boolean {
  if (typeof passed !== "string" || passed.length !== secret.length) return false;
  return timingSafeEqual(Buffer.from(passed), Buffer.from(secret));
}

const MEGABYTE = 1024 * 1024;

/** Returns the language that the client chose on a page, or that of its browser. */
function localeOf({ headers }: IncomingMessage): Locale {
  const [, chosen] = headers.cookie?.match(CHOSEN_LOCALE) ?? [];
  return isLocale(chosen) ? chosen : (matchLocale(headers["accept-language"]) ?? DEFAULT_LOCALE);
}

const CHOSEN_LOCALE = new RegExp(`(?:^|; )${LOCALE_COOKIE}=([^;]*)`);

/** Formats a size in bytes: "256 kB" or "10 MB". */
function formatSize(limit: number): string {
  return limit < MEGABYTE ? `${limit / 1024} kB` : `${Math.floor(limit / MEGABYTE)} MB`;
}
