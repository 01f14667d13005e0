import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import { clientIp } from "./client-ip";
import { responseHeaders } from "./headers";
import { isFromOwnSite, ownHost, type Site } from "./origin";
import { plainPage } from "./plain-page";

export type FrontSettings = {
  site: Site;
  trusted: BlockList;
  issuers?: readonly string[];
  dev?: boolean;
  /** The largest body taken at a path, in bytes. */
  bodyLimit: (path: string) => number;
  /** Notes a fault and answers the id it can be found by. */
  noteFault: (error: unknown, where: { method: string; path: string }) => string;
};

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Carries the client's address to the application; whatever a client sends under this name is dropped. */
const clientIpHeader = "x-foyer-client-ip";
/** Carries path and query asked for: a page cannot learn them otherwise. */
const addressHeader = "x-foyer-address";
const relayHeader = "x-foyer-relay";

// Nothing of what a client claims about its own way here reaches the application, nor a nonce of its choosing.
const claims = [
  clientIpHeader,
  addressHeader,
  relayHeader,
  "forwarded",
  "x-real-ip",
  "content-security-policy",
];
const claimPrefix = /^(x-forwarded-|content-security-policy-)/;

/**
 * What stands between every client and the application, so that it holds for pages, actions, files and
 * faults alike: who is calling, is the post from our own site, how large may it be, and the headers of
 * every answer (spec/security.md).
 */
export function createFront(settings: FrontSettings, handle: Handle) {
  const { site, trusted, dev = false, issuers = [] } = settings;
  const origin = new URL(site.origin);
  const https = origin.protocol === "https:";
  // After a redirecting action Next asks this very server for the next page. The word below, known to this
  // process alone, lets such a request keep the address of the person it is made for.
  const relay = randomBytes(24).toString("base64url");

  return async function front(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const method = req.method ?? "GET";
    const path = pathOf(req.url);
    const nonce = randomBytes(18).toString("base64");
    const headers = responseHeaders({ nonce, https, path: path ?? "/", dev, issuers });
    holdHeaders(res, headers);
    const refuse = (status: number, title: string, sentence: string) => {
      if (res.headersSent) return res.destroy();
      // The rest of what the client is sending is not read, so the connection cannot be used again.
      if (status === 413) res.setHeader("connection", "close");
      res.setHeader("content-type", "text/html; charset=utf-8");
      res.statusCode = status;
      res.end(plainPage(title, sentence));
    };

    // Of HTTP/1.1 (RFC 9112, 3.2).
    if (req.headers.host === undefined && req.httpVersion !== "1.0")
      return void refuse(400, "No host", "This request does not say which site it is for.");
    if (path === undefined) return void refuse(400, "Not an address", "This address cannot be read.");
    if (method === "TRACE" || method === "CONNECT")
      return void refuse(405, "Not possible", "This site does not answer such requests.");
    if (!isFromOwnSite({ method, path, origin: req.headers.origin }, site)) {
      return void refuse(403, "Not sent", foreignSentence(site));
    }
    const limit = settings.bodyLimit(path);
    if (Number(req.headers["content-length"] ?? 0) > limit)
      return void refuse(413, "Too large", tooLarge(limit));
    capBody(req, limit, () => {
      res.once("finish", () => req.destroy());
      refuse(413, "Too large", tooLarge(limit));
    });

    const relayed = same(req.headers[relayHeader], relay) ? req.headers[clientIpHeader] : undefined;
    const address =
      typeof relayed === "string"
        ? relayed
        : clientIp(req.socket.remoteAddress, req.headers["x-forwarded-for"]?.toString(), trusted);
    for (const name of Object.keys(req.headers)) {
      if (claims.includes(name) || claimPrefix.test(name)) delete req.headers[name];
    }
    // What the process tells itself crosses no wire: packing it, to unpack it and pack it anew for the client, is for nothing.
    if (relayed !== undefined) delete req.headers["accept-encoding"];
    const host = ownHost(req.headers.host, site);
    Object.assign(req.headers, {
      host,
      [clientIpHeader]: address,
      [addressHeader]: withoutOwnParameter(req.url ?? "/"),
      [relayHeader]: relay,
      "x-forwarded-host": host,
      "x-forwarded-proto": origin.protocol.slice(0, -1),
      "x-forwarded-port": origin.port || (https ? "443" : "80"),
      "x-forwarded-for": address,
      // Where Next finds the nonce for the scripts it writes.
      "content-security-policy": headers["content-security-policy"],
    });

    try {
      await handle(req, res);
    } catch (error) {
      // A client that left, or was cut off above, is no fault of ours.
      if (req.destroyed && !req.complete) return void res.destroy();
      const id = settings.noteFault(error, { method, path });
      refuse(
        500,
        "Something went wrong",
        `It was not your doing, and it has been noted as ${id}. Please try again.`,
      );
    }
  };
}

/**
 * The path, or undefined for what is no address of a site: `http://…`, `*`, a broken escape, a NUL. Nor one that names
 * another by its dots: browsers never send it, and the page behind it would get the headers of the path in front.
 */
function pathOf(url: string | undefined): string | undefined {
  // PostgreSQL cannot store a NUL and fails on one, wherever it comes from.
  if (!url?.startsWith("/") || /%00/.test(url)) return undefined;
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  try {
    const isTwisted = decodeURIComponent(path)
      .split(/[/\\]/)
      .some((part) => part === "." || part === "..");
    return isTwisted ? undefined : path;
  } catch {
    return undefined;
  }
}

/** The address as a person knows it: Next adds a parameter of its own when it fetches a page for a walk. */
function withoutOwnParameter(address: string): string {
  return address
    .replace(/([?&])_rsc=[^&]*(&|$)/, (_, before, after) => (after ? before : ""))
    .replace(/[?&]$/, "");
}

/** Puts our headers on at the last moment, so that nothing inside can forget or change them. */
function holdHeaders(res: ServerResponse, headers: Record<string, string>): void {
  const writeHead = res.writeHead.bind(res) as (status: number, reason?: string) => ServerResponse;
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    const given = rest.find((argument) => typeof argument === "object" && argument !== null);
    if (Array.isArray(given)) {
      for (let i = 0; i + 1 < given.length; i += 2) res.setHeader(String(given[i]), given[i + 1]);
    } else if (given) {
      for (const [name, value] of Object.entries(given)) if (value !== undefined) res.setHeader(name, value);
    }
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.removeHeader("x-powered-by");
    return typeof rest[0] === "string" ? writeHead(status, rest[0]) : writeHead(status);
  }) as typeof res.writeHead;
}

/** Counts what really arrives: a body may come without a length, or with a false one. */
function capBody(req: IncomingMessage, limit: number, exceeded: () => void): void {
  let size = 0;
  const push = req.push.bind(req);
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    size += chunk?.length ?? 0;
    if (size <= limit) return push(chunk, encoding);
    if (size - (chunk?.length ?? 0) <= limit) exceeded();
    return false;
  };
}

function same(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== "string" || given.length !== secret.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(secret));
}

function foreignSentence({ origin, configured }: Site): string {
  const hint = configured
    ? ""
    : " To reach it under another address, start it with FOYER_URL set to that address.";
  return `This was not sent from a page of ${origin}, so nothing was done. Open the page there and try again.${hint}`;
}

const MEGABYTE = 1024 * 1024;

function tooLarge(limit: number): string {
  const most = limit < MEGABYTE ? `${limit / 1024} kB` : `${Math.floor(limit / MEGABYTE)} MB`;
  return `At most ${most} can be sent at once; nothing was done.`;
}
