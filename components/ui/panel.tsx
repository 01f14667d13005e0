import { type ReactNode, useId } from "react";
import styles from "@/components/ui/panel.module.css";

/** Renders a bordered section with a heading. */
export function Panel({ id, title, children }: { id?: string; title: ReactNode; children: ReactNode }) {
  const headingId = useId();
  return (
    <section id={id} className={styles.panel} aria-labelledby={headingId}>
      <h2 id={headingId}>{title}</h2>
      {children}
    </section>
  );
}
