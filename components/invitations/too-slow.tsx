import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { LIST_WORDS, type ListRefusal } from "@/lib/invitations/messages";

type Props = { reason: ListRefusal; sorted: string; clear: string };

/** A question that a large list cannot answer soon: says so, and what to ask instead (R C9). */
export function TooSlow({ reason, sorted, clear }: Props) {
  return (
    <Notice
      tone="warn"
      title="This takes too long"
      action={
        <>
          {reason === "list-too-slow" ? (
            <Link className={buttonClass()} href={sorted} prefetch={false}>
              Sort by Status
            </Link>
          ) : null}
          <Link className={buttonClass()} href={clear} prefetch={false}>
            Clear filters
          </Link>
        </>
      }
    >
      {LIST_WORDS[reason]}
    </Notice>
  );
}
