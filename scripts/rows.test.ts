import { expect, test } from "vitest";
import { provenIn, rowsIn } from "./rows.mjs";

test("a row is proven by a test whose title begins with it, and by nothing else", () => {
  // Written with another verb, or this very file would claim to prove them.
  const file = `
    promise("C3 a fourth resend is refused", () => {});
    promise.each([["a"], ["b"]])("E5 one outcome: %s", () => {});
    promise('D10 in other quotes', () => {});
    promise(
      "C7 on a line of its own", () => {});
    promise("about C4", () => {});
    // a mention of C5 is none
    describe("C6 a group proves nothing", () => {});
    promise("C8x is no row", () => {});
  `.replaceAll("promise", "test");
  expect(provenIn(file)).toEqual(["C3", "E5", "D10", "C7"]);
});

test("rows are read with their titles", () => {
  expect(rowsIn("# Rows\n\n## A. Who may\n- A1 Only with the right\n- A12 Another\nno row\n")).toEqual([
    { id: "A1", title: "Only with the right" },
    { id: "A12", title: "Another" },
  ]);
});
