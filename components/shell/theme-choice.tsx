"use client";

import Monitor from "lucide-react/icons/monitor";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { isTheme, type Theme, themeCookie } from "@/components/shell/themes";

const choices = [
  { value: "system", label: "System", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];

/** How long a choice is remembered, in seconds: a year. */
const REMEMBERED = 365 * 24 * 60 * 60;

/** Light, dark, or as the system has it. Without JavaScript it is not shown, and the system decides. */
export function ThemeChoice({ theme }: { theme: Theme | undefined }) {
  return (
    <fieldset className="theme-choice">
      <legend>Theme</legend>
      {choices.map(({ value, label, icon: Icon }) => (
        <label key={value}>
          <input
            type="radio"
            name="theme"
            value={value}
            className="sr-only"
            defaultChecked={value === (theme ?? "system")}
            onChange={() => choose(value)}
          />
          <Icon size={15} aria-hidden />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** Changes the page at once and leaves the cookie from which the server starts the next one. */
function choose(value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const theme = isTheme(value) ? value : "";
  // Not the Cookie Store API: plain http has none.
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${theme ? REMEMBERED : 0}; SameSite=Lax${secure}`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
