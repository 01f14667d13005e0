import type { ReactNode } from "react";
import styles from "@/components/ui/badge.module.css";

export type BadgeTone = "info" | "ok" | "warn" | "bad" | "quiet";

/** Renders a status label, with an optional icon before it (an expiry ring, or an icon of 16 px). */
export function Badge({
  tone = "quiet",
  icon,
  children,
}: {
  tone?: BadgeTone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={styles.badge} data-slot="badge" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
