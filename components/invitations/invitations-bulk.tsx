"use client";

import { useLocale, useTranslations } from "next-intl";
import type { InvitationPermissions } from "@/components/invitations/invitation-actions";
import { useApplyRows } from "@/components/members/row-updates";
import BulkBar, { type BulkAction } from "@/components/table/bulk-bar";
import type { Selection } from "@/components/table/selection";
import type { InvitationBatch } from "@/lib/admin/invitation-batch";
import {
  countInvitationsAction,
  renewInvitationsAction,
  resendInvitationsAction,
  revokeInvitationsAction,
} from "@/lib/admin/invitation-bulk-actions";
import { INVITATION_BULK_SUMMARY } from "@/lib/invitations/messages";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { BulkTarget } from "@/lib/lists/bulk";
import { missingPermissionMessage } from "@/lib/permissions/messages";
import type { ActionResult } from "@/lib/result/action-result";

type Props = Selection & {
  organization: string;
  rows: readonly InvitationRow[];
  query: string | null;
  may: InvitationPermissions;
  mayOpenUsers: boolean;
};

/** **Resend**, **Send new invitation** and **Revoke** for the selected invitations, or for all that match (REQ-C9). */
export default function InvitationsBulk({
  organization,
  rows,
  query,
  may,
  mayOpenUsers,
  ...selection
}: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const addRows = useApplyRows();
  const selectable = rows.filter((row) => row.undoUntil === null);
  const selectedIds = selectable.filter((row) => selection.selected.has(row.memberId)).map(({ id }) => id);
  const shownIds = rows.map(({ id }) => id).slice(0, 200);
  // The time of the rows on screen: invitations that were sent after it are not resent.
  const asOf = new Date(Math.max(0, ...rows.map((row) => row.now.getTime())));

  const disabledReason = (permission: keyof InvitationPermissions) =>
    may[permission] ? undefined : missingPermissionMessage({ t, locale }, permission);
  const withChangedRows =
    (
      action: (input: {
        organization: string;
        target: BulkTarget;
        shownIds: string[];
      }) => Promise<ActionResult<InvitationBatch>>,
    ) =>
    async (target: BulkTarget) => {
      const result = await action({ organization, target, shownIds });
      if (result.ok) addRows(result.value);
      return result;
    };
  const actions: BulkAction[] = [
    {
      label: t("admin.invitations.bulk.resend.label"),
      progressLabel: t("admin.invitations.bulk.resend.progress"),
      summaryMessages: INVITATION_BULK_SUMMARY.resend,
      disabledReason: disabledReason("invitations:resend"),
      sendBatch: withChangedRows((input) => resendInvitationsAction({ ...input, asOf })),
    },
    {
      label: t("admin.invitations.bulk.renew.label"),
      progressLabel: t("admin.invitations.bulk.renew.progress"),
      summaryMessages: INVITATION_BULK_SUMMARY.renew,
      disabledReason: disabledReason("invitations:create"),
      sendBatch: withChangedRows(renewInvitationsAction),
    },
    {
      label: t("admin.invitations.bulk.revoke.label"),
      progressLabel: t("admin.invitations.bulk.revoke.progress"),
      summaryMessages: INVITATION_BULK_SUMMARY.revoke,
      disabledReason: disabledReason("invitations:revoke"),
      danger: true,
      sendBatch: withChangedRows(revokeInvitationsAction),
      confirmation: (scope) => ({
        title: t("admin.invitations.bulk.revoke.title", scope),
        description: t("admin.invitations.bulk.revoke.description"),
      }),
    },
  ];
  return (
    <BulkBar
      {...selection}
      label={t("admin.invitations.bulk.label")}
      allSelectedMessage="admin.invitations.bulk.allSelected"
      selectedIds={selectedIds}
      pageIds={selectable.map(({ memberId }) => memberId)}
      query={query}
      countMatching={() => countInvitationsAction({ organization, query: query ?? "" })}
      actions={actions}
      profileBaseUrl={mayOpenUsers ? `/o/${organization}/admin/users/` : undefined}
    />
  );
}
