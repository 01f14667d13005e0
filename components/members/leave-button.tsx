"use client";

import { AskingButton } from "@/components/ui/asking-button";
import { leaveOrganization } from "@/lib/admin/user-actions";
import { LEAVE_MESSAGES } from "@/lib/members/messages";

type Props = { organization: { slug: string; name: string }; isLastOwner: boolean };

/** Gives up one's own place, after a question; the last Owner keeps theirs (REQ-A4). Afterwards one stands at the start. */
export function LeaveButton({ organization, isLastOwner }: Props) {
  const leave = async () => {
    const result = await leaveOrganization({ organization: organization.slug }).catch(() => null);
    if (!result) return "The server could not be reached. Nothing was changed; try again.";
    if (!result.ok) return result.message;
    // What is on screen belongs to a place that is gone.
    window.location.assign("/");
    return null;
  };
  return (
    <AskingButton
      label="Leave organization"
      question={`Leave ${organization.name}?`}
      consequence="You are out by your next request, in every tab. Your access policies are gone, and only a new invitation brings you back."
      why={isLastOwner ? LEAVE_MESSAGES["last-owner"] : undefined}
      onConfirm={leave}
    />
  );
}
