import type { ReactNode } from "react";
import styles from "@/components/table/row-actions.module.css";

/** Renders the actions of a table row side by side. Narrow tables show only the last icon, the menu. */
export function RowActions({ children }: { children: ReactNode }) {
  return <span className={styles.actions}>{children}</span>;
}
