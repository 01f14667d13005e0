import type { ReactNode } from "react";
import { readTheme } from "@/components/shell/theme";
import { ThemeChoice } from "@/components/shell/theme-choice";

type Props = { account: { name: string; email: string }; signOut: ReactNode; links?: ReactNode };

/** Who is signed in, the theme, and the way out: a popover of the browser's own, so that it opens without JavaScript. */
export async function AccountMenu({ account, signOut, links }: Props) {
  const theme = await readTheme();
  return (
    <div className="shell-account">
      <button
        type="button"
        className="account-button"
        popoverTarget="account"
        aria-label={`Account: ${account.name}`}
      >
        <span className="initials" aria-hidden="true">
          {initials(account.name)}
        </span>
        <span className="account-name">{account.name}</span>
      </button>
      <div id="account" popover="auto" className="account">
        <p className="account-who">
          <strong>{account.name}</strong>
          <span>{account.email}</span>
        </p>
        {links}
        <ThemeChoice theme={theme} />
        {signOut}
      </div>
    </div>
  );
}

/** "AD" for Ana Duarte: the first letters of the first and the last word. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
