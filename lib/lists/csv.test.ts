import { describe, expect, test } from "vitest";
import { formatCsvRows } from "./csv";

describe("CSV rows", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=1\n+1", "＝1+1", "＠SUM(A1)"])(
    "%j does not become a spreadsheet formula",
    (cell) => {
      expect(formatCsvRows([["a", cell]])).toMatch(/^a,"?'/);
    },
  );

  test("quotes, commas and line breaks stay in their cell", () => {
    expect(formatCsvRows([['Ann "A" Lee', "a,b", "one\ntwo"]])).toBe('"Ann ""A"" Lee","a,b","one\ntwo"\r\n');
  });

  test("no rows give an empty text", () => {
    expect(formatCsvRows([])).toBe("");
  });
});
