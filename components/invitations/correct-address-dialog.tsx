"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import { useController, useForm } from "react-hook-form";
import { useApplyRows } from "@/components/members/row-updates";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toast";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import { correctAddressAction } from "@/lib/admin/invitation-actions";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { describeDelivery } from "@/lib/mail/delivery-status";

type Props = {
  organization: string;
  row: InvitationRow;
  /**
   * The element that opened the dialog and gets the focus back, or the row's toggle once that element is
   * removed.
   */
  opener: RefObject<HTMLElement | null>;
};

/**
 * **Correct address** of an invitation whose email bounced (REQ-C10). Open on mount; mount a new one each
 * time.
 */
export default function CorrectAddressDialog({ organization, row, opener }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const form = useForm({ defaultValues: { address: row.email } });
  const { isDirty } = form.formState;
  const { field, fieldState } = useController({ control: form.control, name: "address" });
  const [open, setOpen] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  const addRows = useApplyRows();
  const toast = useToast();
  const router = useRouter();

  const { submit, pending } = useActionSubmit(form, {
    action: ({ address }) => correctAddressAction({ organization, invitation: row.id, address }),
    fallbackField: "address",
    onSuccess: (changedRows, { address }) => {
      // The opener is removed together with the old invitation.
      opener.current =
        opener.current?.closest("tr")?.querySelector<HTMLElement>('[data-slot="timeline-toggle"]') ?? null;
      addRows(changedRows);
      toast({
        title: t("admin.invitations.correct.done", { address: address.trim(), email: row.email }),
        tone: "ok",
      });
      setOpen(false);
      router.refresh();
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t("admin.invitations.correct.title")}
      description={t("admin.invitations.correct.description", {
        email: row.email,
        delivery: describeDelivery({ t, locale }, row.delivery, row.deliveryDetail),
      })}
      dirty={isDirty && open}
      initialFocus={input}
      finalFocus={opener}
    >
      <form onSubmit={submit} noValidate>
        <DialogBody>
          <TextField
            label={t("admin.invitations.correct.address")}
            hint={t("admin.invitations.correct.hint")}
            error={fieldState.error?.message}
            type="email"
            autoComplete="off"
            spellCheck={false}
            ref={input}
            value={field.value}
            onChange={field.onChange}
          />
        </DialogBody>
        <DialogActions>
          <DialogCancel />
          <SubmitButton pending={pending}>{t("admin.invitations.correct.submit")}</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
