import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "@/components/table/pagination.module.css";
import { buttonClass } from "@/components/ui/button";

/**
 * Renders links to the previous and next page, if they exist. `summary` is the position ("1–50 of 10,000+").
 */
export function Pagination(props: {
  label: string;
  summary?: ReactNode;
  previous?: string | undefined;
  next?: string | undefined;
}) {
  const t = useTranslations();
  const { previous, next } = props;
  return (
    <nav className={styles.pagination} aria-label={props.label}>
      <p>{props.summary}</p>
      {previous ? (
        <Link className={buttonClass("plain", "small")} href={previous} prefetch={false} rel="prev">
          <ChevronLeft size={16} aria-hidden />
          {t("admin.table.previous")}
        </Link>
      ) : null}
      {next ? (
        <Link className={buttonClass("plain", "small")} href={next} prefetch={false} rel="next">
          {t("admin.table.next")}
          <ChevronRight size={16} aria-hidden />
        </Link>
      ) : null}
    </nav>
  );
}
