/**
 * Returns the requested path if it stays on this site (S-LINK-11), however it is disguised (`//evil`, `/\evil`,
 * `https:evil`, a tab inside); otherwise `fallback`. `origin` is the configured origin.
 */
export function resolveReturnPath(requested: string | undefined, origin: string, fallback = "/"): string {
  if (!requested?.startsWith("/") || !URL.canParse(requested, origin)) return fallback;
  const url = new URL(requested, origin);
  const path = `${url.pathname}${url.search}`;
  return url.origin === new URL(origin).origin && !path.startsWith("//") ? path : fallback;
}
