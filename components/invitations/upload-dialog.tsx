"use client";

import { useState } from "react";
import { type Sent, UploadOutcome } from "@/components/invitations/upload-outcome";
import { UploadPreview } from "@/components/invitations/upload-preview";
import { type Chosen, UploadSource } from "@/components/invitations/upload-source";
import { Dialog } from "@/components/ui/dialog";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";

type Props = {
  organization: string;
  options: InviteOptions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** A list is chosen, looked through and mended, sent; then every line has its outcome (REQ-B5). */
export default function UploadDialog({ organization, options, open, onOpenChange }: Props) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const [dirty, setDirty] = useState(false);
  const choose = (next: Chosen | null) => {
    setChosen(next);
    setDirty(next !== null);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Upload Invitation List"
      description="Each address must belong to one person. Codes work once."
      dirty={dirty}
      size="wide"
    >
      {chosen && sent ? (
        <UploadOutcome
          organization={organization}
          chosen={chosen}
          sent={sent}
          hasProvider={options.hasProvider}
          close={() => onOpenChange(false)}
        />
      ) : chosen ? (
        <UploadPreview
          organization={organization}
          options={options}
          chosen={chosen}
          goBack={() => choose(null)}
          onSent={(outcome) => {
            setSent(outcome);
            setDirty(false);
          }}
        />
      ) : (
        <UploadSource onChosen={choose} onDirty={setDirty} />
      )}
    </Dialog>
  );
}
