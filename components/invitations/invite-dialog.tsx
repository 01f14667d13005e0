"use client";

import { useTranslations } from "next-intl";
import { lazy, useEffect, useEffectEvent, useRef, useState } from "react";
import { InviteResult } from "@/components/invitations/invite-result";
import { NEW_INVITATION_HASH } from "@/components/invitations/new-invitation";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogBody, preloadDialog } from "@/components/ui/dialog";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { InviteeResult } from "@/lib/invitations/commands/invite";

/** Loaded when the dialog first opens. */
const loadForm = () => import("@/components/invitations/invite-form");
const InviteForm = lazy(loadForm);

function preload(): void {
  preloadDialog();
  void loadForm();
}

type Props = { organization: { slug: string; name: string }; options: InviteOptions };

/** **New Invitation**: invites one or many addresses, then shows the result of each (REQ-B2, REQ-B3). */
export function InviteDialog({ organization, options }: Props) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const [dirty, setDirty] = useState(false);
  // A new key for each opening resets the form.
  const [formKey, setFormKey] = useState(0);
  const [results, setResults] = useState<InviteeResult[] | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const openDialog = () => {
    setFormKey((key) => key + 1);
    setResults(null);
    setDirty(false);
    setOpen(true);
  };
  const openFromHash = useEffectEvent(() => {
    if (location.hash !== NEW_INVITATION_HASH) return;
    history.replaceState(null, "", location.pathname + location.search);
    openDialog();
  });
  useEffect(() => openFromHash(), []);
  const failed = (results ?? []).filter(({ invitationId }) => !invitationId);
  const invited = (results ?? []).filter(({ invitationId }) => invitationId);
  const isDone = results !== null && failed.length === 0;
  const summary =
    invited.length > 0 ? (
      <InviteResult
        key={invited[0]?.invitationId}
        organization={organization.slug}
        invited={invited}
        hasProvider={options.hasProvider}
        hasFailures={failed.length > 0}
      />
    ) : null;
  return (
    <>
      <Button
        variant="primary"
        onClick={openDialog}
        onPointerEnter={preload}
        onFocus={preload}
        data-new-invitation
      >
        {t("admin.invitations.invite.title")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("admin.invitations.invite.title")}
        description={t("admin.invitations.addressRule")}
        dirty={dirty && !isDone}
        initialFocus={input}
      >
        {isDone ? (
          <>
            <DialogBody>{summary}</DialogBody>
            <DialogActions>
              <Button onClick={() => setOpen(false)}>{t("admin.invitations.done")}</Button>
            </DialogActions>
          </>
        ) : (
          <InviteForm
            key={formKey}
            organization={organization}
            options={options}
            summary={summary}
            input={input}
            onDirty={setDirty}
            onResults={setResults}
          />
        )}
      </Dialog>
    </>
  );
}
