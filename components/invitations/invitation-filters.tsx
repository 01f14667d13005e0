import { enumFilter, filterOption } from "@/components/table/filter-option";
import { type Filter, Filters } from "@/components/table/filters";
import {
  INVITATION_LIST_DELIVERIES,
  INVITATION_LIST_STATUSES,
  type InvitationListState,
  type InvitationListStatus,
  invitationList,
} from "@/lib/invitations/list";
import type { InviterOption } from "@/lib/invitations/queries/counts";
import { INVITATION_STATUS_NAMES } from "@/lib/invitations/status";
import { DELIVERY_STATUS_NAMES } from "@/lib/mail/delivery-status";
import { ROLE_NAMES, ROLES } from "@/lib/permissions/roles";

type Props = { page: string; state: InvitationListState; inviters: readonly InviterOption[] };

/** Search by address, and filters by status (open by default), delivery, role and inviter. */
export function InvitationFilters({ page, state, inviters }: Props) {
  const { status, delivery, role, inviter } = state.filters;
  const filters: Filter[] = [
    enumFilter(
      "status",
      "Status",
      status,
      invitationList.defaults.filters.status,
      INVITATION_LIST_STATUSES,
      statusName,
    ),
    filterOption(
      "delivery",
      "Delivery",
      "Any delivery",
      delivery,
      INVITATION_LIST_DELIVERIES,
      DELIVERY_STATUS_NAMES,
    ),
    filterOption("role", "Role", "Any role", role, ROLES, ROLE_NAMES),
    filterOption(
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

function statusName(status: InvitationListStatus): string {
  if (status === "open") return "Open";
  return status === "all" ? "All" : INVITATION_STATUS_NAMES[status];
}
