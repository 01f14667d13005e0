"use client";

import { type SubmitEvent, useState } from "react";
import { type Gift, GiftFields } from "@/components/members/gift-fields";
import type { Choosing } from "@/components/table/bulk-bar";
import type { Send } from "@/components/table/bulk-run";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";

type Props = Choosing & { options: InviteOptions; give: (gift: Gift) => Send };

/** Asks which role and access policies many get with their invitations; it begins with the organization's defaults. */
export function ApproveMany({ options, whom, give, open, start, close, afterwards }: Props) {
  const [gift, setGift] = useState<Gift>({
    role: options.defaultRole,
    policies: options.policies.filter((one) => one.isDefault).map(({ id }) => id),
  });
  // What opened it is gone once something runs.
  const [isBegun, setBegun] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBegun(true);
    start(give(gift));
  };
  return (
    <Dialog
      open={open}
      onOpenChange={() => {
        setBegun(false);
        close();
      }}
      title="Send invitations"
      description={`For ${whom}. All of them get the same role and access policies.`}
      {...(isBegun ? { finalFocus: afterwards } : {})}
    >
      <form className="dialog-form" onSubmit={submit}>
        <DialogBody>
          <GiftFields
            roles={options.roles}
            policies={options.policies.map(({ mayGive, ...policy }) => ({
              ...policy,
              isOutOfReach: !mayGive,
            }))}
            gift={gift}
            onChange={setGift}
          />
        </DialogBody>
        <DialogActions>
          <DialogCancel />
          <SubmitButton pending={false}>Send invitations</SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
