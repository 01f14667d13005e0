"use client";

import Download from "lucide-react/icons/download";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { InviteResult } from "@/components/invitations/invite-result";
import { UploadLines } from "@/components/invitations/upload-lines";
import type { SelectedList } from "@/components/invitations/upload-source";
import toolbarStyles from "@/components/invitations/upload-toolbar.module.css";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody } from "@/components/ui/dialog";
import { downloadText } from "@/components/ui/download-text";
import { Notice } from "@/components/ui/notice";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import type { LineResult } from "@/lib/invitations/commands/upload";
import { toProblemCsv } from "@/lib/invitations/list-file/download";
import type { ListLine } from "@/lib/invitations/list-file/validate-lines";
import { lineMessage } from "@/lib/invitations/messages";

/** The results from the server, and the validated lines that were uploaded, in the same order. */
export type UploadResult = { lines: readonly LineResult[]; validated: readonly ListLine[] };

type Props = {
  organization: string;
  selected: SelectedList;
  result: UploadResult;
  hasProvider: boolean;
  close: () => void;
};

/** The number of invited people and the result of each line; problem lines can be downloaded (REQ-B5). */
export function UploadSummary({ organization, selected, result, hasProvider, close }: Props) {
  const t = useTranslations();
  const [onlyProblems, setOnlyProblems] = useState(false);
  const heading = useRef<HTMLDivElement>(null);
  const invited = result.lines.filter((line) => line.invitationId) as InviteeResult[];
  const isEmpty = invited.length === 0;
  useEffect(() => {
    if (isEmpty) heading.current?.focus();
  }, [isEmpty]);
  const results = result.validated.map((validated, index) => {
    const { status = validated.status, invitationId } = result.lines[index] ?? {};
    const line = { ...validated, status };
    return {
      ...line,
      message: lineMessage(t, line),
      address: line.address ?? line.correction,
      failed: !invitationId && status !== "skipped",
    };
  });
  const problems = results.filter(({ failed }) => failed);
  return (
    <>
      <DialogBody>
        {isEmpty ? (
          <div ref={heading} tabIndex={-1}>
            <Notice tone="info" announce title={t("admin.invitations.upload.result.none.title")}>
              {t("admin.invitations.upload.result.none.hint")}
            </Notice>
          </div>
        ) : (
          <InviteResult
            organization={organization}
            invited={invited}
            hasProvider={hasProvider}
            hasFailures={false}
          />
        )}
        <div className={toolbarStyles.toolbar}>
          <p>
            <strong>
              {t("admin.invitations.upload.result.invited", {
                invited: invited.length,
                count: results.length,
              })}
            </strong>
          </p>
          <Button
            size="small"
            aria-pressed={onlyProblems}
            onClick={() => setOnlyProblems(!onlyProblems)}
            disabledReason={problems.length === 0 ? t("admin.invitations.upload.problems.none") : undefined}
          >
            {t("admin.invitations.upload.problems.filter", { count: problems.length })}
          </Button>
          <Button
            size="small"
            variant="quiet"
            icon={<Download size={15} aria-hidden />}
            disabledReason={problems.length === 0 ? t("admin.invitations.upload.problems.none") : undefined}
            onClick={() =>
              downloadText(
                t("admin.invitations.upload.problems.fileName", { name: selected.name }),
                toProblemCsv(selected.list.header, problems, t("admin.invitations.upload.problems.column")),
              )
            }
          >
            {t("admin.invitations.upload.problems.download")}
          </Button>
        </div>
        <UploadLines
          label={t("admin.invitations.upload.result.lines")}
          lines={onlyProblems ? problems : results}
        />
      </DialogBody>
      <DialogActions>
        <Button variant="primary" onClick={close}>
          {t("admin.invitations.done")}
        </Button>
      </DialogActions>
    </>
  );
}
