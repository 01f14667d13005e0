"use client";

import { type RowData, rowSelectionFeature, tableFeatures, useTable } from "@tanstack/react-table";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { useKeptFocus } from "@/components/table/kept-focus";

/** Only the rows the server chose, in its order: nothing is sorted, filtered or paged here (REQ-C9). */
const features = tableFeatures({ rowSelectionFeature });

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Where the cell stands once the table is a list: first line, its end, a line of its own, small print, or nowhere. */
  place: "lead" | "actions" | "line" | "small" | "wide-only";
  /** Put before the cell in the list, where a bare value would be a riddle. */
  listLabel?: string;
};

export type Sort = { column: string; direction: "ascending" | "descending" };

export type DataTableProps<Row> = {
  /** What the table holds, for those who do not see it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** The order the rows are in, and the address of the page in another one; columns without an address have no link. */
  sort?: Sort;
  sortHref?: (column: string) => string | undefined;
  selection?: {
    selected: ReadonlySet<string>;
    onChange: (selected: Set<string>) => void;
    label: (row: Row) => string;
  };
  /** A line below the row, across all columns: an answer, an error. */
  detail?: (row: Row) => ReactNode;
  /** A row that is over, such as one just revoked that offers Undo. */
  faded?: (row: Row) => boolean;
};

/**
 * Rows from the server, in its HTML. Where there is no room for the columns (below 760 px, or with large text) each
 * row becomes an entry of a list, by CSS alone: it stays one table to those who listen.
 */
export function DataTable<Row extends RowData>({
  caption,
  columns,
  rows,
  rowId,
  selection,
  ...props
}: DataTableProps<Row>) {
  const keptFocus = useKeptFocus();
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
    <div className="table-room">
      <table className="data-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selection ? (
              <th scope="col" className="place-check">
                <input
                  type="checkbox"
                  aria-label="Select all on this page"
                  checked={rows.length > 0 && table.getIsAllRowsSelected()}
                  ref={(box) => {
                    if (box)
                      box.indeterminate = table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected();
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
        <tbody {...keptFocus}>
          {table.getRowModel().rows.map((row) => {
            const detail = props.detail?.(row.original);
            return (
              <Fragment key={row.id}>
                <tr
                  className={props.faded?.(row.original) ? "faded" : undefined}
                  data-selected={row.getIsSelected() || undefined}
                >
                  {selection ? (
                    <td className="place-check">
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
                    <td key={column.id} className={`place-${column.place}`} data-label={column.listLabel}>
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

/** A column's head: a link to the same rows in its order, where there is one. */
function HeaderCell<Row>(props: { column: Column<Row>; sort: Sort | undefined; href: string | undefined }) {
  const { column, sort, href } = props;
  const direction = sort?.column === column.id ? sort.direction : undefined;
  const Arrow = direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={`place-${column.place}`} aria-sort={direction}>
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
