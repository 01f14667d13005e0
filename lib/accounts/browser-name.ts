import { userAgent } from "next/server";

const BROWSERS: Record<string, string> = { "Mobile Safari": "Safari", "Chrome Headless": "Chrome" };
const SYSTEMS: Record<string, string> = { "Mac OS": "macOS", "Chromium OS": "ChromeOS" };

/** "Firefox on Windows", for whoever wants to know their own browsers again; what it does not say is left out. */
export function browserName(agent: string): string {
  const { browser, os } = userAgent({ headers: new Headers({ "user-agent": agent }) });
  const name = browser.name ? (BROWSERS[browser.name] ?? browser.name) : "A browser";
  return os.name ? `${name} on ${SYSTEMS[os.name] ?? os.name}` : name;
}
