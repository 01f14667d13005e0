import { oneOf } from "@/components/table/choice";
import { Filters } from "@/components/table/filters";
import { LIST_STATUSES, type ListStatus, type RequestListState, requestList } from "@/lib/requests/list";
import { STATUS_NAMES } from "@/lib/requests/status";

type Props = { page: string; state: RequestListState };

/** Search by name or address, and the filter status (open by default). */
export function RequestFilters({ page, state }: Props) {
  const usual = requestList.defaults.filters.status;
  return (
    <Filters
      action={page}
      search={{ label: "Search by name or address", value: state.search }}
      filters={[oneOf("status", "Status", state.filters.status, usual, LIST_STATUSES, statusName)]}
      sort={requestList.sortParam(state)}
    />
  );
}

function statusName(status: ListStatus): string {
  if (status === "open") return "Open";
  return status === "all" ? "All" : STATUS_NAMES[status];
}
