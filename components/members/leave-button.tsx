"use client";

import { ConfirmButton } from "@/components/ui/confirm-button";
import { leaveOrganizationAction } from "@/lib/admin/user-actions";
import { LEAVE_MESSAGES } from "@/lib/members/messages";

type Props = { organization: { slug: string; name: string }; isLastOwner: boolean };

/**
 * Leaves the organization after confirmation, then opens the home page. Disabled for the last Owner (REQ-A4).
 */
export function LeaveButton({ organization, isLastOwner }: Props) {
  const leave = async () => {
    const result = await leaveOrganizationAction({ organization: organization.slug }).catch(() => null);
    if (!result) return "The server could not be reached. Nothing was changed; try again.";
    if (!result.ok) return result.message;
    // A full page load, because the actor no longer has access to the current page.
    window.location.assign("/");
    return null;
  };
  return (
    <ConfirmButton
      label="Leave organization"
      dialogTitle={`Leave ${organization.name}?`}
      dialogDescription="You are out by your next request, in every tab. Your access policies are gone, and only a new invitation brings you back."
      disabledReason={isLastOwner ? LEAVE_MESSAGES["last-owner"] : undefined}
      onConfirm={leave}
    />
  );
}
