"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import styles from "@/components/settings/erase-organization.module.css";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { TypedConfirmation } from "@/components/ui/typed-confirmation";
import { eraseOrganizationAction } from "@/lib/organizations/actions";

type Props = { organization: { slug: string; name: string }; disabledReason: string | undefined };

/** **Erase organization**, confirmed by typing its name (REQ-G4). */
export function EraseOrganization({ organization, disabledReason }: Props) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.danger} aria-labelledby="erase-organization">
      <div>
        <h2 id="erase-organization">{t("admin.settings.erase.title")}</h2>
        <p>{t("admin.settings.erase.text")}</p>
      </div>
      <Button
        variant="danger"
        disabledReason={disabledReason}
        onClick={() => setOpen(true)}
        onPointerEnter={preloadDialog}
        onFocus={preloadDialog}
      >
        {t("admin.settings.erase.submit")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("admin.settings.erase.dialogTitle", { name: organization.name })}
        description={t("admin.settings.erase.dialogDescription")}
      >
        <TypedConfirmation
          expected={organization.name}
          actionLabel={t("admin.settings.erase.submit")}
          action={(typed) => eraseOrganizationAction({ organization: organization.slug, typed })}
          // A full page load: the router's cache has pages of the erased organization.
          onSuccess={() => location.assign("/")}
        >
          <p>{t("admin.settings.erase.consequence")}</p>
        </TypedConfirmation>
      </Dialog>
    </section>
  );
}
