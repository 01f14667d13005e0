export type HeaderOptions = {
  /** The nonce of this response, in base64. */
  nonce: string;
  /** True if the site is served over https. */
  https: boolean;
  /** The requested path without its query. */
  path: string;
  /** True for `next dev`, which evaluates code and uses a web socket. */
  dev?: boolean;
  /** The origins of the OpenID Connect providers to which a login form can redirect. */
  issuers?: readonly string[];
};

// Hardware and payment are never used. Features that pages use (clipboard, full screen) keep their defaults.
const DENIED_FEATURES = [
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

// Files that are the same for every user: those of the build, and those at the top of `public`.
const STATIC_ASSET = /^\/(_next\/static\/.+|[^/]+\.(ico|png|svg|webp|txt|webmanifest))$/;
const EMAIL_FRAME = /^\/mailbox\/[^/]+\/html\/?$/;

/** Returns true for a file that is the same for every user, so that a cache may store it. */
export function isStaticAsset(path: string): boolean {
  return STATIC_ASSET.test(path);
}

/** Returns the Content-Security-Policy of one response. */
export function contentSecurityPolicy({
  nonce,
  path,
  dev = false,
  issuers = [],
}: Omit<HeaderOptions, "https">): string {
  // An email is untrusted HTML: it may have styles, and can run, load and submit nothing.
  if (EMAIL_FRAME.test(path)) {
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
    // Without it, the browser checks workers by script-src, and a worker has no nonce.
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    // form-action also applies to the redirect after a form is submitted, which can lead to a provider.
    ["form-action 'self'", ...issuers].join(" "),
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Returns the headers of every response: page, action, file or refusal. */
export function responseHeaders(options: HeaderOptions): Record<string, string> {
  return {
    "content-security-policy": contentSecurityPolicy(options),
    "x-content-type-options": "nosniff",
    // Not no-referrer: with it Chromium posts forms with `Origin: null`, and joining without JavaScript would
    // fail.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": DENIED_FEATURES.map((feature) => `${feature}=()`).join(", "),
    ...(options.https ? { "strict-transport-security": "max-age=31536000" } : {}),
    ...(isStaticAsset(options.path) ? {} : { "cache-control": "no-store" }),
  };
}
