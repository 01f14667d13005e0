import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineList, momentKey } from "./list-state";

const list = defineList({
  filters: { status: z.enum(["open", "all"]).default("open"), role: z.enum(["admin", "member"]).optional() },
  sorts: {
    name: { first: "ascending", keys: [z.string().max(20)] },
    sent: { first: "descending", keys: [momentKey] },
    resends: { first: "descending", keys: [z.int(), momentKey] },
  },
  defaultSort: "sent",
});
const id = "0b8e7c1a-5d0f-4f3a-9a53-3f0f6f1f2a10";
const at = "2026-03-01T12:00:00.000Z";
const address = (params: string) => list.read(Object.fromEntries(new URLSearchParams(params)));

test("C9 the address bar holds everything that is asked for, and nothing that is so by default", () => {
  expect(list.write(list.defaults)).toBe("");
  const state = address("search=ann&status=all&role=admin&sort=-name");
  expect(state).toEqual({
    search: "ann",
    filters: { status: "all", role: "admin" },
    sort: { column: "name", direction: "descending" },
    cursor: null,
  });
  expect(list.write(state)).toBe("?search=ann&status=all&role=admin&sort=-name");
});

test("C9 what an address says is read back as it was written", () => {
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
        keys: fc.tuple(fc.integer(), key).map(([count, moment]) => [count, moment.toISOString()]),
        id: fc.uuid({ version: 4 }),
      }),
    ),
  });
  fc.assert(
    fc.property(states, (state) => {
      expect(address(list.write(state))).toEqual(state);
    }),
  );
});

test("C9 values that make no sense fall back to the default, each for itself", () => {
  const nothing = { ...list.defaults };
  expect(address("status=owner&role=&sort=constructor&search=%20%00%20")).toEqual(nothing);
  expect(list.read({ status: ["all", "open"], sort: ["name"] }).filters.status).toBe("all");
  for (const bad of ["%", "e30", "bnVsbA", "W10", "x".repeat(5_000)])
    expect(address(`after=${bad}`)).toEqual(nothing);
});

test("C9 a cursor that does not fit its order, or that PostgreSQL could not read, is the first page", () => {
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  expect(address(`after=${cursor(at, id)}`).cursor).toEqual({ side: "after", keys: [at], id });
  expect(address(`before=${cursor(at, id)}`).cursor?.side).toBe("before");
  for (const parts of [
    [at],
    [at, "not-an-id"],
    ["yesterday", id],
    ["0000-01-01T00:00:00.000Z", id],
    ["2026-03-01T12:00:00Z", id],
    [at, at, id],
    [{ at }, id],
  ])
    expect(address(`after=${cursor(...parts)}`).cursor, JSON.stringify(parts)).toBeNull();
  expect(address(`sort=name&after=${cursor("Ann", id)}`).cursor?.keys).toEqual(["Ann"]);
  expect(address(`sort=name&after=${cursor(7, id)}`).cursor).toBeNull();
});

test("C9 a column's head leads to its own order, then to the other direction, at the first page", () => {
  const links = list.sortLinks("/users", address(`role=admin&sort=name&after=x`));
  expect(links).toEqual({
    name: "/users?role=admin&sort=-name",
    sent: "/users?role=admin",
    resends: "/users?role=admin&sort=-resends",
  });
});

test("C9 there is something to clear when search or filters are not as by default; the order is not cleared", () => {
  expect(
    ["sort=name", "status=open", "search=%20"].map((params) => list.isNarrowed(address(params))),
  ).toEqual([false, false, false]);
  expect(["search=a", "role=admin", "status=all"].map((params) => list.isNarrowed(address(params)))).toEqual([
    true,
    true,
    true,
  ]);
});

test("C9 a search is alone while nothing is filtered and the order is the usual one", () => {
  expect(
    ["search=a", "search=a&sort=-sent", "search=a&role=admin", "search=a&sort=name", "role=admin"].map(
      (params) => list.isSearchAlone(address(params)),
    ),
  ).toEqual([true, true, false, false, false]);
});

test("C9 where the usual order follows from the filters it is not in the address, and another question has its own", () => {
  const byFilter = defineList({
    filters: { status: z.enum(["all", "invited"]).default("all") },
    sorts: {
      name: { first: "ascending", keys: [z.string()] },
      sent: { first: "descending", keys: [momentKey] },
    },
    defaultSort: ({ status }) => (status === "invited" ? "sent" : "name"),
  });
  const invited = byFilter.read({ status: "invited" });
  expect(invited.sort).toEqual({ column: "sent", direction: "descending" });
  expect(byFilter.write(invited)).toBe("?status=invited");
  expect(byFilter.sortLinks("/users", invited).name).toBe("/users?status=invited&sort=name");
  expect(byFilter.write(byFilter.cleared(invited))).toBe("");
  const named = byFilter.read({ status: "invited", sort: "-name", search: "a" });
  expect(byFilter.write(byFilter.cleared(named))).toBe("?sort=-name");
  expect(byFilter.write(byFilter.inUsualOrder(named))).toBe("?search=a&status=invited");
});
