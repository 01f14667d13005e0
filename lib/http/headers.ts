export type Facts = {
  /** The nonce of this response, base64. */
  nonce: string;
  /** Is the site reached over https? */
  https: boolean;
  /** The path asked for, without its query. */
  path: string;
  /** `next dev` evaluates code and speaks over a web socket. */
  dev?: boolean;
  /** Origins of the OpenID Connect providers a sign-in form may lead to. */
  issuers?: readonly string[];
};

// Hardware and payment have no place here. Features a page asks for itself (clipboard, full screen) stay as they are.
const denied = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];

// Files that are the same for everybody: the build's own, and those at the top of `public`.
const asset = /^\/(_next\/static\/.+|[^/]+\.(ico|png|svg|webp|txt|webmanifest))$/;
const letterFrame = /^\/mailbox\/[^/]+\/html\/?$/;

/** Does the same file go to everybody, so that it may be kept by a cache? */
export function isAsset(path: string): boolean {
  return asset.test(path);
}

/** The Content-Security-Policy of one response (spec/security.md, "Headers, sessions"). */
export function contentSecurityPolicy({
  nonce,
  path,
  dev = false,
  issuers = [],
}: Omit<Facts, "https">): string {
  // A letter is a stranger's HTML: it may look as it likes and do nothing at all.
  if (letterFrame.test(path)) {
    return "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
  }
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // The development overlay writes style elements without a nonce.
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    // The redirect that follows a form's post counts as its target, also when it leads to a provider.
    ["form-action 'self'", ...issuers].join(" "),
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The headers that every response carries, whoever made it: a page, an action, a file, a refusal. */
export function responseHeaders(facts: Facts): Record<string, string> {
  return {
    "content-security-policy": contentSecurityPolicy(facts),
    "x-content-type-options": "nosniff",
    // Not no-referrer: with it Chromium posts forms with `Origin: null`, and joining without JavaScript would fail.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": denied.map((feature) => `${feature}=()`).join(", "),
    ...(facts.https ? { "strict-transport-security": "max-age=31536000" } : {}),
    ...(isAsset(facts.path) ? {} : { "cache-control": "no-store" }),
  };
}
