"use client";

import { lazy, useEffect, useEffectEvent, useRef, useState } from "react";
import { InviteResult } from "@/components/invitations/invite-result";
import { NEW_INVITATION } from "@/components/invitations/new-invitation";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogBody, preloadDialog } from "@/components/ui/dialog";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { Invited } from "@/lib/invitations/commands/invite";

/** Comes with the dialog, when that first opens. */
const loadForm = () => import("@/components/invitations/invite-form");
const InviteForm = lazy(loadForm);

function preload(): void {
  preloadDialog();
  void loadForm();
}

type Props = { organization: { slug: string; name: string }; options: InviteOptions };

/** **New Invitation**: one or many addresses, then what became of each (REQ-B2, REQ-B3). */
export function InviteDialog({ organization, options }: Props) {
  const [open, setOpen] = useState(false);
  const [dirty, setDirty] = useState(false);
  // Each opening begins with an empty form.
  const [round, setRound] = useState(0);
  const [answers, setAnswers] = useState<Invited[] | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const begin = () => {
    setRound((before) => before + 1);
    setAnswers(null);
    setDirty(false);
    setOpen(true);
  };
  const beginIfAsked = useEffectEvent(() => {
    if (location.hash !== NEW_INVITATION) return;
    history.replaceState(null, "", location.pathname + location.search);
    begin();
  });
  useEffect(() => beginIfAsked(), []);
  const failed = (answers ?? []).filter((one) => !one.invitationId);
  const invited = (answers ?? []).filter((one) => one.invitationId);
  const news =
    invited.length > 0 ? (
      <InviteResult
        key={invited[0]?.invitationId}
        organization={organization.slug}
        invited={invited}
        hasProvider={options.hasProvider}
        someFailed={failed.length > 0}
      />
    ) : null;
  return (
    <>
      <Button
        variant="primary"
        onClick={begin}
        onPointerEnter={preload}
        onFocus={preload}
        data-new-invitation
      >
        New Invitation
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="New Invitation"
        description="Each address must belong to one person. Codes work once."
        dirty={dirty}
        initialFocus={input}
      >
        {answers && failed.length === 0 ? (
          <>
            <DialogBody>{news}</DialogBody>
            <DialogActions>
              <Button onClick={() => setOpen(false)}>Done</Button>
            </DialogActions>
          </>
        ) : (
          <InviteForm
            key={round}
            organization={organization}
            options={options}
            news={news}
            input={input}
            onDirty={setDirty}
            onAnswers={setAnswers}
          />
        )}
      </Dialog>
    </>
  );
}
