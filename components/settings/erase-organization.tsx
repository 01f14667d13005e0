"use client";

import { useState } from "react";
import styles from "@/components/settings/erase-organization.module.css";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { TypedConfirmation } from "@/components/ui/typed-confirmation";
import { eraseOrganizationAction } from "@/lib/organizations/actions";

type Props = { organization: { slug: string; name: string }; disabledReason: string | undefined };

/** **Erase organization**, confirmed by typing its name (REQ-G4). */
export function EraseOrganization({ organization, disabledReason }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.danger} aria-labelledby="erase-organization">
      <div>
        <h2 id="erase-organization">Erase this organization</h2>
        <p>
          Permanently deletes all users, invitations, emails and policies, and accounts in no other
          organization. Activity is kept without names.
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
        <TypedConfirmation
          expected={organization.name}
          actionLabel="Erase organization"
          action={(typed) => eraseOrganizationAction({ organization: organization.slug, typed })}
          // A full page load: the router's cache has pages of the erased organization.
          onSuccess={() => location.assign("/")}
        >
          <p>Access ends immediately and all links stop working.</p>
        </TypedConfirmation>
      </Dialog>
    </section>
  );
}
