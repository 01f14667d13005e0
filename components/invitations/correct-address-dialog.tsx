"use client";

import { useRouter } from "next/navigation";
import { type RefObject, type SubmitEvent, useRef, useState, useTransition } from "react";
import { useApplyRows } from "@/components/members/row-updates";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toast";
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
  const [address, setAddress] = useState(row.email);
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const [open, setOpen] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  const addRows = useApplyRows();
  const toast = useToast();
  const router = useRouter();
  const isDirty = address.trim() !== row.email;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    startTransition(async () => {
      const correction = { organization, invitation: row.id, address };
      const result = await correctAddressAction(correction).catch(() => null);
      if (!result) return setError("The server could not be reached. Nothing was changed; try again.");
      if (!result.ok) return setError(result.message);
      // The opener is removed together with the old invitation.
      opener.current = opener.current?.closest("tr")?.querySelector<HTMLElement>(".row-toggle") ?? null;
      addRows(result.value);
      toast({ title: `${address.trim()} is invited instead of ${row.email}`, tone: "ok" });
      setOpen(false);
      router.refresh();
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Correct address"
      description={`${row.email}: ${describeDelivery(row.delivery, row.deliveryDetail)}`}
      dirty={isDirty && open}
      initialFocus={input}
      finalFocus={opener}
    >
      <form className="dialog-form" onSubmit={submit} noValidate>
        <DialogBody>
          <TextField
            label="Right address"
            hint="The invitation above is revoked, and this address invited with the same role and access policies."
            error={error}
            type="email"
            autoComplete="off"
            spellCheck={false}
            ref={input}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <DialogCancel />
          <SubmitButton pending={pending}>Send invitation</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
