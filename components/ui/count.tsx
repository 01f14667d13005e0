import type { ReactNode } from "react";
import styles from "@/components/ui/count.module.css";

/** Renders a number or a short word in a frame, beside a title. */
export function Count({ children }: { children: ReactNode }) {
  return (
    <span className={styles.count} data-slot="count">
      {children}
    </span>
  );
}
