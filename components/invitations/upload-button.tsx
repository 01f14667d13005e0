"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { preloadDialog } from "@/components/ui/dialog";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";

/** Loaded when the dialog first opens. */
const loadDialog = () => import("@/components/invitations/upload-dialog");
const UploadDialog = lazy(loadDialog);

function preload(): void {
  preloadDialog();
  void loadDialog();
}

type Props = { organization: { slug: string; name: string }; options: InviteOptions };

/** The button that opens **Upload Invitation List** (REQ-B4, REQ-B5). */
export function UploadButton({ organization, options }: Props) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  // A new key for each opening resets the dialog.
  const [dialogKey, setDialogKey] = useState(0);
  const openDialog = () => {
    setDialogKey((key) => key + 1);
    setOpen(true);
  };
  return (
    <>
      <Button onClick={openDialog} onPointerEnter={preload} onFocus={preload}>
        {t("admin.invitations.upload.title")}
      </Button>
      {dialogKey > 0 ? (
        <Suspense fallback={null}>
          <UploadDialog
            key={dialogKey}
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
