import { useRouter } from "next/navigation";
import { useRef } from "react";
import type { RoleAndPolicies } from "@/components/members/role-and-policy-fields";
import { useApplyRows } from "@/components/members/row-updates";
import styles from "@/components/requests/request-actions.module.css";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { approveRequestAction, dismissRequestAction } from "@/lib/admin/request-actions";
import type { ChangedRows } from "@/lib/admin/request-batch";
import type { RequestRow } from "@/lib/requests/queries/list";
import { allowedRequestActions } from "@/lib/requests/status";
import type { ActionResult } from "@/lib/result/action-result";

/** Whether the actor may approve and dismiss requests. */
export type RequestPermissions = Record<"requests:approve" | "requests:dismiss", boolean>;

type Props = {
  organization: string;
  request: RequestRow;
  access: RoleAndPolicies;
  permissions: RequestPermissions;
};

/**
 * Renders **Send invitation** and **Dismiss** for a request (REQ-E3). A request from an existing user can
 * only be dismissed (REQ-E4).
 */
export function RequestActions({ organization, request, access, permissions }: Props) {
  const respond = useRespond();
  const actions = allowedRequestActions(request.status);
  const input = { organization, request: request.id };
  const disabledReasonFor = (permission: keyof RequestPermissions) =>
    permissions[permission]
      ? undefined
      : `You need the permission ${permission}. An Owner or Admin can give it to you.`;
  const approveSuffix = <VisuallyHidden> to {request.email}</VisuallyHidden>;
  const dismissSuffix = <VisuallyHidden> the request of {request.email}</VisuallyHidden>;
  return (
    <div className={styles.actions}>
      {actions.includes("approve") ? (
        <Button
          size="small"
          variant="primary"
          disabledReason={disabledReasonFor("requests:approve")}
          onClick={() =>
            respond(
              () => approveRequestAction({ ...input, role: access.role, policies: [...access.policies] }),
              `${request.email} is invited`,
            )
          }
        >
          Send invitation{approveSuffix}
        </Button>
      ) : null}
      {actions.includes("dismiss") ? (
        <Button
          size="small"
          disabledReason={disabledReasonFor("requests:dismiss")}
          onClick={() => respond(() => dismissRequestAction(input), `Request of ${request.email} dismissed`)}
        >
          Dismiss{dismissSuffix}
        </Button>
      ) : null}
    </div>
  );
}

/**
 * Returns a function that runs an action, shows the changed rows immediately and displays a toast. It ignores
 * calls while an action is running.
 */
function useRespond() {
  const toast = useToast();
  const applyRows = useApplyRows();
  const router = useRouter();
  const busy = useRef(false);
  return async (action: () => Promise<ActionResult<ChangedRows>>, title: string) => {
    if (busy.current) return;
    busy.current = true;
    const result = await action().catch(() => null);
    busy.current = false;
    if (!result)
      return toast({
        title: "The server could not be reached",
        description: "Whether it was done, the row says once there is an answer again.",
        tone: "bad",
      });
    if (!result.ok) toast({ title: "Nothing was changed", description: result.message, tone: "bad" });
    else {
      applyRows(result.value);
      toast({ title, tone: "ok" });
    }
    // Updates the tab counts, and shows the decision if another admin was first.
    router.refresh();
  };
}
