import { useTranslations } from "next-intl";
import { enumFilter, filterOption } from "@/components/table/filter-option";
import { type Filter, Filters } from "@/components/table/filters";
import { USER_LIST_POLICIES, USER_LIST_STATUSES, type UserListState, userList } from "@/lib/members/list";
import { ROLES } from "@/lib/permissions/roles";

type Props = { page: string; state: UserListState };

/**
 * The search and the filters of Users: status (by default all except removed), role and policies (REQ-F1,
 * REQ-B8).
 */
export function UserFilters({ page, state }: Props) {
  const t = useTranslations();
  const { status, role, policies } = state.filters;
  const filters: Filter[] = [
    enumFilter(
      "status",
      t("admin.users.filters.status"),
      status,
      userList.defaults.filters.status,
      USER_LIST_STATUSES,
      (value) => (value === "present" ? t("admin.users.filters.allUsers") : t(`admin.users.status.${value}`)),
    ),
    filterOption(
      "role",
      t("admin.users.filters.role"),
      t("admin.users.filters.anyRole"),
      role,
      ROLES,
      (value) => t(`common.roles.${value}`),
    ),
    filterOption(
      "policies",
      t("admin.users.filters.policies"),
      t("admin.users.filters.anyPolicy"),
      policies,
      USER_LIST_POLICIES,
      () => t("admin.users.policies.missing"),
    ),
  ];
  return (
    <Filters
      action={page}
      search={{ label: t("admin.users.filters.search"), value: state.search }}
      filters={filters}
      sort={userList.sortParam(state)}
    />
  );
}
