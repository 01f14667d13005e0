import { useTranslations } from "next-intl";
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
import { ROLES } from "@/lib/permissions/roles";

type Props = { page: string; state: InvitationListState; inviters: readonly InviterOption[] };

/** Search by address, and filters by status (open by default), delivery, role and inviter. */
export function InvitationFilters({ page, state, inviters }: Props) {
  const t = useTranslations();
  const { status, delivery, role, inviter } = state.filters;
  const statusName = (value: InvitationListStatus) =>
    value === "open" || value === "all"
      ? t(`admin.invitations.filters.${value}`)
      : t(`admin.invitations.status.${value}`);
  const filters: Filter[] = [
    enumFilter(
      "status",
      t("admin.invitations.filters.status"),
      status,
      invitationList.defaults.filters.status,
      INVITATION_LIST_STATUSES,
      statusName,
    ),
    filterOption(
      "delivery",
      t("admin.invitations.filters.delivery"),
      t("admin.invitations.filters.anyDelivery"),
      delivery,
      INVITATION_LIST_DELIVERIES,
      (value) => t(`admin.delivery.status.${value}`),
    ),
    filterOption(
      "role",
      t("admin.invitations.filters.role"),
      t("admin.invitations.filters.anyRole"),
      role,
      ROLES,
      (value) => t(`common.roles.${value}`),
    ),
    filterOption(
      "inviter",
      t("admin.invitations.filters.inviter"),
      t("admin.invitations.filters.anyInviter"),
      inviter,
      inviters.map(({ id }) => id),
      (value) => inviters.find(({ id }) => id === value)?.name ?? "",
    ),
  ];
  return (
    <Filters
      action={page}
      search={{ label: t("admin.invitations.filters.search"), value: state.search }}
      filters={filters}
      sort={invitationList.sortParam(state)}
    />
  );
}
