import { enumFilter, filterOption } from "@/components/table/filter-option";
import { type Filter, Filters } from "@/components/table/filters";
import {
  USER_LIST_POLICIES,
  USER_LIST_STATUSES,
  type UserListState,
  type UserListStatus,
  userList,
} from "@/lib/members/list";
import { NO_POLICY, USER_STATUS_NAMES } from "@/lib/members/status";
import { ROLE_NAMES, ROLES } from "@/lib/permissions/roles";

type Props = { page: string; state: UserListState };

/**
 * The search and the filters of Users: status (by default all except removed), role and policies (REQ-F1,
 * REQ-B8).
 */
export function UserFilters({ page, state }: Props) {
  const { status, role, policies } = state.filters;
  const filters: Filter[] = [
    enumFilter("status", "Status", status, userList.defaults.filters.status, USER_LIST_STATUSES, statusName),
    filterOption("role", "Role", "Any role", role, ROLES, ROLE_NAMES),
    filterOption("policies", "Policies", "Any policies", policies, USER_LIST_POLICIES, { none: NO_POLICY }),
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

function statusName(status: UserListStatus): string {
  return status === "present" ? "All users" : USER_STATUS_NAMES[status];
}
