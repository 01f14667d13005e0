import type { ComponentPropsWithRef } from "react";
import styles from "@/components/ui/visually-hidden.module.css";

/** Renders text that only screen readers read. */
export function VisuallyHidden(props: ComponentPropsWithRef<"span">) {
  return <span {...props} className={styles.visuallyHidden} />;
}
