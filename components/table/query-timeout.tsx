import Link from "next/link";
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
  return (
    <Notice
      tone="warn"
      title="This takes too long"
      action={
        <>
          {defaultSort ? (
            <Link className={buttonClass()} href={defaultSort.href} prefetch={false}>
              {defaultSort.label}
            </Link>
          ) : null}
          <Link className={buttonClass()} href={clearHref} prefetch={false}>
            Clear filters
          </Link>
        </>
      }
    >
      {message}
    </Notice>
  );
}
