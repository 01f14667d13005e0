import type { ComponentPropsWithRef } from "react";
import styles from "@/components/table/bulk-bar-frame.module.css";

/** Renders the frame of the bulk bar; empty, it reserves the space while the bar is loaded. */
export function BulkBarFrame({ className, ...rest }: ComponentPropsWithRef<"section">) {
  return (
    <section
      {...rest}
      className={className ? `${styles.frame} ${className}` : styles.frame}
      data-slot="bulk-bar"
    />
  );
}
