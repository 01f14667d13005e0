import {
  type CellContext,
  type ColumnDef,
  columnVisibilityFeature,
  metaHelper,
  type RowData,
  rowPaginationFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

type ColumnLayout = {
  /**
   * Position of the cell in the narrow layout: first line, end of that line, own line, small print, or
   * hidden.
   */
  slot: "lead" | "actions" | "line" | "small" | "wideOnly";
  /** Label before the cell in the narrow layout, if the value is unclear without its header. */
  listLabel?: string;
};

/** The features of every list. It registers no row models: the server sorts, filters and paginates (REQ-C9). */
export const listFeatures = tableFeatures({
  columnVisibilityFeature,
  rowPaginationFeature,
  rowSelectionFeature,
  rowSortingFeature,
  columnMeta: metaHelper<ColumnLayout>(),
});

export type ListColumn<Row extends RowData> = ColumnDef<typeof listFeatures, Row>;

type ListColumnInput<Row extends RowData> = {
  id: string;
  header: string;
  /** Renders the cell. It is called as a function, not mounted as a component, so it cannot use hooks. */
  cell: (context: CellContext<typeof listFeatures, Row, unknown>) => ReactNode;
  /** True if the server can sort by this column. */
  enableSorting?: boolean;
  meta: ColumnLayout;
};

/** Returns the columns of a list as TanStack column definitions. A column is not sortable unless it says so. */
export function defineColumns<Row extends RowData>(
  columns: readonly ListColumnInput<Row>[],
): ListColumn<Row>[] {
  // TanStack only sorts columns that have an accessor. The value of a cell is not read: the server sorts.
  return columns.map((column) => ({ enableSorting: false, accessorFn: (row: Row) => row, ...column }));
}
