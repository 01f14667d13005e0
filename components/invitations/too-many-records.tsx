import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ListReader } from "@/components/invitations/list-reader";
import { Button } from "@/components/ui/button";
import { downloadText } from "@/components/ui/download-text";
import { Notice } from "@/components/ui/notice";
import { MAX_FILES } from "@/lib/invitations/list-file/download";
import type { ListPreview } from "@/lib/invitations/list-file/preview";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import type { ListChoices } from "@/lib/invitations/list-file/validate-lines";

type Props = {
  preview: ListPreview;
  /** The number of people in earlier uploads. */
  from: number;
  reader: ListReader;
  choices: ListChoices;
  name: string;
};

/** Says which people of a long list are in this upload; the list can be downloaded as files of 100 (REQ-B4, REQ-B13). */
export function TooManyRecords({ preview: { count, files }, from, reader, choices, name }: Props) {
  const t = useTranslations();
  const [isSplitting, setSplitting] = useState(false);
  const save = async () => {
    if (isSplitting) return;
    setSplitting(true);
    const texts = await reader.split(choices).finally(() => setSplitting(false));
    for (const [index, text] of texts.entries())
      downloadText(
        t("admin.invitations.upload.tooMany.fileName", { name, part: index + 1, count: files }),
        text,
      );
  };
  return (
    <Notice
      title={t("admin.invitations.upload.tooMany.title", { count, maximum: MAX_RECORDS })}
      action={
        <Button
          size="small"
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
      {t("admin.invitations.upload.tooMany.body", {
        first: from + 1,
        last: Math.min(from + MAX_RECORDS, count),
      })}
    </Notice>
  );
}
