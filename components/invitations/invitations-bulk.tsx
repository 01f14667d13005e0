"use client";

import type { MayDo } from "@/components/invitations/invitation-actions";
import { useAddRows } from "@/components/members/fresh-rows";
import BulkBar, { type BulkVerb } from "@/components/table/bulk-bar";
import type { Whom } from "@/components/table/bulk-run";
import type { Selection } from "@/components/table/selection";
import type { InvitationBatch } from "@/lib/admin/invitation-batch";
import {
  countInvitations,
  resendInvitations,
  revokeInvitations,
  sendNewInvitations,
} from "@/lib/admin/invitation-bulk-actions";
import { BULK_SHORT } from "@/lib/invitations/messages";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { ActionResult } from "@/lib/result/action-result";

type Props = Selection & {
  organization: string;
  rows: readonly InvitationRow[];
  query: string | null;
  may: MayDo;
  mayOpenUsers: boolean;
};

/** **Resend**, **Send new** and **Revoke** for those who are ticked, or for all that match (REQ-C9). */
export default function InvitationsBulk({
  organization,
  rows,
  query,
  may,
  mayOpenUsers,
  ...selection
}: Props) {
  const show = useAddRows();
  const open = rows.filter((row) => row.undoUntil === null);
  const chosen = open.filter((row) => selection.selected.has(row.memberId)).map(({ id }) => id);
  const shown = rows.map(({ id }) => id).slice(0, 200);
  // The moment that the screen shows: what was sent after it is not sent again.
  const asOf = new Date(Math.max(0, ...rows.map((row) => row.now.getTime())));

  const why = (permission: keyof MayDo) =>
    may[permission]
      ? undefined
      : `You need the permission ${permission}. An Owner or Admin can give it to you.`;
  const sends =
    (
      post: (sent: {
        organization: string;
        whom: Whom;
        shown: string[];
      }) => Promise<ActionResult<InvitationBatch>>,
    ) =>
    async (whom: Whom) => {
      const result = await post({ organization, whom, shown });
      if (result.ok) show(result.value);
      return result;
    };
  const verbs: BulkVerb[] = [
    {
      label: "Resend",
      doing: "Resending",
      short: BULK_SHORT.resend,
      why: why("invitations:resend"),
      send: sends((sent) => resendInvitations({ ...sent, asOf })),
    },
    {
      label: "Send new",
      doing: "Sending new",
      short: BULK_SHORT.renew,
      why: why("invitations:create"),
      send: sends(sendNewInvitations),
    },
    {
      label: "Revoke",
      doing: "Revoking",
      short: BULK_SHORT.revoke,
      why: why("invitations:revoke"),
      danger: true,
      send: sends(revokeInvitations),
      ask: (whom) => ({
        title: `Revoke ${whom}?`,
        description: "Links and codes are dead at once. For ten minutes each row offers Undo.",
      }),
    },
  ];
  return (
    <BulkBar
      {...selection}
      nouns={["invitation", "invitations"]}
      chosen={chosen}
      onPage={open.map(({ memberId }) => memberId)}
      query={query}
      count={() => countInvitations({ organization, query: query ?? "" })}
      verbs={verbs}
      profile={mayOpenUsers ? `/o/${organization}/admin/users/` : undefined}
    />
  );
}
