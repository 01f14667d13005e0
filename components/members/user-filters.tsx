import { choice, oneOf } from "@/components/table/choice";
import { type Filter, Filters } from "@/components/table/filters";
import {
  LIST_POLICIES,
  LIST_STATUSES,
  type ListStatus,
  type UserListState,
  userList,
} from "@/lib/members/list";
import { NO_POLICY, USER_STATUS_NAMES } from "@/lib/members/status";
import { ROLE_NAMES, ROLES } from "@/lib/permissions/roles";

type Props = { page: string; state: UserListState };

/** Search by name or address, and the filters status (everybody with a place by default), role and policies (REQ-F1, REQ-B8). */
export function UserFilters({ page, state }: Props) {
  const { status, role, policies } = state.filters;
  const filters: Filter[] = [
    oneOf("status", "Status", status, userList.defaults.filters.status, LIST_STATUSES, statusName),
    choice("role", "Role", "Any role", role, ROLES, ROLE_NAMES),
    choice("policies", "Policies", "Any policies", policies, LIST_POLICIES, { none: NO_POLICY }),
  ];
  return (
    <Filters
      action={page}
      search={{ label: "Search by name or address", value: state.search }}
      filters={filters}
      sort={userList.sortParam(state)}
    />
  );
}

function statusName(status: ListStatus): string {
  return status === "present" ? "Everybody" : USER_STATUS_NAMES[status];
}
