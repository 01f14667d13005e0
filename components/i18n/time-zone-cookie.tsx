"use client";

import { useEffect } from "react";
import { TIME_ZONE_COOKIE } from "@/lib/i18n/format";

/** One year, in seconds. */
const COOKIE_MAX_AGE = 365 * 24 * 60 * 60;

/** Tells the server the time zone of this browser, so that it can format times for it (REQ-D11). */
export function TimeZoneCookie() {
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const secure = location.protocol === "https:" ? "; Secure" : "";
    // The Cookie Store API is not available over plain http.
    document.cookie = `${TIME_ZONE_COOKIE}=${timeZone}; Path=/; Max-Age=${COOKIE_MAX_AGE}; SameSite=Lax${secure}`;
  }, []);
  return null;
}
