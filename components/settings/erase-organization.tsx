"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { TypedConfirmation } from "@/components/ui/typed-confirmation";
import { eraseOrganization } from "@/lib/organizations/actions";

type Props = { organization: { slug: string; name: string }; disabledReason: string | undefined };

/** **Erase organization**, with its name typed (REQ-G4). */
export function EraseOrganization({ organization, disabledReason }: Props) {
  const [open, setOpen] = useState(false);
  const run = async (typed: string) => {
    const result = await eraseOrganization({ organization: organization.slug, typed }).catch(() => null);
    if (!result?.ok)
      return result?.message ?? "The server could not be reached. Nothing was changed; try again.";
    // Not the router: every page it knows is of an organization that is gone.
    location.assign("/");
    return null;
  };
  return (
    <section className="danger" aria-labelledby="erase-organization">
      <div>
        <h2 id="erase-organization">Erase this organization</h2>
        <p>
          All of its users, invitations, letters and policies go for ever, and the accounts that are in no
          other organization. Its activity stays in the database, without anybody&apos;s name.
        </p>
      </div>
      <Button
        variant="danger"
        disabledReason={disabledReason}
        onClick={() => setOpen(true)}
        onPointerEnter={preloadDialog}
        onFocus={preloadDialog}
      >
        Erase organization
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Erase ${organization.name}?`}
        description="This cannot be undone."
      >
        <TypedConfirmation name={organization.name} action="Erase organization" run={run}>
          <p>Nobody gets in any more from this moment on, and no link that was sent opens anything.</p>
        </TypedConfirmation>
      </Dialog>
    </section>
  );
}
