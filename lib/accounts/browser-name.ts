import { userAgent } from "next/server";
import type { Translation } from "@/lib/i18n/messages";

const BROWSERS: Record<string, string> = { "Mobile Safari": "Safari", "Chrome Headless": "Chrome" };
const SYSTEMS: Record<string, string> = { "Mac OS": "macOS", "Chromium OS": "ChromeOS" };

/** Returns a name such as "Firefox on Windows" for a user agent header; unknown parts are left out or named so. */
export function browserName({ t }: Translation, userAgentHeader: string): string {
  const { browser, os } = userAgent({ headers: new Headers({ "user-agent": userAgentHeader }) });
  const name = browser.name && (BROWSERS[browser.name] ?? browser.name);
  const system = os.name && (SYSTEMS[os.name] ?? os.name);
  if (!name)
    return system
      ? t("accounts.sessions.unknownBrowserOnSystem", { system })
      : t("accounts.sessions.unknownBrowser");
  return system ? t("accounts.sessions.browserOnSystem", { browser: name, system }) : name;
}
