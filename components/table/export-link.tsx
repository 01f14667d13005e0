import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";

/**
 * Renders a link that downloads all pages of the list as a CSV file (REQ-C9). Not a Next.js Link: its target
 * is not a page.
 */
export function ExportLink({ href }: { href: string }) {
  const t = useTranslations();
  return (
    <a className={buttonClass()} href={href} aria-label={t("admin.table.exportLabel")}>
      {t("admin.table.export")}
    </a>
  );
}
