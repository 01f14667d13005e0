"use client";

import { useRef, useState } from "react";
import { InviteForm } from "@/components/invitations/invite-form";
import { InviteResult } from "@/components/invitations/invite-result";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import type { Invited } from "@/lib/invitations/commands/invite";
import type { InviteOptions } from "@/lib/invitations/queries/options";

type Props = { organization: { slug: string; name: string }; options: InviteOptions };

/** **New Invitation**: one or many addresses, then what became of each (R B2, B3). */
export function InviteDialog({ organization, options }: Props) {
  const [open, setOpen] = useState(false);
  const [dirty, setDirty] = useState(false);
  const [answers, setAnswers] = useState<Invited[] | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const begin = () => {
    setAnswers(null);
    setDirty(false);
    setOpen(true);
  };
  const failed = (answers ?? []).filter((one) => !one.invitationId);
  const invited = (answers ?? []).filter((one) => one.invitationId);
  return (
    <>
      <Button variant="primary" onClick={begin} onPointerEnter={preloadDialog} onFocus={preloadDialog}>
        New Invitation
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="New Invitation"
        description={`Each address must belong to one person. Codes work once.`}
        dirty={dirty}
        initialFocus={input}
      >
        {invited.length > 0 ? (
          <InviteResult
            organization={organization.slug}
            invited={invited}
            failed={failed}
            hasProvider={options.hasProvider}
            done={() => setOpen(false)}
          />
        ) : null}
        {answers && failed.length === 0 ? null : (
          <InviteForm
            key={answers ? "again" : "first"}
            organization={organization}
            options={options}
            failed={failed}
            input={input}
            onDirty={setDirty}
            onAnswers={setAnswers}
          />
        )}
      </Dialog>
    </>
  );
}
