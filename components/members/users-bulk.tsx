"use client";

import { useAddRows } from "@/components/members/fresh-rows";
import { GiveMany } from "@/components/members/give-many";
import BulkBar, { type BulkVerb } from "@/components/table/bulk-bar";
import type { Whom } from "@/components/table/bulk-run";
import type { Selection } from "@/components/table/selection";
import type { UserBatch } from "@/lib/admin/user-batch";
import {
  addPolicyToUsers,
  blockUsers,
  changeRoleOfUsers,
  countUsersMatching,
} from "@/lib/admin/user-bulk-actions";
import { USER_BULK_SHORT } from "@/lib/members/messages";
import type { MayToMany } from "@/lib/members/moves";
import type { UserRow } from "@/lib/members/queries/list";
import type { Role } from "@/lib/permissions/roles";
import type { ActionResult } from "@/lib/result/action-result";

type Props = Selection & {
  organization: string;
  rows: readonly UserRow[];
  query: string | null;
  mayToMany: MayToMany;
};

type Sent = { organization: string; whom: Whom; shown: string[] };

/** **Change role**, **Add policy** and **Block** for those who are ticked, or for all that match (REQ-C9). */
export default function UsersBulk({ organization, rows, query, mayToMany, ...selection }: Props) {
  const show = useAddRows();
  const present = rows.filter((row) => row.status !== "removed").map(({ id }) => id);
  const shown = rows.map(({ id }) => id).slice(0, 200);
  const why = (permission: keyof MayToMany) =>
    mayToMany[permission]
      ? undefined
      : `You need the permission ${permission}. An Owner or Admin can give it to you.`;
  const sends = (post: (sent: Sent) => Promise<ActionResult<UserBatch>>) => async (whom: Whom) => {
    const result = await post({ organization, whom, shown });
    if (result.ok) show({ invitations: [], users: result.value.users });
    return result;
  };
  const verbs: BulkVerb[] = [
    {
      label: "Change role",
      doing: "Changing the role",
      short: USER_BULK_SHORT.change,
      why: why("roles:assign"),
      choose: (choosing) => (
        <GiveMany
          {...choosing}
          organization={organization}
          what="role"
          give={(role) => sends((sent) => changeRoleOfUsers({ ...sent, role: role as Role }))}
        />
      ),
    },
    {
      label: "Add policy",
      doing: "Adding the policy",
      short: USER_BULK_SHORT.change,
      why: why("roles:assign"),
      choose: (choosing) => (
        <GiveMany
          {...choosing}
          organization={organization}
          what="policy"
          give={(policy) => sends((sent) => addPolicyToUsers({ ...sent, policy }))}
        />
      ),
    },
    {
      label: "Block",
      doing: "Blocking",
      short: USER_BULK_SHORT.block,
      why: why("users:block"),
      danger: true,
      send: sends(blockUsers),
      ask: (whom) => ({
        title: `Block ${whom}?`,
        description:
          "They are out by their next request. Each keeps role and policies for when they are unblocked.",
      }),
    },
  ];
  return (
    <BulkBar
      {...selection}
      nouns={["user", "users"]}
      chosen={present.filter((id) => selection.selected.has(id))}
      onPage={present}
      query={query}
      count={() => countUsersMatching({ organization, query: query ?? "" })}
      verbs={verbs}
      profile={`/o/${organization}/admin/users/`}
    />
  );
}
