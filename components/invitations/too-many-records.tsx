import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { saveFile } from "@/components/ui/save-file";
import { filesOf, MOST_FILES, splitList } from "@/lib/invitations/list-file/download";
import { type List, MOST_RECORDS } from "@/lib/invitations/list-file/records";

/** A list is sent whole or not at all: one that is too long can be had in blocks (REQ-B4). */
export function TooManyRecords({ list, name }: { list: List; name: string }) {
  const files = filesOf(list);
  const save = () => {
    for (const [at, text] of splitList(list).entries()) saveFile(`${name}-${at + 1}-of-${files}.csv`, text);
  };
  return (
    <Notice
      tone="warn"
      announce
      title={`${list.records.length} lines; the limit is ${MOST_RECORDS}`}
      action={
        <Button
          onClick={save}
          disabledReason={
            files > MOST_FILES
              ? `These are more than a day has invitations, ${MOST_FILES * MOST_RECORDS}. Take out people first.`
              : undefined
          }
        >
          Download as {files} files
        </Button>
      }
    >
      Nobody was invited. Download the list in blocks of {MOST_RECORDS}, and upload one after the other.
    </Notice>
  );
}
