"use client";

import Download from "lucide-react/icons/download";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useEffect, useRef, useState, useTransition } from "react";
import { AddressCell } from "@/components/invitations/address-cell";
import { UploadLines } from "@/components/invitations/upload-lines";
import type { SelectedList } from "@/components/invitations/upload-source";
import type { UploadResult } from "@/components/invitations/upload-summary";
import { useEligibility } from "@/components/invitations/use-eligibility";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import { useApplyRows } from "@/components/members/row-updates";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { downloadText } from "@/components/ui/download-text";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { uploadInvitationListAction } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { toProblemCsv } from "@/lib/invitations/list-file/download";
import { isProblem, readyAddresses, validateLines } from "@/lib/invitations/list-file/validate-lines";
import { lineMessage } from "@/lib/invitations/messages";

type Props = {
  organization: string;
  options: InviteOptions;
  selected: SelectedList;
  onBack: () => void;
  onUploaded: (result: UploadResult) => void;
};

/**
 * The lines of the list with their status, editable in place; role and policies; uploads the whole list
 * (REQ-B5).
 */
export function UploadPreview({ organization, options, selected, onBack, onUploaded }: Props) {
  const { source, list, name } = selected;
  const [corrections, setCorrections] = useState<Record<number, string>>({});
  const [onlyProblems, setOnlyProblems] = useState(false);
  const [assignment, setAssignment] = useState<RoleAndPolicies>(() => ({
    role: options.defaultRole,
    policies: options.policies.filter((policy) => policy.isDefault).map(({ id }) => id),
  }));
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const statusLine = useRef<HTMLParagraphElement>(null);
  useEffect(() => statusLine.current?.focus(), []);
  const addRows = useApplyRows();
  const router = useRouter();

  const { ineligible, isChecking } = useEligibility(
    organization,
    readyAddresses(validateLines(list, corrections)),
  );
  const originals = validateLines(list, {}, ineligible);
  const lines = validateLines(list, corrections, ineligible);
  const problems = lines.filter(isProblem);
  const readyCount = readyAddresses(lines).length;
  const correctLine = (line: number, text: string | undefined) => {
    const { [line]: _, ...others } = corrections;
    setCorrections(text === undefined ? others : { ...others, [line]: text });
  };
  // Lines that are being corrected stay visible.
  const visible = lines.filter((line) => !onlyProblems || isProblem(line) || line.correction !== undefined);
  const displayed = visible.map((line) => ({
    ...line,
    message: lineMessage(line),
    address: (
      <AddressCell
        key={line.line}
        original={originals.find((original) => original.line === line.line) ?? line}
        line={line}
        onCorrect={(text) => correctLine(line.line, text)}
      />
    ),
  }));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    setError(null);
    startTransition(async () => {
      const input = {
        organization,
        list: source,
        corrections,
        role: assignment.role,
        policies: [...assignment.policies],
      };
      const result = await uploadInvitationListAction(input).catch(() => null);
      if (!result)
        return setError("The server could not be reached. Send again: who was invited is not invited twice.");
      if (!result.ok) return setError(result.message);
      const { invitations, users } = result.value;
      addRows({ invitations, users });
      onUploaded({ lines: result.value.lines, validated: lines });
      router.refresh();
    });
  };
  return (
    <form className="dialog-form" onSubmit={submit}>
      <DialogBody>
        <FormError>{error}</FormError>
        <div className="upload-bar">
          <p ref={statusLine} tabIndex={-1} role="status">
            <strong>{summary(readyCount, lines.length)}</strong>
            {list.header ? ` Line ${list.header.line} was read as the header.` : ""}
            {isChecking ? " Looking who is in already…" : ""}
          </p>
          <Button
            size="small"
            aria-pressed={onlyProblems}
            onClick={() => setOnlyProblems(!onlyProblems)}
            disabledReason={problems.length === 0 && !onlyProblems ? "No line has a problem" : undefined}
          >
            Problems ({problems.length})
          </Button>
          <Button
            size="small"
            variant="quiet"
            icon={<Download size={15} aria-hidden />}
            disabledReason={problems.length === 0 ? "No line has a problem" : undefined}
            onClick={() =>
              downloadText(
                `${name}-problems.csv`,
                toProblemCsv(
                  list.header,
                  problems.map((line) => ({ ...line, message: lineMessage(line) })),
                ),
              )
            }
          >
            Download problem rows
          </Button>
        </div>
        <p className="field-hint">Edit an address, or clear it to skip the line.</p>
        <UploadLines label="Lines of the list" lines={displayed} scrolls />
        <RoleAndPolicyFields
          roles={options.roles}
          policies={options.policies.map((policy) => ({ ...policy, isDisabled: !policy.isGrantable }))}
          value={assignment}
          onChange={setAssignment}
        />
        {pending ? (
          <p role="status" className="upload-progress">
            <progress aria-label="Sending" /> Sending {readyCount}{" "}
            {readyCount === 1 ? "invitation" : "invitations"}…
          </p>
        ) : null}
      </DialogBody>
      <DialogActions>
        <Button onClick={onBack} disabledReason={pending ? "It is being sent" : undefined}>
          Choose another list
        </Button>
        <DialogCancel />
        <SubmitButton
          pending={pending}
          disabledReason={readyCount === 0 ? "No line is ready. Fix at least one." : undefined}
        >
          Send {readyCount} {readyCount === 1 ? "invitation" : "invitations"}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

function summary(readyCount: number, all: number): string {
  if (readyCount === all) return all === 1 ? "The one line is ready." : `All ${all} lines are ready.`;
  return `${readyCount} of ${all} ${all === 1 ? "line is" : "lines are"} ready.`;
}
