"use client";

import Download from "lucide-react/icons/download";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useEffect, useRef, useState, useTransition } from "react";
import { MendField } from "@/components/invitations/mend-field";
import { UploadLines } from "@/components/invitations/upload-lines";
import type { Sent } from "@/components/invitations/upload-outcome";
import type { Chosen } from "@/components/invitations/upload-source";
import { useStandings } from "@/components/invitations/use-standings";
import { useAddRows } from "@/components/members/fresh-rows";
import { type Gift, GiftFields } from "@/components/members/gift-fields";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/notice";
import { saveFile } from "@/components/ui/save-file";
import { SubmitButton } from "@/components/ui/submit-button";
import { uploadList } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { problemRows } from "@/lib/invitations/list-file/download";
import { decideLines, isProblem, readyAddresses } from "@/lib/invitations/list-file/verdicts";
import { lineWords } from "@/lib/invitations/messages";

type Props = {
  organization: string;
  options: InviteOptions;
  chosen: Chosen;
  goBack: () => void;
  onSent: (sent: Sent) => void;
};

/** Every line with its verdict, mended in place; role and policies; then the whole list is sent (REQ-B5). */
export function UploadPreview({ organization, options, chosen, goBack, onSent }: Props) {
  const { source, list, name } = chosen;
  const [mends, setMends] = useState<Record<number, string>>({});
  const [onlyProblems, setOnlyProblems] = useState(false);
  const [gift, setGift] = useState<Gift>(() => ({
    role: options.defaultRole,
    policies: options.policies.filter((one) => one.isDefault).map(({ id }) => id),
  }));
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const news = useRef<HTMLParagraphElement>(null);
  useEffect(() => news.current?.focus(), []);
  const show = useAddRows();
  const router = useRouter();

  const { standings, isChecking } = useStandings(organization, readyAddresses(decideLines(list, mends)));
  const originals = decideLines(list, {}, standings);
  const lines = decideLines(list, mends, standings);
  const problems = lines.filter(isProblem);
  const ready = readyAddresses(lines).length;
  const mend = (line: number, text: string | undefined) => {
    const { [line]: _, ...others } = mends;
    setMends(text === undefined ? others : { ...others, [line]: text });
  };
  // What is being mended stays in sight.
  const visible = lines.filter((line) => !onlyProblems || isProblem(line) || line.mend !== undefined);
  const shown = visible.map((line) => ({
    ...line,
    words: lineWords(line),
    address: (
      <MendField
        key={line.line}
        original={originals.find((one) => one.line === line.line) ?? line}
        line={line}
        onMend={(text) => mend(line.line, text)}
      />
    ),
  }));
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    setError(null);
    start(async () => {
      const input = { organization, list: source, mends, role: gift.role, policies: [...gift.policies] };
      const result = await uploadList(input).catch(() => null);
      if (!result)
        return setError("The server could not be reached. Send again: who was invited is not invited twice.");
      if (!result.ok) return setError(result.message);
      const { invitations, users } = result.value;
      show({ invitations, users });
      onSent({ lines: result.value.lines, decided: lines });
      router.refresh();
    });
  };
  return (
    <form className="dialog-form" onSubmit={send}>
      <DialogBody>
        <FormError>{error}</FormError>
        <div className="upload-bar">
          <p ref={news} tabIndex={-1} role="status">
            <strong>{summary(ready, lines.length)}</strong>
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
              saveFile(
                `${name}-problems.csv`,
                problemRows(
                  list.header,
                  problems.map((line) => ({ ...line, words: lineWords(line) })),
                ),
              )
            }
          >
            Download problem rows
          </Button>
        </div>
        <p className="field-hint">Mend an address in its place, or empty it to leave its line out.</p>
        <UploadLines label="Lines of the list" lines={shown} isBounded />
        <GiftFields
          roles={options.roles}
          policies={options.policies.map((one) => ({ ...one, isOutOfReach: !one.mayGive }))}
          gift={gift}
          onChange={setGift}
        />
        {pending ? (
          <p role="status" className="upload-progress">
            <progress aria-label="Sending" /> Sending {ready} {ready === 1 ? "invitation" : "invitations"}…
          </p>
        ) : null}
      </DialogBody>
      <DialogActions>
        <Button onClick={goBack} disabledReason={pending ? "It is being sent" : undefined}>
          Choose another list
        </Button>
        <DialogCancel />
        <SubmitButton
          pending={pending}
          disabledReason={ready === 0 ? "No line is ready. Mend at least one." : undefined}
        >
          Send {ready} {ready === 1 ? "invitation" : "invitations"}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

function summary(ready: number, all: number): string {
  if (ready === all) return all === 1 ? "The one line is ready." : `All ${all} lines are ready.`;
  return `${ready} of ${all} ${all === 1 ? "line is" : "lines are"} ready.`;
}
