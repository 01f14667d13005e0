import { useTranslations } from "next-intl";
import { enumFilter } from "@/components/table/filter-option";
import { Filters } from "@/components/table/filters";
import { REQUEST_LIST_STATUSES, type RequestListState, requestList } from "@/lib/requests/list";

type Props = { page: string; state: RequestListState };

/** Renders the search by name or address and the status filter (open by default). */
export function RequestFilters({ page, state }: Props) {
  const t = useTranslations();
  const defaultStatus = requestList.defaults.filters.status;
  return (
    <Filters
      action={page}
      search={{ label: t("admin.requests.filters.search"), value: state.search }}
      filters={[
        enumFilter(
          "status",
          t("admin.requests.filters.status"),
          state.filters.status,
          defaultStatus,
          REQUEST_LIST_STATUSES,
          (status) =>
            status === "open" || status === "all"
              ? t(`admin.requests.filters.${status}`)
              : t(`admin.requests.status.${status}`),
        ),
      ]}
      sort={requestList.sortParam(state)}
    />
  );
}
