/** The cookie with the chosen theme. Written by scripts, so it is not HttpOnly. */
export const THEME_COOKIE = "theme";

export type Theme = "light" | "dark";

/** Returns whether a cookie value is a theme. */
export function isTheme(value: unknown): value is Theme {
  return value === "light" || value === "dark";
}
