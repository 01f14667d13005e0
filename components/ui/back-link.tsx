import ArrowLeft from "lucide-react/icons/arrow-left";
import Link from "next/link";
import type { ReactNode } from "react";
import styles from "@/components/ui/back-link.module.css";

/** Renders a link to the page above, before the heading. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link className={styles.link} href={href} prefetch={false}>
      <ArrowLeft size={16} aria-hidden />
      {children}
    </Link>
  );
}
