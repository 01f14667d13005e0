"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { InviteResult } from "@/components/invitations/invite-result";
import { UploadLines } from "@/components/invitations/upload-lines";
import { UploadToolbar } from "@/components/invitations/upload-toolbar";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { displayAddress } from "@/lib/email-address/display-address";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import type { LineResult } from "@/lib/invitations/commands/upload";
import type { ListPreview } from "@/lib/invitations/list-file/preview";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import { isProblem, type LineStatus, lineKey } from "@/lib/invitations/list-file/validate-lines";
import { lineMessage } from "@/lib/invitations/messages";

/** The results from the server, and the preview of the lines that were uploaded. */
export type UploadResult = { lines: readonly LineResult[]; preview: ListPreview };

type Props = {
  organization: string;
  name: string;
  /** The uploads of this list, oldest first. */
  results: readonly UploadResult[];
  /** The number of people in the list that are not uploaded yet (REQ-B13). */
  left: number;
  hasProvider: boolean;
  onContinue: () => void;
  close: () => void;
};

/**
 * The number of invited people and the result of each line; problem lines can be downloaded (REQ-B5). While
 * people are left, it offers the next 100 (REQ-B13).
 */
export function UploadSummary({ organization, name, results, left, hasProvider, onContinue, close }: Props) {
  const t = useTranslations();
  const [onlyProblems, setOnlyProblems] = useState(false);
  const heading = useRef<HTMLDivElement>(null);
  const last = results.at(-1);
  const invited = invitedLines(last);
  const isEmpty = invited.length === 0;
  useEffect(() => {
    if (isEmpty) heading.current?.focus();
  }, [isEmpty]);
  if (!last) return null;
  const resultByLine = new Map(last.lines.map((line) => [lineKey(line), line]));
  const lines = last.preview.lines.map(({ line: validated }) => {
    const { status = validated.status, invitationId } = resultByLine.get(lineKey(validated)) ?? {};
    const line = { ...validated, status };
    return {
      ...line,
      message: lineMessage(t, line),
      email: line.address ? displayAddress(line.address) : line.correction,
      failed: !invitationId && isProblem({ ...validated, status: status as LineStatus }),
    };
  });
  const problems = lines.filter(({ failed }) => failed);
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
        {left > 0 ? <p>{t("admin.invitations.upload.result.left", { count: left })}</p> : null}
        {results.length > 1 ? (
          <p>
            {t("admin.invitations.upload.result.total", {
              count: results.reduce((sum, result) => sum + invitedLines(result).length, 0),
              uploads: results.length,
            })}
          </p>
        ) : null}
        <UploadToolbar
          preview={last.preview}
          name={name}
          problems={problems}
          onlyProblems={onlyProblems}
          onOnlyProblems={setOnlyProblems}
        >
          <strong>
            {t("admin.invitations.upload.result.invited", { invited: invited.length, count: lines.length })}
          </strong>
        </UploadToolbar>
        <UploadLines
          label={t("admin.invitations.upload.result.lines")}
          lines={onlyProblems ? problems : lines}
        />
      </DialogBody>
      <DialogActions>
        {left > 0 ? (
          <>
            <DialogCancel>{t("admin.invitations.done")}</DialogCancel>
            <Button variant="primary" onClick={onContinue}>
              {t("admin.invitations.upload.result.continue", { count: Math.min(left, MAX_RECORDS) })}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={close}>
            {t("admin.invitations.done")}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

function invitedLines(result: UploadResult | undefined): InviteeResult[] {
  return (result?.lines ?? [])
    .filter((line): line is LineResult & InviteeResult => Boolean(line.invitationId))
    .map((line) => ({ ...line, text: displayAddress(line.text) }));
}
