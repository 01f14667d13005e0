import type { ReactNode } from "react";
import styles from "@/components/table/list-tools.module.css";

/** Renders search and filters of a list and, at the end of the line, the actions for the list. */
export function ListTools({ children }: { children: ReactNode }) {
  return <div className={styles.tools}>{children}</div>;
}
