import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type Props = {
  /** What happened, and what to ask instead. */
  words: string;
  /** The same in the usual order, where it is in another one. */
  sorted: { href: string; label: string } | undefined;
  clear: string;
};

/** A question that a large list cannot answer soon (REQ-C9). */
export function TooSlow({ words, sorted, clear }: Props) {
  return (
    <Notice
      tone="warn"
      title="This takes too long"
      action={
        <>
          {sorted ? (
            <Link className={buttonClass()} href={sorted.href} prefetch={false}>
              {sorted.label}
            </Link>
          ) : null}
          <Link className={buttonClass()} href={clear} prefetch={false}>
            Clear filters
          </Link>
        </>
      }
    >
      {words}
    </Notice>
  );
}
