"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useRef } from "react";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";

type Props = { text: string | null; close: () => void; finalFocus?: RefObject<HTMLElement | null> };

/**
 * Shows text that could not be copied, selected for copying by keyboard. Closed while `text` is null
 * (docs/ui-rules.md).
 */
export function CopyDialog({ text, close, finalFocus }: Props) {
  const t = useTranslations();
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={text !== null}
      onOpenChange={close}
      title={t("ui.copyDialog.title")}
      description={t("ui.copyDialog.description")}
      initialFocus={field}
      {...(finalFocus ? { finalFocus } : {})}
    >
      <DialogBody>
        <TextField
          ref={field}
          label={t("ui.copyDialog.text")}
          readOnly
          value={text ?? ""}
          className={fieldStyles.code}
          onFocus={(event) => event.currentTarget.select()}
        />
      </DialogBody>
      <DialogActions>
        <DialogCancel variant="primary">{t("ui.copyDialog.done")}</DialogCancel>
      </DialogActions>
    </Dialog>
  );
}
