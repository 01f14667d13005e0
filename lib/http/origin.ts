/** The origin under which browsers open this site. */
export type SiteOrigin = {
  /** The configured origin: "https://people.example.com". */
  origin: string;
  /** False for the default origin, where every name of the local machine is accepted. */
  configured: boolean;
};

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

// The sender is not a browser; the request is authenticated by a signature of its body (lib/mail/webhook.ts).
const WEBHOOK_PATHS = new Set(["/api/resend"]);

/** Returns the origins that count as this site. */
function acceptedOrigins({ origin, configured }: SiteOrigin): string[] {
  if (configured) return [origin];
  const { protocol, port } = new URL(origin);
  const suffix = port === "" ? "" : `:${port}`;
  return [origin, ...["localhost", "127.0.0.1", "[::1]"].map((host) => `${protocol}//${host}${suffix}`)];
}

/**
 * Returns true for safe methods, signed webhooks, and requests whose Origin header is one of this site.
 * Next.js accepts an action without an Origin header; here it is refused.
 */
export function isSameOrigin(
  request: { method: string; path: string; origin: string | undefined },
  site: SiteOrigin,
): boolean {
  if (SAFE_METHODS.has(request.method) || WEBHOOK_PATHS.has(request.path)) return true;
  return request.origin !== undefined && acceptedOrigins(site).includes(request.origin);
}

/**
 * Returns the host to pass to the application, which is never an arbitrary Host header: the configured one,
 * or without configuration the local name that the browser used, so that its cookies match.
 */
export function resolveHost(claimed: string | undefined, site: SiteOrigin): string {
  const hosts = acceptedOrigins(site).map((origin) => new URL(origin).host);
  return claimed !== undefined && hosts.includes(claimed) ? claimed : new URL(site.origin).host;
}
