"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { UploadPreview } from "@/components/invitations/upload-preview";
import { type SelectedList, UploadSource } from "@/components/invitations/upload-source";
import { type UploadResult, UploadSummary } from "@/components/invitations/upload-summary";
import { Dialog } from "@/components/ui/dialog";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";

type Props = {
  organization: string;
  options: InviteOptions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/**
 * **Upload Invitation List**: select a list, review and correct its lines, upload it, see the result of each
 * line (REQ-B5).
 */
export default function UploadDialog({ organization, options, open, onOpenChange }: Props) {
  const t = useTranslations();
  const [selected, setSelected] = useState<SelectedList | null>(null);
  const [result, setResult] = useState<UploadResult | null>(null);
  const [dirty, setDirty] = useState(false);
  const select = (next: SelectedList | null) => {
    setSelected(next);
    setDirty(next !== null);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("admin.invitations.upload.title")}
      description={t("admin.invitations.addressRule")}
      dirty={dirty}
      size="wide"
    >
      {selected && result ? (
        <UploadSummary
          organization={organization}
          selected={selected}
          result={result}
          hasProvider={options.hasProvider}
          close={() => onOpenChange(false)}
        />
      ) : selected ? (
        <UploadPreview
          organization={organization}
          options={options}
          selected={selected}
          onBack={() => select(null)}
          onUploaded={(uploaded) => {
            setResult(uploaded);
            setDirty(false);
          }}
        />
      ) : (
        <UploadSource onSelect={select} onDirty={setDirty} />
      )}
    </Dialog>
  );
}
