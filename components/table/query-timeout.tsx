import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type Props = {
  /** What happened, and what to try instead. */
  message: string;
  /** Link to the same list in its default order, if it is sorted otherwise. */
  defaultSort: { href: string; label: string } | undefined;
  clearHref: string;
};

/** Renders the notice for a query that takes too long on a large list (REQ-C9). */
export function QueryTimeout({ message, defaultSort, clearHref }: Props) {
  const t = useTranslations();
  return (
    <Notice
      tone="warn"
      title={t("admin.table.tooSlow")}
      action={
        <>
          {defaultSort ? (
            <Link className={buttonClass()} href={defaultSort.href} prefetch={false}>
              {defaultSort.label}
            </Link>
          ) : null}
          <Link className={buttonClass()} href={clearHref} prefetch={false}>
            {t("admin.table.clearFilters")}
          </Link>
        </>
      }
    >
      {message}
    </Notice>
  );
}
