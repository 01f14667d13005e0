import { describe, expect, test } from "vitest";
import { isNarrowedActivity, readActivity, writeActivity } from "./list";

describe("what the address bar asks of the log", () => {
  test("is read and written back the same", () => {
    const query = "?type=invited&by=ana%40x.io&person=lea%40x.io&from=2026-11-01&to=2026-11-20&after=42";
    expect(writeActivity(readActivity(Object.fromEntries(new URLSearchParams(query))))).toBe(query);
    expect(writeActivity(readActivity({}))).toBe("");
  });

  test.each([
    { type: "hacked" },
    { from: "yesterday" },
    { from: "2026-02-30" },
    { to: "99999-01-01" },
    { to: "0001-01-01" },
    { after: "-1" },
    { after: "1e9" },
    { before: "99999999999999999999" },
    { after: "1 OR 1=1" },
  ])("%o makes no sense and asks for nothing", (params) =>
    expect(writeActivity(readActivity(params))).toBe(""),
  );

  test("a name without a letter that PostgreSQL refuses, and no longer than an address", () => {
    expect(readActivity({ by: " a\u0000b ", person: ["x", "y"] })).toMatchObject({ by: "ab", person: "x" });
    expect(readActivity({ by: "a".repeat(999) }).by).toHaveLength(254);
  });

  test("a page is no filter", () => {
    expect(isNarrowedActivity(readActivity({ after: "42" }))).toBe(false);
    expect(isNarrowedActivity(readActivity({ to: "2026-11-20" }))).toBe(true);
  });
});
