import { describe, expect, test } from "vitest";
import { csvLines } from "./csv";

describe("lines of CSV", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=1\n+1", "＝1+1", "＠SUM(A1)"])(
    "%j is no formula of a spreadsheet",
    (cell) => {
      expect(csvLines([["a", cell]])).toMatch(/^a,"?'/);
    },
  );

  test("quotes, commas and line breaks stay in their cell", () => {
    expect(csvLines([['Ann "A" Lee', "a,b", "one\ntwo"]])).toBe('"Ann ""A"" Lee","a,b","one\ntwo"\r\n');
  });

  test("no rows are no lines", () => {
    expect(csvLines([])).toBe("");
  });
});
