import { cookies } from "next/headers";
import { isTheme, type Theme, themeCookie } from "@/components/shell/themes";

/** The theme this browser chose, read before the first byte is sent, so nothing flashes; `undefined` follows the system. */
export async function readTheme(): Promise<Theme | undefined> {
  const value = (await cookies()).get(themeCookie)?.value;
  return isTheme(value) ? value : undefined;
}
