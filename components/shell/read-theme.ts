import { cookies } from "next/headers";
import { isTheme, THEME_COOKIE, type Theme } from "@/components/shell/theme";

/**
 * Returns the theme chosen in this browser, from its cookie; undefined to follow the system. The server reads
 * it before it sends the first byte, so the page does not flash.
 */
export async function readTheme(): Promise<Theme | undefined> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(value) ? value : undefined;
}
