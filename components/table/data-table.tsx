"use client";

import { type RowData, rowSelectionFeature, tableFeatures, useTable } from "@tanstack/react-table";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { useFocusRestore } from "@/components/table/use-focus-restore";

/** Only selection: the server sorts, filters and paginates (REQ-C9). */
const features = tableFeatures({ rowSelectionFeature });

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /**
   * Position of the cell in the narrow layout: first line, end of that line, own line, small print, or
   * hidden.
   */
  slot: "lead" | "actions" | "line" | "small" | "wide-only";
  /** Label before the cell in the narrow layout, if the value is unclear without its header. */
  listLabel?: string;
};

export type SortState = { column: string; direction: "ascending" | "descending" };

export type DataTableProps<Row> = {
  /** Describes the table to screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /**
   * The current order, and the URL of the list sorted by a column; undefined if it cannot be sorted by it.
   */
  sort?: SortState;
  sortHref?: (column: string) => string | undefined;
  selection?: {
    selected: ReadonlySet<string>;
    onChange: (selected: Set<string>) => void;
    label: (row: Row) => string;
  };
  /** Renders a line below the row across all columns, such as an error. */
  detail?: (row: Row) => ReactNode;
  /** Returns whether a row is no longer active, such as a revoked invitation that offers Undo. */
  faded?: (row: Row) => boolean;
};

/**
 * Renders a table of rows, on the server too. If the columns do not fit (below 760 px or with large text),
 * CSS shows each row as a list entry; for screen readers it stays a table.
 */
export function DataTable<Row extends RowData>({
  caption,
  columns,
  rows,
  rowId,
  selection,
  ...props
}: DataTableProps<Row>) {
  const focusHandlers = useFocusRestore();
  const selected = Object.fromEntries([...(selection?.selected ?? [])].map((id) => [id, true as const]));
  const table = useTable({
    features,
    data: rows,
    columns: columns.map(({ id, header }) => ({ id, header })),
    getRowId: rowId,
    enableRowSelection: (row) => Boolean(selection) && !props.faded?.(row.original),
    state: { rowSelection: selected },
    onRowSelectionChange: (change) => {
      const next = typeof change === "function" ? change(selected) : change;
      selection?.onChange(new Set(Object.keys(next).filter((id) => next[id])));
    },
  });
  return (
    <div className="table-container">
      <table className="data-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selection ? (
              <th scope="col" className="slot-check">
                <input
                  type="checkbox"
                  aria-label="Select all on this page"
                  checked={rows.length > 0 && table.getIsAllRowsSelected()}
                  ref={(checkbox) => {
                    if (checkbox)
                      checkbox.indeterminate = table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected();
                  }}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </th>
            ) : null}
            {columns.map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                sort={props.sort}
                href={props.sortHref?.(column.id)}
              />
            ))}
          </tr>
        </thead>
        <tbody {...focusHandlers}>
          {table.getRowModel().rows.map((row) => {
            const detail = props.detail?.(row.original);
            return (
              <Fragment key={row.id}>
                <tr
                  className={props.faded?.(row.original) ? "faded" : undefined}
                  data-selected={row.getIsSelected() || undefined}
                >
                  {selection ? (
                    <td className="slot-check">
                      {row.getCanSelect() ? (
                        <input
                          type="checkbox"
                          aria-label={`Select ${selection.label(row.original)}`}
                          checked={row.getIsSelected()}
                          onChange={row.getToggleSelectedHandler()}
                        />
                      ) : null}
                    </td>
                  ) : null}
                  {columns.map((column) => (
                    <td key={column.id} className={`slot-${column.slot}`} data-label={column.listLabel}>
                      {column.cell(row.original)}
                    </td>
                  ))}
                </tr>
                {detail ? (
                  <tr className="row-detail">
                    <td colSpan={columns.length + (selection ? 1 : 0)}>{detail}</td>
                  </tr>
                ) : null}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Renders a column header, with a link that sorts by the column if possible. */
function HeaderCell<Row>(props: {
  column: Column<Row>;
  sort: SortState | undefined;
  href: string | undefined;
}) {
  const { column, sort, href } = props;
  const direction = sort?.column === column.id ? sort.direction : undefined;
  const Arrow = direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={`slot-${column.slot}`} aria-sort={direction}>
      {href ? (
        <Link href={href} prefetch={false} scroll={false}>
          {column.header}
          <Arrow size={13} aria-hidden />
        </Link>
      ) : (
        column.header
      )}
    </th>
  );
}
