import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import styles from "@/components/shell/account-menu.module.css";
import menuStyles from "@/components/shell/popover-menu.module.css";
import { readTheme } from "@/components/shell/read-theme";
import { ThemePicker } from "@/components/shell/theme-picker";

type Props = { account: { name: string; email: string }; signOut: ReactNode; links?: ReactNode };

/**
 * Renders the account menu with name, theme and Sign out. A native popover, so that it works without
 * JavaScript.
 */
export async function AccountMenu({ account, signOut, links }: Props) {
  const theme = await readTheme();
  const t = await getTranslations();
  return (
    <div>
      <button
        type="button"
        className={styles.button}
        popoverTarget="account"
        aria-label={t("shell.account", { name: account.name })}
      >
        <span className={styles.initials} aria-hidden="true">
          {initials(account.name)}
        </span>
        <span className={styles.name}>{account.name}</span>
      </button>
      <div id="account" popover="auto" className={`${menuStyles.menu} ${styles.account}`}>
        <p className={menuStyles.identity}>
          <strong>{account.name}</strong>
          <span>{account.email}</span>
        </p>
        {links}
        <ThemePicker theme={theme} />
        {signOut}
      </div>
    </div>
  );
}

/** Returns the initials of the first and the last word: "AD" for Ana Duarte. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const parts = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return parts
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
