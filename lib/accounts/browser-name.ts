import { userAgent } from "next/server";

const BROWSERS: Record<string, string> = { "Mobile Safari": "Safari", "Chrome Headless": "Chrome" };
const SYSTEMS: Record<string, string> = { "Mac OS": "macOS", "Chromium OS": "ChromeOS" };

/** Returns a name such as "Firefox on Windows" for a user agent header; unknown parts are left out. */
export function browserName(userAgentHeader: string): string {
  const { browser, os } = userAgent({ headers: new Headers({ "user-agent": userAgentHeader }) });
  const name = browser.name ? (BROWSERS[browser.name] ?? browser.name) : "A browser";
  return os.name ? `${name} on ${SYSTEMS[os.name] ?? os.name}` : name;
}
