import { expect, test } from "vitest";
import { addPolledRows, mergeRows } from "./merge-rows";

const HERE = "/o/northwind/admin/users/invitations?";
const FILTERED = `${HERE}status=expired`;
const USERS = "/o/northwind/admin/users?";

const row = (id: string, minute = 0, status = "pending") => ({
  id,
  status,
  now: new Date(Date.UTC(2026, 0, 1, 0, minute)),
});
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).join("");

test("C9 a new row is added on top of the list it was created in", () => {
  const page = [row("a"), row("b")];
  expect(ids(mergeRows(page, page, [{ row: row("n", 1), listUrl: HERE }], HERE))).toBe("nab");
});

test("C9 the newer version of a row wins and keeps its position", () => {
  const page = [row("a"), row("b", 5)];
  const updates = [
    { row: row("a", 1, "revoked"), listUrl: HERE },
    { row: row("b", 1, "revoked"), listUrl: HERE },
  ];
  expect(mergeRows(page, page, updates, HERE).map(({ status }) => status)).toEqual(["revoked", "pending"]);
});

test("C9 changed rows keep their position when the page no longer contains them", () => {
  const opened = [row("a"), row("b"), row("c"), row("d")];
  const updates = ["c", "b"].map((id) => ({ row: row(id, 1, "revoked"), listUrl: HERE }));
  expect(ids(mergeRows([row("a", 2), row("d", 2), row("e", 2)], opened, updates, HERE))).toBe("abcde");
  expect(ids(mergeRows([row("d", 2)], opened, updates, HERE))).toBe("bcd");
});

test("C9 a list with other filters shows only the rows of its page", () => {
  const page = [row("a")];
  expect(ids(mergeRows(page, page, [{ row: row("n", 1), listUrl: HERE }], FILTERED))).toBe("a");
});

test("B7 a row created in one list is added on top of the other, a removed one is not", () => {
  const page = [row("a", 0, "active")];
  const updates = [
    { row: row("n", 1, "invited"), listUrl: HERE },
    { row: row("r", 1, "removed"), listUrl: HERE },
  ];
  expect(ids(mergeRows(page, page, updates, USERS))).toBe("na");
  expect(ids(mergeRows(page, page, updates, `${USERS}search=x`))).toBe("a");
});

test("C10 changes by others update visible rows and are not added to other lists", () => {
  const page = [row("a"), row("b")];
  const polled = addPolledRows([], [row("b", 1, "accepted"), row("x", 1)]);
  expect(mergeRows(page, page, polled, HERE).map(({ id, status }) => id + status)).toEqual([
    "apending",
    "baccepted",
  ]);
  expect(ids(mergeRows(page, page, polled, USERS))).toBe("ab");
});

test("C10 a polled row keeps its position on top, and an older version changes nothing", () => {
  const page = [row("a")];
  const created = [{ row: row("n", 2), listUrl: HERE }];
  const polled = addPolledRows(created, [row("n", 3, "expired")]);
  expect(mergeRows(page, page, polled, HERE).map(({ id, status }) => id + status)).toEqual([
    "nexpired",
    "apending",
  ]);
  expect(addPolledRows(created, [row("n", 1, "expired")])).toEqual(created);
});
