"use client";

import { useRouter } from "next/navigation";
import { type RefObject, type SubmitEvent, useRef, useState, useTransition } from "react";
import { useAddRows } from "@/components/members/fresh-rows";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toast";
import { correctAddress } from "@/lib/admin/invitation-actions";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { deliveryWords } from "@/lib/mail/states";

type Props = {
  organization: string;
  row: InvitationRow;
  /** Where the focus goes afterwards: what opened the dialog, and what is left of the row once it has gone. */
  opener: RefObject<HTMLElement | null>;
};

/** **Correct address** of an invitation whose letter came back (REQ-C10). It is open when it comes; each time is another one. */
export default function CorrectAddress({ organization, row, opener }: Props) {
  const [address, setAddress] = useState(row.email);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const [open, setOpen] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  const show = useAddRows();
  const toast = useToast();
  const router = useRouter();
  const isDirty = address.trim() !== row.email;

  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(async () => {
      const sent = { organization, invitation: row.id, address };
      const result = await correctAddress(sent).catch(() => null);
      if (!result) return setError("The server could not be reached. Nothing was changed; try again.");
      if (!result.ok) return setError(result.message);
      // The button goes with the invitation that it was about.
      opener.current = opener.current?.closest("tr")?.querySelector<HTMLElement>(".row-toggle") ?? null;
      show(result.value);
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
      description={`${row.email}: ${deliveryWords(row.delivery, row.deliveryDetail)}`}
      dirty={isDirty && open}
      initialFocus={input}
      finalFocus={opener}
    >
      <form className="dialog-form" onSubmit={send} noValidate>
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
