import type { ReactNode } from "react";
import styles from "@/components/ui/inline-code.module.css";

/** Renders an invitation code, address or token in a font that makes similar characters distinct. */
export function InlineCode({ children }: { children: ReactNode }) {
  return <code className={styles.code}>{children}</code>;
}
