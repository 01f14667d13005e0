"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { TypedConfirmation } from "@/components/ui/typed-confirmation";
import { erasePerson } from "@/lib/admin/user-actions";

type Props = { organization: string; member: { id: string; name: string; email: string } };

/** **Erase personal data** of somebody who was removed, with the name typed (REQ-G4). Their page is gone afterwards. */
export function EraseDialog({ organization, member }: Props) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const toast = useToast();
  const who = member.name || member.email;
  const run = async (typed: string) => {
    const result = await erasePerson({ organization, member: member.id, typed }).catch(() => null);
    if (!result?.ok)
      return result?.message ?? "The server could not be reached. Nothing was changed; try again.";
    setOpen(false);
    toast({ title: "Personal data erased", tone: "ok" });
    router.replace(`/o/${organization}/admin/users`);
    return null;
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
      <Dialog open={open} onOpenChange={setOpen} title={`Erase ${who}?`} description="This cannot be undone.">
        <TypedConfirmation name={who} action="Erase personal data" run={run}>
          <p>
            Name, address, invitations, letters and requests of this person go from this organization for
            ever, and their account if they are in no other one. The activity keeps what was done, without
            saying by whom.
          </p>
        </TypedConfirmation>
      </Dialog>
    </>
  );
}
