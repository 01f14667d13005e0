import { enumFilter } from "@/components/table/filter-option";
import { Filters } from "@/components/table/filters";
import {
  REQUEST_LIST_STATUSES,
  type RequestListState,
  type RequestListStatus,
  requestList,
} from "@/lib/requests/list";
import { REQUEST_STATUS_NAMES } from "@/lib/requests/status";

type Props = { page: string; state: RequestListState };

/** Renders the search by name or address and the status filter (open by default). */
export function RequestFilters({ page, state }: Props) {
  const defaultStatus = requestList.defaults.filters.status;
  return (
    <Filters
      action={page}
      search={{ label: "Search by name or address", value: state.search }}
      filters={[
        enumFilter(
          "status",
          "Status",
          state.filters.status,
          defaultStatus,
          REQUEST_LIST_STATUSES,
          statusName,
        ),
      ]}
      sort={requestList.sortParam(state)}
    />
  );
}

function statusName(status: RequestListStatus): string {
  if (status === "open") return "Open";
  return status === "all" ? "All" : REQUEST_STATUS_NAMES[status];
}
