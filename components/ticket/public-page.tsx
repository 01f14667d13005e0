import type { ReactNode } from "react";
import { LanguagePicker } from "@/components/i18n/language-picker";
import { FoyerLogo } from "@/components/shell/logo";
import styles from "@/components/ticket/public-page.module.css";

type Props = {
  /** The organization's name; by default Foyer's. */
  name?: string;
  children: ReactNode;
  /** Help below the ticket (REQ-D7), such as the support address. */
  foot?: ReactNode;
  /** A wider page, for content that does not fit a ticket: forms, or a table such as the mailbox. */
  width?: "medium" | "wide";
  /** False on a page that sets the language itself. */
  hasLanguagePicker?: boolean;
};

/** The frame of pages outside an organization: setup, login, join. */
export function PublicPage({ name = "Foyer", children, foot, width, hasLanguagePicker = true }: Props) {
  return (
    <div className={styles.page} data-width={width}>
      <header className={styles.header}>
        <FoyerLogo />
        <span>{name}</span>
      </header>
      <main className={styles.main}>{children}</main>
      <footer className={styles.footer}>
        {foot}
        {hasLanguagePicker ? <LanguagePicker /> : null}
      </footer>
    </div>
  );
}
