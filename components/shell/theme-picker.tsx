"use client";

import Monitor from "lucide-react/icons/monitor";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { useTranslations } from "next-intl";
import { isTheme, THEME_COOKIE, type Theme } from "@/components/shell/theme";
import styles from "@/components/shell/theme-picker.module.css";
import hiddenStyles from "@/components/ui/visually-hidden.module.css";

const OPTIONS = [
  { value: "system", icon: Monitor },
  { value: "light", icon: Sun },
  { value: "dark", icon: Moon },
] as const;

/** One year, in seconds. */
const COOKIE_MAX_AGE = 365 * 24 * 60 * 60;

/**
 * Renders the choice between light, dark and system theme. Hidden without JavaScript, when the system theme
 * applies.
 */
export function ThemePicker({ theme }: { theme: Theme | undefined }) {
  const t = useTranslations();
  return (
    <fieldset className={styles.picker}>
      <legend>{t("shell.theme.label")}</legend>
      {OPTIONS.map(({ value, icon: Icon }) => (
        <label key={value}>
          <input
            type="radio"
            name="theme"
            value={value}
            className={hiddenStyles.visuallyHidden}
            defaultChecked={value === (theme ?? "system")}
            onChange={() => applyTheme(value)}
          />
          <Icon size={15} aria-hidden />
          {t(`shell.theme.${value}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** Applies a theme immediately and stores it in a cookie, from which the server renders the next page. */
function applyTheme(value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const theme = isTheme(value) ? value : "";
  // The Cookie Store API is not available over plain http.
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${theme ? COOKIE_MAX_AGE : 0}; SameSite=Lax${secure}`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
