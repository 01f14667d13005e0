import { choice, oneOf } from "@/components/table/choice";
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
import { DELIVERY_NAMES } from "@/lib/mail/states";
import { ROLE_NAMES, ROLES } from "@/lib/permissions/roles";

type Props = { page: string; state: InvitationListState; inviters: readonly Inviter[] };

/** Search by address, and the filters status (open by default), delivery, role and inviter (screens: Invitations). */
export function InvitationFilters({ page, state, inviters }: Props) {
  const { status, delivery, role, inviter } = state.filters;
  const filters: Filter[] = [
    oneOf("status", "Status", status, invitationList.defaults.filters.status, LIST_STATUSES, statusName),
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

function statusName(status: ListStatus): string {
  if (status === "open") return "Open";
  return status === "all" ? "All" : STATUS_NAMES[status];
}
