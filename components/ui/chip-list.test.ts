import { expect, test } from "vitest";
import { merge, said } from "./chip-list";

const lea = { text: "lea@x.io" };
const omar = { text: "omar", problem: "no @ in it" };

test("a token that is there already is merged, whatever its case, also within one paste", () => {
  const merged = merge([lea], [{ text: "LEA@x.io" }, { text: "new@x.io" }, { text: "New@x.io" }]);
  expect(merged.chips).toEqual([lea, { text: "new@x.io" }]);
  expect(said(merged)).toBe("1 added, 2 already there");
});

test("what happened is said in words: an addition, a reason, a list", () => {
  expect(said(merge([], [lea]))).toBe("lea@x.io added");
  expect(said(merge([], [omar]))).toBe("omar: no @ in it");
  expect(said(merge([], [lea, omar]))).toBe("2 added, 1 needs mending");
  expect(said(merge([lea], [lea]))).toBe("1 already there");
});
