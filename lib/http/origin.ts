/** The addresses under which this site's own pages are open in a browser. */
export type Site = {
  /** The configured origin: "https://people.example.com". */
  origin: string;
  /** Was it configured, or is it the default, where every name of this machine will do? */
  configured: boolean;
};

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

// Its sender is no browser; it proves itself by a signature over the body (letters/webhook).
const signedPaths = new Set(["/api/resend"]);

/** The origins whose pages count as ours. */
function ownOrigins({ origin, configured }: Site): string[] {
  if (configured) return [origin];
  const { protocol, port } = new URL(origin);
  const suffix = port === "" ? "" : `:${port}`;
  return [origin, ...["localhost", "127.0.0.1", "[::1]"].map((host) => `${protocol}//${host}${suffix}`)];
}

/**
 * May this request change something? Safe methods always; others only when the browser says that a page of
 * ours sent them. Next lets an action through when there is no Origin at all; here a missing one is refused.
 */
export function isFromOwnSite(
  request: { method: string; path: string; origin: string | undefined },
  site: Site,
): boolean {
  if (safeMethods.has(request.method) || signedPaths.has(request.path)) return true;
  return request.origin !== undefined && ownOrigins(site).includes(request.origin);
}

/**
 * The host that the application is told, never simply what the client wrote: the configured one, or on a
 * machine without configuration whichever of its own names the browser used, so that its cookies fit.
 */
export function ownHost(claimed: string | undefined, site: Site): string {
  const own = ownOrigins(site).map((origin) => new URL(origin).host);
  return claimed !== undefined && own.includes(claimed) ? claimed : new URL(site.origin).host;
}
