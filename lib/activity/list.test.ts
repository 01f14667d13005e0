import { describe, expect, test } from "vitest";
import { hasActivityFilters, readActivityState, writeActivityState } from "./list";

describe("the state of Activity in the URL", () => {
  test("is parsed and serialized without loss", () => {
    const query = "?type=invited&by=ana%40x.io&person=lea%40x.io&from=2026-11-01&to=2026-11-20&after=42";
    expect(writeActivityState(readActivityState(Object.fromEntries(new URLSearchParams(query))))).toBe(query);
    expect(writeActivityState(readActivityState({}))).toBe("");
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
  ])("%o is invalid and ignored", (params) => expect(writeActivityState(readActivityState(params))).toBe(""));

  test("a name contains no control character and is at most as long as an email address", () => {
    expect(readActivityState({ by: " a\u0000b ", person: ["x", "y"] })).toMatchObject({
      by: "ab",
      person: "x",
    });
    expect(readActivityState({ by: "a".repeat(999) }).by).toHaveLength(254);
  });

  test("a page is not a filter", () => {
    expect(hasActivityFilters(readActivityState({ after: "42" }))).toBe(false);
    expect(hasActivityFilters(readActivityState({ to: "2026-11-20" }))).toBe(true);
  });
});
