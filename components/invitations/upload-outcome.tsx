"use client";

import Download from "lucide-react/icons/download";
import { useEffect, useRef, useState } from "react";
import { InviteResult } from "@/components/invitations/invite-result";
import { UploadLines } from "@/components/invitations/upload-lines";
import type { Chosen } from "@/components/invitations/upload-source";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { saveFile } from "@/components/ui/save-file";
import type { Invited } from "@/lib/invitations/commands/invite";
import type { Uploaded } from "@/lib/invitations/commands/upload";
import { problemRows } from "@/lib/invitations/list-file/download";
import type { Line } from "@/lib/invitations/list-file/verdicts";
import { lineWords } from "@/lib/invitations/messages";

/** What became of each line, and the lines as they were sent. */
export type Sent = { lines: readonly Uploaded[]; decided: readonly Line[] };

type Props = { organization: string; chosen: Chosen; sent: Sent; hasProvider: boolean; close: () => void };

/** Who is invited, and the outcome of each line; those that failed can be had as a file (REQ-B5). */
export function UploadOutcome({ organization, chosen, sent, hasProvider, close }: Props) {
  const [onlyProblems, setOnlyProblems] = useState(false);
  const news = useRef<HTMLDivElement>(null);
  const invited = sent.lines.filter((one) => one.invitationId) as Invited[];
  const nobody = invited.length === 0;
  useEffect(() => {
    if (nobody) news.current?.focus();
  }, [nobody]);
  const outcomes = sent.decided.map((line, at) => {
    const { answer = line.verdict, invitationId } = sent.lines[at] ?? {};
    const decided = { ...line, verdict: answer };
    return {
      ...decided,
      words: lineWords(decided),
      address: line.address ?? line.mend,
      failed: !invitationId && answer !== "left-out",
    };
  });
  const problems = outcomes.filter(({ failed }) => failed);
  return (
    <>
      <DialogBody>
        {nobody ? (
          <div ref={news} tabIndex={-1}>
            <Notice tone="info" announce title="Nobody new was invited">
              Each line says why.
            </Notice>
          </div>
        ) : (
          <InviteResult
            organization={organization}
            invited={invited}
            hasProvider={hasProvider}
            someFailed={false}
          />
        )}
        <div className="upload-bar">
          <p>
            <strong>
              {invited.length} of {outcomes.length} {outcomes.length === 1 ? "line" : "lines"} invited
            </strong>
          </p>
          <Button
            size="small"
            aria-pressed={onlyProblems}
            onClick={() => setOnlyProblems(!onlyProblems)}
            disabledReason={problems.length === 0 ? "No line has a problem" : undefined}
          >
            Problems ({problems.length})
          </Button>
          <Button
            size="small"
            variant="quiet"
            icon={<Download size={15} aria-hidden />}
            disabledReason={problems.length === 0 ? "No line has a problem" : undefined}
            onClick={() => saveFile(`${chosen.name}-problems.csv`, problemRows(chosen.list.header, problems))}
          >
            Download problem rows
          </Button>
        </div>
        <UploadLines label="What became of each line" lines={onlyProblems ? problems : outcomes} />
      </DialogBody>
      <DialogActions>
        <Button variant="primary" onClick={close}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}
