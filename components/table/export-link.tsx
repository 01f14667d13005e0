import { buttonClass } from "@/components/ui/button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

/**
 * Renders a link that downloads all pages of the list as a CSV file (REQ-C9). Not a Next.js Link: its target
 * is not a page.
 */
export function ExportLink({ href }: { href: string }) {
  return (
    <a className={buttonClass()} href={href}>
      Export
      <VisuallyHidden> as CSV</VisuallyHidden>
    </a>
  );
}
