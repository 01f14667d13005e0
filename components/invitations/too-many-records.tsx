import { Button } from "@/components/ui/button";
import { downloadText } from "@/components/ui/download-text";
import { Notice } from "@/components/ui/notice";
import { countFiles, MAX_FILES, splitList } from "@/lib/invitations/list-file/download";
import { MAX_RECORDS, type ParsedList } from "@/lib/invitations/list-file/records";

/** Shown for a list that is too long, which can be downloaded in several files (REQ-B4). */
export function TooManyRecords({ list, name }: { list: ParsedList; name: string }) {
  const files = countFiles(list);
  const save = () => {
    for (const [index, text] of splitList(list).entries())
      downloadText(`${name}-${index + 1}-of-${files}.csv`, text);
  };
  return (
    <Notice
      tone="warn"
      announce
      title={`${list.records.length} lines; the limit is ${MAX_RECORDS}`}
      action={
        <Button
          onClick={save}
          disabledReason={
            files > MAX_FILES
              ? `These are more than a day has invitations, ${MAX_FILES * MAX_RECORDS}. Take out people first.`
              : undefined
          }
        >
          Download as {files} files
        </Button>
      }
    >
      Nothing was sent. Download the list as files of {MAX_RECORDS} and upload them one by one.
    </Notice>
  );
}
