"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { preloadDialog } from "@/components/ui/dialog";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";

/** Everything about lists comes with the dialog, when that first opens. */
const load = () => import("@/components/invitations/upload-dialog");
const UploadDialog = lazy(load);

function preload(): void {
  preloadDialog();
  void load();
}

type Props = { organization: { slug: string; name: string }; options: InviteOptions };

/** **Upload Invitation List** (REQ-B4, REQ-B5). */
export function UploadButton({ organization, options }: Props) {
  const [open, setOpen] = useState(false);
  // Each opening begins anew.
  const [round, setRound] = useState(0);
  const begin = () => {
    setRound((before) => before + 1);
    setOpen(true);
  };
  return (
    <>
      <Button onClick={begin} onPointerEnter={preload} onFocus={preload}>
        Upload Invitation List
      </Button>
      {round > 0 ? (
        <Suspense fallback={null}>
          <UploadDialog
            key={round}
            organization={organization.slug}
            options={options}
            open={open}
            onOpenChange={setOpen}
          />
        </Suspense>
      ) : null}
    </>
  );
}
