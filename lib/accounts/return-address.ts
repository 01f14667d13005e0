/**
 * Where to go on after signing in: a path on this site, whatever its disguise (`//evil`, `/\evil`, `https:evil`, a
 * tab inside), else `fallback`. Pure; `origin` is the configured one.
 */
export function returnAddress(asked: string | undefined, origin: string, fallback = "/"): string {
  if (!asked?.startsWith("/") || !URL.canParse(asked, origin)) return fallback;
  const url = new URL(asked, origin);
  const path = `${url.pathname}${url.search}`;
  return url.origin === new URL(origin).origin && !path.startsWith("//") ? path : fallback;
}
