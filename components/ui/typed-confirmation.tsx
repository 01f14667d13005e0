"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { FormTextField } from "@/components/ui/form-fields";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import styles from "@/components/ui/typed-confirmation.module.css";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import type { ActionResult } from "@/lib/result/action-result";

type Props = {
  /** The text to type. */
  expected: string;
  /** Shown above the field: what will happen. */
  children: ReactNode;
  /** The label of the button. */
  actionLabel: string;
  action: (typed: string) => Promise<ActionResult<unknown>>;
  onSuccess: () => void;
};

/** Renders the contents of a dialog that requires typing a name before an action that cannot be undone. */
export function TypedConfirmation({ expected, children, actionLabel, action, onSuccess }: Props) {
  const t = useTranslations();
  const form = useForm({ defaultValues: { typed: "" } });
  const { submit, pending, message } = useActionSubmit(form, {
    action: ({ typed }) => action(typed),
    onSuccess,
  });
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <FormError>{message}</FormError>
        {children}
        <FormTextField
          control={form.control}
          name="typed"
          label={t.rich("ui.typeToConfirm", {
            expected,
            text: (text) => <strong className={styles.expected}>{text}</strong>,
          })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton pending={pending} variant="danger">
          {actionLabel}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}
