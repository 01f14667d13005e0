"use client";

import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { leaveOrganizationAction } from "@/lib/admin/user-actions";
import { LEAVE_MESSAGES } from "@/lib/members/messages";

type Props = { organization: { slug: string; name: string }; isLastOwner: boolean };

/**
 * Leaves the organization after confirmation, then opens the home page. Disabled for the last Owner (REQ-A4).
 */
export function LeaveButton({ organization, isLastOwner }: Props) {
  const t = useTranslations();
  const leave = async () => {
    const result = await leaveOrganizationAction({ organization: organization.slug }).catch(() => null);
    if (!result?.ok) return result?.message ?? t("errors.actions.unreachable");
    // A full page load, because the actor no longer has access to the current page.
    window.location.assign("/");
    return null;
  };
  return (
    <ConfirmButton
      label={t("home.leave.action")}
      dialogTitle={t("home.leave.title", { organization: organization.name })}
      dialogDescription={t("home.leave.text")}
      disabledReason={isLastOwner ? t(LEAVE_MESSAGES["last-owner"]) : undefined}
      onConfirm={leave}
    />
  );
}
