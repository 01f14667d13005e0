/** The cookie that remembers the choice. Scripts write it, so it holds nothing but the word. */
export const themeCookie = "theme";

export type Theme = "light" | "dark";

export function isTheme(value: unknown): value is Theme {
  return value === "light" || value === "dark";
}
