import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineList, timestampKey } from "./list-state";

const list = defineList({
  filters: { status: z.enum(["open", "all"]).default("open"), role: z.enum(["admin", "member"]).optional() },
  sorts: {
    name: { first: "ascending", keys: [z.string().max(20)] },
    sent: { first: "descending", keys: [timestampKey] },
    resends: { first: "descending", keys: [z.int(), timestampKey] },
  },
  defaultSort: "sent",
});
const id = "0b8e7c1a-5d0f-4f3a-9a53-3f0f6f1f2a10";
const at = "2026-03-01T12:00:00.000Z";
const parseQuery = (params: string) => list.read(Object.fromEntries(new URLSearchParams(params)));

test("C9 the URL has every value that differs from its default, and no other", () => {
  expect(list.write(list.defaults)).toBe("");
  const state = parseQuery("search=ann&status=all&role=admin&sort=-name");
  expect(state).toEqual({
    search: "ann",
    filters: { status: "all", role: "admin" },
    sort: { column: "name", direction: "descending" },
    cursor: null,
  });
  expect(list.write(state)).toBe("?search=ann&status=all&role=admin&sort=-name");
});

test("C9 parsing a serialized state returns the same state", () => {
  const key = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-12-31") });
  const states = fc.record({
    search: fc
      .string({ maxLength: 15, unit: "grapheme" })
      .map((text) => text.replaceAll(/\p{Cc}/gu, "").trim()),
    filters: fc.record({
      status: fc.constantFrom("open" as const, "all" as const),
      role: fc.constantFrom("admin" as const, "member" as const, undefined),
    }),
    sort: fc.record({
      column: fc.constant("resends" as const),
      direction: fc.constantFrom("ascending" as const, "descending" as const),
    }),
    cursor: fc.option(
      fc.record({
        side: fc.constantFrom("after" as const, "before" as const),
        keys: fc.tuple(fc.integer(), key).map(([count, date]) => [count, date.toISOString()]),
        id: fc.uuid({ version: 4 }),
      }),
    ),
  });
  fc.assert(
    fc.property(states, (state) => {
      expect(parseQuery(list.write(state))).toEqual(state);
    }),
  );
});

test("C9 each invalid value falls back to its default", () => {
  const defaults = { ...list.defaults };
  expect(parseQuery("status=owner&role=&sort=constructor&search=%20%00%20")).toEqual(defaults);
  expect(list.read({ status: ["all", "open"], sort: ["name"] }).filters.status).toBe("all");
  for (const invalid of ["%", "e30", "bnVsbA", "W10", "x".repeat(5_000)])
    expect(parseQuery(`after=${invalid}`)).toEqual(defaults);
});

test("C9 a cursor that does not match the order, or is not valid for PostgreSQL, gives the first page", () => {
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  expect(parseQuery(`after=${cursor(at, id)}`).cursor).toEqual({ side: "after", keys: [at], id });
  expect(parseQuery(`before=${cursor(at, id)}`).cursor?.side).toBe("before");
  for (const parts of [
    [at],
    [at, "not-an-id"],
    ["yesterday", id],
    ["0000-01-01T00:00:00.000Z", id],
    ["2026-03-01T12:00:00Z", id],
    [at, at, id],
    [{ at }, id],
  ])
    expect(parseQuery(`after=${cursor(...parts)}`).cursor, JSON.stringify(parts)).toBeNull();
  expect(parseQuery(`sort=name&after=${cursor("Ann", id)}`).cursor?.keys).toEqual(["Ann"]);
  expect(parseQuery(`sort=name&after=${cursor(7, id)}`).cursor).toBeNull();
});

test("C9 a column header links to the column's first direction, then to the other, on the first page", () => {
  const links = list.sortLinks("/users", parseQuery(`role=admin&sort=name&after=x`));
  expect(links).toEqual({
    name: "/users?role=admin&sort=-name",
    sent: "/users?role=admin",
    resends: "/users?role=admin&sort=-resends",
  });
});

test("C9 a search or a filter can be cleared; a sort order is not a filter", () => {
  expect(
    ["sort=name", "status=open", "search=%20"].map((params) => list.hasFilters(parseQuery(params))),
  ).toEqual([false, false, false]);
  expect(
    ["search=a", "role=admin", "status=all"].map((params) => list.hasFilters(parseQuery(params))),
  ).toEqual([true, true, true]);
});

test("C9 a list is only searched while it has no filter and the default order", () => {
  expect(
    ["search=a", "search=a&sort=-sent", "search=a&role=admin", "search=a&sort=name", "role=admin"].map(
      (params) => list.isSearchOnly(parseQuery(params)),
    ),
  ).toEqual([true, true, false, false, false]);
});

test("C9 a default order that depends on the filters is not in the URL", () => {
  const byFilter = defineList({
    filters: { status: z.enum(["all", "invited"]).default("all") },
    sorts: {
      name: { first: "ascending", keys: [z.string()] },
      sent: { first: "descending", keys: [timestampKey] },
    },
    defaultSort: ({ status }) => (status === "invited" ? "sent" : "name"),
  });
  const invited = byFilter.read({ status: "invited" });
  expect(invited.sort).toEqual({ column: "sent", direction: "descending" });
  expect(byFilter.write(invited)).toBe("?status=invited");
  expect(byFilter.sortLinks("/users", invited).name).toBe("/users?status=invited&sort=name");
  expect(byFilter.write(byFilter.withoutFilters(invited))).toBe("");
  const named = byFilter.read({ status: "invited", sort: "-name", search: "a" });
  expect(byFilter.write(byFilter.withoutFilters(named))).toBe("?sort=-name");
  expect(byFilter.write(byFilter.withDefaultSort(named))).toBe("?search=a&status=invited");
});
