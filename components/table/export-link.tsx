import { buttonClass } from "@/components/ui/button";

/** What the list shows, all its pages, as a file (REQ-C9). It needs no script; and it is no Link, because it leads to no page. */
export function ExportLink({ href }: { href: string }) {
  return (
    <a className={buttonClass()} href={href}>
      Export
      <span className="sr-only"> as CSV</span>
    </a>
  );
}
