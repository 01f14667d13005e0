import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import type { RoleAndPolicies } from "@/components/members/role-and-policy-fields";
import { useApplyRows } from "@/components/members/row-updates";
import styles from "@/components/requests/request-actions.module.css";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { approveRequestAction, dismissRequestAction } from "@/lib/admin/request-actions";
import type { ChangedRows } from "@/lib/admin/request-batch";
import { missingPermissionMessage } from "@/lib/permissions/messages";
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
  const t = useTranslations();
  const locale = useLocale();
  const respond = useRespond();
  const actions = allowedRequestActions(request.status);
  const input = { organization, request: request.id };
  const disabledReasonFor = (permission: keyof RequestPermissions) =>
    permissions[permission] ? undefined : missingPermissionMessage({ t, locale }, permission);
  const { email } = request;
  return (
    <div className={styles.actions}>
      {actions.includes("approve") ? (
        <Button
          size="small"
          variant="primary"
          aria-label={t("admin.requests.actions.approveLabel", { email })}
          disabledReason={disabledReasonFor("requests:approve")}
          onClick={() =>
            respond(
              () => approveRequestAction({ ...input, role: access.role, policies: [...access.policies] }),
              t("admin.requests.actions.approved", { email }),
              t("admin.requests.actions.approveFailed"),
            )
          }
        >
          {t("admin.requests.actions.approve")}
        </Button>
      ) : null}
      {actions.includes("dismiss") ? (
        <Button
          size="small"
          aria-label={t("admin.requests.actions.dismissLabel", { email })}
          disabledReason={disabledReasonFor("requests:dismiss")}
          onClick={() =>
            respond(
              () => dismissRequestAction(input),
              t("admin.requests.actions.dismissed", { email }),
              t("admin.requests.actions.dismissFailed"),
            )
          }
        >
          {t("admin.requests.actions.dismiss")}
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
  const t = useTranslations();
  const toast = useToast();
  const applyRows = useApplyRows();
  const router = useRouter();
  const busy = useRef(false);
  return async (action: () => Promise<ActionResult<ChangedRows>>, title: string, failedTitle: string) => {
    if (busy.current) return;
    busy.current = true;
    const result = await action().catch(() => null);
    busy.current = false;
    if (!result)
      return toast({
        title: t("errors.unreachable.title"),
        description: t("errors.unreachable.unconfirmed"),
        tone: "bad",
      });
    if (!result.ok) toast({ title: failedTitle, description: result.message, tone: "bad" });
    else {
      applyRows(result.value);
      toast({ title, tone: "ok" });
    }
    // Updates the tab counts, and shows the decision if another admin was first.
    router.refresh();
  };
}
