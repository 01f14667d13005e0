import { expect, test } from "vitest";
import { announce, mergeTags } from "./tag-list";

const lea = { text: "lea@x.io" };
const omar = { text: "omar", error: "no @ in it" };

test("duplicate tags are skipped, ignoring case, even within one paste", () => {
  const merged = mergeTags([lea], [{ text: "LEA@x.io" }, { text: "new@x.io" }, { text: "New@x.io" }]);
  expect(merged.tags).toEqual([lea, { text: "new@x.io" }]);
  expect(announce(merged)).toBe("1 added, 2 already there");
});

test("the announcement names a single tag or its error, and counts several", () => {
  expect(announce(mergeTags([], [lea]))).toBe("lea@x.io added");
  expect(announce(mergeTags([], [omar]))).toBe("omar: no @ in it");
  expect(announce(mergeTags([], [lea, omar]))).toBe("2 added, 1 needs fixing");
  expect(announce(mergeTags([lea], [lea]))).toBe("1 already there");
});
