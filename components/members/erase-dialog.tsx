"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { TypedConfirmation } from "@/components/ui/typed-confirmation";
import { eraseMemberAction } from "@/lib/admin/user-actions";

type Props = {
  organization: { slug: string; name: string };
  member: { id: string; name: string; email: string };
};

/** Erases the personal data of a removed user after typing the name (REQ-G4), then returns to Users. */
export function EraseDialog({ organization, member }: Props) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const toast = useToast();
  const displayName = member.name || member.email;
  const handleSuccess = () => {
    setOpen(false);
    toast({ title: t("admin.users.profile.erase.done"), tone: "ok" });
    router.replace(`/o/${organization.slug}/admin/users`);
  };
  return (
    <>
      <Button
        variant="danger"
        onClick={() => setOpen(true)}
        onPointerEnter={preloadDialog}
        onFocus={preloadDialog}
      >
        {t("admin.users.profile.erase.action")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("admin.users.profile.erase.title", { user: displayName })}
        description={t("admin.users.profile.erase.description")}
      >
        <TypedConfirmation
          expected={displayName}
          actionLabel={t("admin.users.profile.erase.action")}
          action={(typed) => eraseMemberAction({ organization: organization.slug, member: member.id, typed })}
          onSuccess={handleSuccess}
        >
          <p>{t("admin.users.profile.erase.details", { organization: organization.name })}</p>
        </TypedConfirmation>
      </Dialog>
    </>
  );
}
