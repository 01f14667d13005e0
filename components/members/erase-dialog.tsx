"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { TypedConfirmation } from "@/components/ui/typed-confirmation";
import { eraseMemberAction } from "@/lib/admin/user-actions";

type Props = { organization: string; member: { id: string; name: string; email: string } };

/** Erases the personal data of a removed user after typing the name (REQ-G4), then returns to Users. */
export function EraseDialog({ organization, member }: Props) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const toast = useToast();
  const displayName = member.name || member.email;
  const handleSuccess = () => {
    setOpen(false);
    toast({ title: "Personal data erased", tone: "ok" });
    router.replace(`/o/${organization}/admin/users`);
  };
  return (
    <>
      <Button
        variant="danger"
        onClick={() => setOpen(true)}
        onPointerEnter={preloadDialog}
        onFocus={preloadDialog}
      >
        Erase personal data
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Erase ${displayName}?`}
        description="This cannot be undone."
      >
        <TypedConfirmation
          expected={displayName}
          actionLabel="Erase personal data"
          action={(typed) => eraseMemberAction({ organization, member: member.id, typed })}
          onSuccess={handleSuccess}
        >
          <p>
            Permanently deletes name, address, invitations, emails and requests in this organization, and the
            account if it&rsquo;s in no other organization. Activity is kept without the name.
          </p>
        </TypedConfirmation>
      </Dialog>
    </>
  );
}
