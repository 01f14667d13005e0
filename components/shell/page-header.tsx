import type { ReactNode } from "react";
import styles from "@/components/shell/page-header.module.css";

/** Renders the heading of an admin page with its actions. */
export function PageHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.header}>
      <h1>{title}</h1>
      {children ? <div className={styles.actions}>{children}</div> : null}
    </div>
  );
}
