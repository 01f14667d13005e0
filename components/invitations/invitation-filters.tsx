import { type Filter, Filters } from "@/components/table/filters";
import {
  type InvitationListState,
  invitationList,
  LIST_DELIVERIES,
  LIST_STATUSES,
  type ListStatus,
} from "@/lib/invitations/list";
import type { Inviter } from "@/lib/invitations/queries/tallies";
import { STATUS_NAMES } from "@/lib/invitations/status";
import { DELIVERY_NAMES } from "@/lib/letters/states";
import { ROLE_NAMES, ROLES } from "@/lib/members/roles";

type Props = { page: string; state: InvitationListState; inviters: readonly Inviter[] };

/** Search by address, and the filters status (open by default), delivery, role and inviter (screens: Invitations). */
export function InvitationFilters({ page, state, inviters }: Props) {
  const { status, delivery, role, inviter } = state.filters;
  const filters: Filter[] = [
    {
      name: "status",
      label: "Status",
      value: optionOf(status),
      options: LIST_STATUSES.map((one) => ({ value: optionOf(one), label: statusName(one) })),
    },
    choice("delivery", "Delivery", "Any delivery", delivery, LIST_DELIVERIES, DELIVERY_NAMES),
    choice("role", "Role", "Any role", role, ROLES, ROLE_NAMES),
    choice(
      "inviter",
      "Inviter",
      "Any inviter",
      inviter,
      inviters.map(({ id }) => id),
      Object.fromEntries(inviters.map(({ id, name }) => [id, name])),
    ),
  ];
  return (
    <Filters
      action={page}
      search={{ label: "Search by address", value: state.search }}
      filters={filters}
      sort={invitationList.sortParam(state)}
    />
  );
}

/** The default is not in the address. */
function optionOf(status: ListStatus): string {
  return status === invitationList.defaults.filters.status ? "" : status;
}

function statusName(status: ListStatus): string {
  if (status === "open") return "Open";
  return status === "all" ? "All" : STATUS_NAMES[status];
}

function choice<Value extends string>(
  name: string,
  label: string,
  none: string,
  value: Value | undefined,
  values: readonly Value[],
  names: Record<Value, string>,
): Filter {
  const options = values.map((one) => ({ value: one as string, label: names[one] }));
  return { name, label, value: value ?? "", options: [{ value: "", label: none }, ...options] };
}
