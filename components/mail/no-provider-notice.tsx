import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

/** Explains why emails stay in the mailbox, and how to have them sent. */
export function NoProviderNotice() {
  const t = useTranslations();
  return (
    <Notice tone="warn" title={t("admin.mailbox.notSetUp.title")}>
      {t.rich("admin.mailbox.notSetUp.text", { code: (text) => <code>{text}</code> })}
    </Notice>
  );
}
