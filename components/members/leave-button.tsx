"use client";

import { ConfirmButton } from "@/components/ui/confirm-button";
import { leaveOrganizationAction } from "@/lib/admin/user-actions";
import { LEAVE_MESSAGES } from "@/lib/members/messages";
import { SERVER_UNREACHABLE_MESSAGE } from "@/lib/result/result";

type Props = { organization: { slug: string; name: string }; isLastOwner: boolean };

/**
 * Leaves the organization after confirmation, then opens the home page. Disabled for the last Owner (REQ-A4).
 */
export function LeaveButton({ organization, isLastOwner }: Props) {
  const leave = async () => {
    const result = await leaveOrganizationAction({ organization: organization.slug }).catch(() => null);
    if (!result?.ok) return result?.message ?? SERVER_UNREACHABLE_MESSAGE;
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
