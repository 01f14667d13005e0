"use client";

import { type Cell, type RowData, useTable } from "@tanstack/react-table";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { type ListColumn, listFeatures } from "@/components/table/columns";
import styles from "@/components/table/data-table.module.css";
import { useFocusRestore } from "@/components/table/use-focus-restore";
import hiddenStyles from "@/components/ui/visually-hidden.module.css";

export type SortState = { column: string; direction: "ascending" | "descending" };

export type DataTableProps<Row extends RowData> = {
  /** Describes the table to screen readers. */
  caption: string;
  /** Defined with `defineColumns`. */
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** The current order, and the URL of the list sorted by each sortable column. */
  sort?: SortState;
  sortHref?: (column: string) => string | undefined;
  /** Whether each column is shown; columns that are not listed are. */
  columnVisibility?: Readonly<Record<string, boolean>>;
  selection?: {
    selected: ReadonlySet<string>;
    onChange: (selected: Set<string>) => void;
    label: (row: Row) => string;
  };
  /** Renders a line below the row across all columns, such as an error. */
  detail?: (row: Row) => ReactNode;
  /** Returns whether a row is no longer active, such as a revoked invitation that offers Undo. */
  faded?: (row: Row) => boolean;
  /** Column widths that do not depend on the content. */
  layout?: "fixed";
};

const ALL_VISIBLE = {};

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
  const t = useTranslations();
  const focusHandlers = useFocusRestore();
  const selected = Object.fromEntries([...(selection?.selected ?? [])].map((id) => [id, true as const]));
  const { sort, columnVisibility = ALL_VISIBLE } = props;
  const table = useTable({
    features: listFeatures,
    data: rows,
    columns,
    getRowId: rowId,
    manualSorting: true,
    manualPagination: true,
    enableRowSelection: (row) => Boolean(selection) && !props.faded?.(row.original),
    state: {
      rowSelection: selected,
      sorting: sort ? [{ id: sort.column, desc: sort.direction === "descending" }] : [],
      columnVisibility,
    },
    onRowSelectionChange: (change) => {
      const next = typeof change === "function" ? change(selected) : change;
      selection?.onChange(new Set(Object.keys(next).filter((id) => next[id])));
    },
  });
  return (
    <div className={styles.container} data-slot="table">
      <table className={styles.table} data-layout={props.layout}>
        <caption className={hiddenStyles.visuallyHidden}>{caption}</caption>
        <thead>
          <tr>
            {selection ? (
              <th scope="col" className={styles.check}>
                <input
                  type="checkbox"
                  aria-label={t("admin.table.selectPage")}
                  checked={rows.length > 0 && table.getIsAllRowsSelected()}
                  ref={(checkbox) => {
                    if (checkbox)
                      checkbox.indeterminate = table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected();
                  }}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </th>
            ) : null}
            {table.getLeafHeaders().map((header) => (
              <HeaderCell
                key={header.id}
                className={header.column.columnDef.meta && styles[header.column.columnDef.meta.slot]}
                sorted={header.column.getIsSorted()}
                href={header.column.getCanSort() ? props.sortHref?.(header.column.id) : undefined}
              >
                <table.FlexRender header={header} />
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody {...focusHandlers}>
          {table.getRowModel().rows.map((row) => {
            const detail = props.detail?.(row.original);
            return (
              <Fragment key={row.id}>
                <tr
                  data-faded={props.faded?.(row.original) || undefined}
                  data-selected={row.getIsSelected() || undefined}
                >
                  {selection ? (
                    <td className={styles.check}>
                      {row.getCanSelect() ? (
                        <input
                          type="checkbox"
                          aria-label={t("admin.table.selectRow", { row: selection.label(row.original) })}
                          checked={row.getIsSelected()}
                          onChange={row.getToggleSelectedHandler()}
                        />
                      ) : null}
                    </td>
                  ) : null}
                  {row.getVisibleCells().map((cell) => {
                    const { meta } = cell.column.columnDef;
                    return (
                      <td key={cell.id} className={meta && styles[meta.slot]} data-label={meta?.listLabel}>
                        {renderCell(cell)}
                      </td>
                    );
                  })}
                </tr>
                {detail ? (
                  <tr className={styles.detail}>
                    <td colSpan={row.getVisibleCells().length + (selection ? 1 : 0)}>{detail}</td>
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

/**
 * Calls the cell's function. `FlexRender` would mount it as a component: columns are defined while rendering, so
 * each render would mount a new component, and a control in the cell would lose its focus.
 */
function renderCell<Row extends RowData>(cell: Cell<typeof listFeatures, Row, unknown>): ReactNode {
  const { cell: content } = cell.column.columnDef;
  return typeof content === "function" ? content(cell.getContext()) : content;
}

/** Renders a column header, with a link that sorts by the column if possible. */
function HeaderCell(props: {
  className: string | undefined;
  sorted: false | "asc" | "desc";
  href: string | undefined;
  children: ReactNode;
}) {
  const { className, sorted, href, children } = props;
  const Arrow = sorted === "desc" ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={className} aria-sort={sorted ? ARIA_SORT[sorted] : undefined}>
      {href ? (
        <Link href={href} prefetch={false} scroll={false}>
          {children}
          <Arrow size={13} aria-hidden />
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;
