import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { defineColumns } from "@/components/table/columns";
import { DataTable, type DataTableProps } from "@/components/table/data-table";
import en from "@/messages/en.json";

type Row = { id: string; name: string; role: string };

const columns = defineColumns<Row>([
  {
    id: "name",
    header: "Name",
    enableSorting: true,
    meta: { slot: "lead" },
    cell: ({ row }) => <b>{row.original.name}</b>,
  },
  {
    id: "role",
    header: "Role",
    meta: { slot: "small", listLabel: "Role:" },
    cell: ({ row }) => row.original.role,
  },
]);

function render(props: Partial<DataTableProps<Row>>): string {
  const rows = [
    { id: "1", name: "Lea", role: "Admin" },
    { id: "2", name: "Ana", role: "Member" },
  ];
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en}>
      <DataTable caption="People" columns={columns} rows={rows} rowId={({ id }) => id} {...props} />
    </NextIntlClientProvider>,
  );
}

test("rows keep the server's order, regardless of the sort order", () => {
  const html = render({ sort: { column: "name", direction: "ascending" } });
  expect(html.indexOf("Lea")).toBeLessThan(html.indexOf("Ana"));
});

test("only a sortable column has a link, and the sorted one says its direction", () => {
  const sortHref = (column: string) => `/users?sort=${column}`;
  const html = render({ sort: { column: "name", direction: "descending" }, sortHref });
  expect(html.match(/<a [^>]*href="([^"]+)"/g)).toHaveLength(1);
  expect(html).toContain('href="/users?sort=name"');
  expect(html).toMatch(/<th [^>]*aria-sort="descending"[^>]*><a /);
  expect(html.match(/aria-sort/g)).toHaveLength(1);
});

test("a hidden column has no header and no cells, and a detail row spans the others", () => {
  const html = render({ columnVisibility: { role: false }, detail: ({ name }) => `About ${name}` });
  expect(html).not.toContain("Role");
  expect(html).not.toContain("Member");
  expect(html).toContain('colSpan="1"');
  expect(render({})).toContain('data-label="Role:"');
});

test("a faded row cannot be selected", () => {
  const html = render({
    faded: ({ name }) => name === "Ana",
    selection: { selected: new Set(["1"]), onChange: () => undefined, label: ({ name }) => name },
  });
  expect(html).toMatch(/<input type="checkbox" aria-label="Select Lea" checked=""\/>/);
  expect(html).not.toContain("Select Ana");
});
