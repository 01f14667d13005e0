"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { UploadValues } from "@/components/invitations/line-details";
import { UploadPreview } from "@/components/invitations/upload-preview";
import { type SelectedList, UploadSource } from "@/components/invitations/upload-source";
import { type UploadResult, UploadSummary } from "@/components/invitations/upload-summary";
import { Dialog } from "@/components/ui/dialog";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import type { ListChoices } from "@/lib/invitations/list-file/validate-lines";

type Props = {
  organization: string;
  options: InviteOptions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

const NO_CHOICES: ListChoices = { corrections: {} };

/**
 * **Upload Invitation List**: select a list, review and correct its lines, upload it, see the result of each
 * line (REQ-B5), and continue with the next 100 people until the list is done (REQ-B13).
 */
export default function UploadDialog({ organization, options, open, onOpenChange }: Props) {
  const t = useTranslations();
  const [selected, setSelected] = useState<SelectedList | null>(null);
  const [choices, setChoices] = useState(NO_CHOICES);
  const [from, setFrom] = useState(0);
  const [values, setValues] = useState<UploadValues>({
    language: options.language,
    access: {
      role: options.defaultRole,
      policies: options.policies.filter((policy) => policy.isDefault).map(({ id }) => id),
    },
  });
  const [results, setResults] = useState<readonly UploadResult[]>([]);
  const [isSent, setSent] = useState(false);
  const [dirty, setDirty] = useState(false);
  const reader = selected?.reader;
  // Ends the worker with the dialog, which stays mounted when it is closed.
  useEffect(() => {
    if (!open) reader?.close();
  }, [open, reader]);
  useEffect(() => () => reader?.close(), [reader]);

  const total = results.at(-1)?.preview.count ?? 0;
  const left = Math.max(0, total - (isSent ? from + MAX_RECORDS : from));
  const select = (next: SelectedList | null) => {
    setSelected(next);
    setChoices(NO_CHOICES);
    setDirty(next !== null);
  };
  const goOn = () => {
    setFrom(from + MAX_RECORDS);
    setSent(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("admin.invitations.upload.title")}
      description={t("admin.invitations.addressRule")}
      dirty={isSent ? left > 0 : dirty}
      question={
        results.length > 0
          ? {
              title: t("admin.invitations.upload.close.title", { count: left }),
              description: t("admin.invitations.upload.close.description"),
              confirm: t("admin.invitations.upload.close.confirm"),
              keep: t("admin.invitations.upload.close.keep"),
            }
          : undefined
      }
      size="wide"
    >
      {selected && isSent ? (
        <UploadSummary
          organization={organization}
          name={selected.name}
          results={results}
          left={left}
          hasProvider={options.hasProvider}
          onContinue={goOn}
          close={() => onOpenChange(false)}
        />
      ) : selected ? (
        <UploadPreview
          key={from}
          organization={organization}
          options={options}
          selected={selected}
          choices={choices}
          onChoose={setChoices}
          from={from}
          initialValues={values}
          onBack={() => select(null)}
          onSkip={goOn}
          onUploaded={(uploaded, sent) => {
            setResults([...results, uploaded]);
            setValues(sent);
            setSent(true);
          }}
        />
      ) : (
        <UploadSource options={options} onSelect={select} onDirty={setDirty} />
      )}
    </Dialog>
  );
}
