"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useApplyRows } from "@/components/members/row-updates";
import { BulkApproveDialog } from "@/components/requests/bulk-approve-dialog";
import type { RequestPermissions } from "@/components/requests/request-actions";
import BulkBar, { type BulkAction } from "@/components/table/bulk-bar";
import type { Selection } from "@/components/table/selection";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { ChangedRows } from "@/lib/admin/request-batch";
import {
  approveRequestsAction,
  countMatchingRequestsAction,
  dismissRequestsAction,
} from "@/lib/admin/request-bulk-actions";
import type { BulkBatch, BulkTarget } from "@/lib/lists/bulk";
import { missingPermissionMessage } from "@/lib/permissions/messages";
import type { RequestRow } from "@/lib/requests/queries/list";
import { allowedRequestActions } from "@/lib/requests/status";
import { REQUEST_BULK_SUMMARY } from "@/lib/requests/summary";
import type { ActionResult } from "@/lib/result/action-result";

type Props = Selection & {
  organization: string;
  rows: readonly RequestRow[];
  query: string | null;
  permissions: RequestPermissions;
  options: InviteOptions | null;
  canOpenUsers: boolean;
};

type BatchInput = { organization: string; target: BulkTarget; shownIds: string[] };

/**
 * Renders **Send invitations** and **Dismiss** for the selected requests or for all that match (REQ-E3,
 * REQ-C9).
 */
export default function RequestsBulkBar(props: Props) {
  const { organization, rows, query, permissions, options, canOpenUsers, ...selection } = props;
  const t = useTranslations();
  const locale = useLocale();
  const applyRows = useApplyRows();
  const router = useRouter();
  const selectableIds = rows
    .filter((row) => allowedRequestActions(row.status).length > 0)
    .map(({ id }) => id);
  const shownIds = rows.map(({ id }) => id).slice(0, 200);
  const disabledReasonFor = (permission: keyof RequestPermissions) =>
    permissions[permission] ? undefined : missingPermissionMessage({ t, locale }, permission);
  const createSender =
    (action: (input: BatchInput) => Promise<ActionResult<BulkBatch & ChangedRows>>) =>
    async (target: BulkTarget) => {
      const result = await action({ organization, target, shownIds });
      if (result.ok) applyRows(result.value);
      router.refresh();
      return result;
    };
  const actions: BulkAction[] = [
    {
      label: t("admin.requests.bulk.approve.open"),
      progressLabel: t("admin.requests.bulk.approve.progress"),
      summaryMessages: REQUEST_BULK_SUMMARY.approve,
      disabledReason: disabledReasonFor("requests:approve"),
      renderDialog: (dialogProps) =>
        options ? (
          <BulkApproveDialog
            {...dialogProps}
            options={options}
            createSender={({ role, policies }) =>
              createSender((input) => approveRequestsAction({ ...input, role, policies: [...policies] }))
            }
          />
        ) : null,
    },
    {
      label: t("admin.requests.bulk.dismiss.open"),
      progressLabel: t("admin.requests.bulk.dismiss.progress"),
      summaryMessages: REQUEST_BULK_SUMMARY.dismiss,
      disabledReason: disabledReasonFor("requests:dismiss"),
      danger: true,
      sendBatch: createSender(dismissRequestsAction),
      confirmation: (scope) => ({
        title: t("admin.requests.bulk.dismiss.title", scope),
        description: t("admin.requests.bulk.dismiss.text"),
      }),
    },
  ];
  return (
    <BulkBar
      {...selection}
      label={t("admin.requests.bulk.label")}
      allSelectedMessage="admin.requests.bulk.allSelected"
      selectedIds={selectableIds.filter((id) => selection.selected.has(id))}
      pageIds={selectableIds}
      query={query}
      countMatching={() => countMatchingRequestsAction({ organization, query: query ?? "" })}
      actions={actions}
      profileBaseUrl={canOpenUsers ? `/o/${organization}/admin/users/` : undefined}
    />
  );
}
