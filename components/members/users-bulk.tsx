"use client";

import { useTranslations } from "next-intl";
import { BulkAssignDialog } from "@/components/members/bulk-assign-dialog";
import { useApplyRows } from "@/components/members/row-updates";
import BulkBar, { type BulkAction } from "@/components/table/bulk-bar";
import type { Selection } from "@/components/table/selection";
import type { UserBatch } from "@/lib/admin/user-batch";
import {
  addPolicyAction,
  assignRoleAction,
  blockMembersAction,
  countMatchingUsersAction,
} from "@/lib/admin/user-bulk-actions";
import type { BulkTarget } from "@/lib/lists/bulk";
import type { BulkPermissions } from "@/lib/members/member-actions";
import { USER_BULK_SUMMARY } from "@/lib/members/messages";
import type { UserRow } from "@/lib/members/queries/list";
import type { Role } from "@/lib/permissions/roles";
import type { ActionResult } from "@/lib/result/action-result";

type Props = Selection & {
  organization: string;
  rows: readonly UserRow[];
  query: string | null;
  bulkPermissions: BulkPermissions;
};

type BatchInput = { organization: string; target: BulkTarget; shownIds: string[] };

/** Changes the role of, adds a policy to, or blocks the selected users or all that match (REQ-C9). */
export default function UsersBulk({ organization, rows, query, bulkPermissions, ...selection }: Props) {
  const t = useTranslations();
  const applyRows = useApplyRows();
  const present = rows.filter((row) => row.status !== "removed").map(({ id }) => id);
  const shownIds = rows.map(({ id }) => id).slice(0, 200);
  const disabledReasonFor = (permission: keyof BulkPermissions) =>
    bulkPermissions[permission]
      ? undefined
      : t("admin.permissions.missing", { action: t(`admin.permissions.action.${permission}`) });
  const batchSender =
    (action: (input: BatchInput) => Promise<ActionResult<UserBatch>>) => async (target: BulkTarget) => {
      const result = await action({ organization, target, shownIds });
      if (result.ok) applyRows({ invitations: [], users: result.value.users });
      return result;
    };
  const actions: BulkAction[] = [
    {
      label: t("admin.users.bulk.changeRole.action"),
      progressLabel: t("admin.users.bulk.changeRole.progress"),
      summaryMessages: USER_BULK_SUMMARY.update,
      disabledReason: disabledReasonFor("roles:assign"),
      renderDialog: (dialogProps) => (
        <BulkAssignDialog
          {...dialogProps}
          organization={organization}
          field="role"
          assign={(role) => batchSender((input) => assignRoleAction({ ...input, role: role as Role }))}
        />
      ),
    },
    {
      label: t("admin.users.bulk.addPolicy.action"),
      progressLabel: t("admin.users.bulk.addPolicy.progress"),
      summaryMessages: USER_BULK_SUMMARY.update,
      disabledReason: disabledReasonFor("roles:assign"),
      renderDialog: (dialogProps) => (
        <BulkAssignDialog
          {...dialogProps}
          organization={organization}
          field="policy"
          assign={(policy) => batchSender((input) => addPolicyAction({ ...input, policy }))}
        />
      ),
    },
    {
      label: t("admin.users.bulk.block.action"),
      progressLabel: t("admin.users.bulk.block.progress"),
      summaryMessages: USER_BULK_SUMMARY.block,
      disabledReason: disabledReasonFor("users:block"),
      danger: true,
      sendBatch: batchSender(blockMembersAction),
      confirmation: (scope) => ({
        title: t("admin.users.bulk.block.title", scope),
        description: t("admin.users.bulk.block.hint"),
      }),
    },
  ];
  return (
    <BulkBar
      {...selection}
      label={t("admin.users.bulk.label")}
      allSelectedMessage="admin.users.bulk.allSelected"
      selectedIds={present.filter((id) => selection.selected.has(id))}
      pageIds={present}
      query={query}
      countMatching={() => countMatchingUsersAction({ organization, query: query ?? "" })}
      actions={actions}
      profileBaseUrl={`/o/${organization}/admin/users/`}
    />
  );
}
