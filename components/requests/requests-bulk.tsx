"use client";

import { useRouter } from "next/navigation";
import { useAddRows } from "@/components/members/fresh-rows";
import { ApproveMany } from "@/components/requests/approve-many";
import type { MayAnswer } from "@/components/requests/requests-table";
import BulkBar, { type BulkVerb } from "@/components/table/bulk-bar";
import type { Whom } from "@/components/table/bulk-run";
import type { Selection } from "@/components/table/selection";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { Changed } from "@/lib/admin/request-batch";
import { approveRequests, countRequests, dismissRequests } from "@/lib/admin/request-bulk-actions";
import type { BulkBatch } from "@/lib/lists/bulk";
import type { RequestRow } from "@/lib/requests/queries/list";
import { movesFrom } from "@/lib/requests/status";
import { REQUEST_SHORT } from "@/lib/requests/summary";
import type { ActionResult } from "@/lib/result/action-result";

type Props = Selection & {
  organization: string;
  rows: readonly RequestRow[];
  query: string | null;
  may: MayAnswer;
  options: InviteOptions | null;
  mayOpenUsers: boolean;
};

type Sent = { organization: string; whom: Whom; shown: string[] };

/** **Send invitations** and **Dismiss** for those who are ticked, or for all that match (REQ-E3, REQ-C9). */
export default function RequestsBulk(props: Props) {
  const { organization, rows, query, may, options, mayOpenUsers, ...selection } = props;
  const show = useAddRows();
  const router = useRouter();
  const open = rows.filter((row) => movesFrom(row.status).length > 0).map(({ id }) => id);
  const shown = rows.map(({ id }) => id).slice(0, 200);
  const why = (permission: keyof MayAnswer) =>
    may[permission]
      ? undefined
      : `You need the permission ${permission}. An Owner or Admin can give it to you.`;
  const sends = (post: (sent: Sent) => Promise<ActionResult<BulkBatch & Changed>>) => async (whom: Whom) => {
    const result = await post({ organization, whom, shown });
    if (result.ok) show(result.value);
    router.refresh();
    return result;
  };
  const verbs: BulkVerb[] = [
    {
      label: "Send invitations",
      doing: "Sending invitations",
      short: REQUEST_SHORT.approve,
      why: why("requests:approve"),
      choose: (choosing) =>
        options ? (
          <ApproveMany
            {...choosing}
            options={options}
            give={({ role, policies }) =>
              sends((sent) => approveRequests({ ...sent, role, policies: [...policies] }))
            }
          />
        ) : null,
    },
    {
      label: "Dismiss",
      doing: "Dismissing",
      short: REQUEST_SHORT.dismiss,
      why: why("requests:dismiss"),
      danger: true,
      send: sends(dismissRequests),
      ask: (whom) => ({
        title: `Dismiss ${whom}?`,
        description: "Nobody is told. Whoever still wants to come in can ask again.",
      }),
    },
  ];
  return (
    <BulkBar
      {...selection}
      nouns={["request", "requests"]}
      chosen={open.filter((id) => selection.selected.has(id))}
      onPage={open}
      query={query}
      count={() => countRequests({ organization, query: query ?? "" })}
      verbs={verbs}
      profile={mayOpenUsers ? `/o/${organization}/admin/users/` : undefined}
    />
  );
}
