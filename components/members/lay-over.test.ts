import { expect, test } from "vitest";
import { layOver, withFollowed } from "./lay-over";

const HERE = "/o/northwind/admin/users/invitations?";
const NARROWED = `${HERE}status=expired`;
const USERS = "/o/northwind/admin/users?";

const row = (id: string, minute = 0, status = "pending") => ({
  id,
  status,
  now: new Date(Date.UTC(2026, 0, 1, 0, minute)),
});
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).join("");

test("C9 a new row stands on top of the list it was made in", () => {
  const page = [row("a"), row("b")];
  expect(ids(layOver(page, page, [{ row: row("n", 1), at: HERE }], HERE))).toBe("nab");
});

test("C9 the newer reading of a row wins, in place", () => {
  const page = [row("a"), row("b", 5)];
  const fresh = [
    { row: row("a", 1, "revoked"), at: HERE },
    { row: row("b", 1, "revoked"), at: HERE },
  ];
  expect(layOver(page, page, fresh, HERE).map(({ status }) => status)).toEqual(["revoked", "pending"]);
});

test("C9 changed rows stay in place when the page holds them no more", () => {
  const first = [row("a"), row("b"), row("c"), row("d")];
  const fresh = ["c", "b"].map((id) => ({ row: row(id, 1, "revoked"), at: HERE }));
  expect(ids(layOver([row("a", 2), row("d", 2), row("e", 2)], first, fresh, HERE))).toBe("abcde");
  expect(ids(layOver([row("d", 2)], first, fresh, HERE))).toBe("bcd");
});

test("C9 another question is answered by the page alone", () => {
  const page = [row("a")];
  expect(ids(layOver(page, page, [{ row: row("n", 1), at: HERE }], NARROWED))).toBe("a");
});

test("B7 what was made in one list is on top of the other, and what ended there is not", () => {
  const page = [row("a", 0, "active")];
  const fresh = [
    { row: row("n", 1, "invited"), at: HERE },
    { row: row("r", 1, "removed"), at: HERE },
  ];
  expect(ids(layOver(page, page, fresh, USERS))).toBe("na");
  expect(ids(layOver(page, page, fresh, `${USERS}search=x`))).toBe("a");
});

test("C10 what others change is laid over the rows that are shown, and put into no other list", () => {
  const page = [row("a"), row("b")];
  const followed = withFollowed([], [row("b", 1, "accepted"), row("x", 1)]);
  expect(layOver(page, page, followed, HERE).map(({ id, status }) => id + status)).toEqual([
    "apending",
    "baccepted",
  ]);
  expect(ids(layOver(page, page, followed, USERS))).toBe("ab");
});

test("C10 what was made here stays on top when it is followed, and an older reading changes nothing", () => {
  const page = [row("a")];
  const made = [{ row: row("n", 2), at: HERE }];
  const followed = withFollowed(made, [row("n", 3, "expired")]);
  expect(layOver(page, page, followed, HERE).map(({ id, status }) => id + status)).toEqual([
    "nexpired",
    "apending",
  ]);
  expect(withFollowed(made, [row("n", 1, "expired")])).toEqual(made);
});
