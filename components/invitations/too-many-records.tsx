import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { downloadText } from "@/components/ui/download-text";
import { Notice } from "@/components/ui/notice";
import { countFiles, MAX_FILES, splitList } from "@/lib/invitations/list-file/download";
import { MAX_RECORDS, type ParsedList } from "@/lib/invitations/list-file/records";

/** Shown for a list that is too long, which can be downloaded in several files (REQ-B4). */
export function TooManyRecords({ list, name }: { list: ParsedList; name: string }) {
  const t = useTranslations();
  const files = countFiles(list);
  const save = () => {
    for (const [index, text] of splitList(list).entries())
      downloadText(
        t("admin.invitations.upload.tooMany.fileName", { name, part: index + 1, count: files }),
        text,
      );
  };
  return (
    <Notice
      tone="warn"
      announce
      title={t("admin.invitations.upload.tooMany.title", {
        count: list.records.length,
        maximum: MAX_RECORDS,
      })}
      action={
        <Button
          onClick={save}
          disabledReason={
            files > MAX_FILES
              ? t("admin.invitations.upload.tooMany.overDailyLimit", { limit: MAX_FILES * MAX_RECORDS })
              : undefined
          }
        >
          {t("admin.invitations.upload.tooMany.download", { count: files })}
        </Button>
      }
    >
      {t("admin.invitations.upload.tooMany.body", { maximum: MAX_RECORDS })}
    </Notice>
  );
}
