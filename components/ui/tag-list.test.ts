import { expect, test } from "vitest";
import { translationFor } from "@/lib/i18n/translation";
import { announce, mergeTags } from "./tag-list";

const english = translationFor("en");

const lea = { text: "lea@x.io" };
const omar = { text: "omar", error: "no @ in it" };

test("duplicate tags are skipped, ignoring case, even within one paste", () => {
  const merged = mergeTags([lea], [{ text: "LEA@x.io" }, { text: "new@x.io" }, { text: "New@x.io" }]);
  expect(merged.tags).toEqual([lea, { text: "new@x.io" }]);
  expect(announce(english, merged)).toBe("1 added, 2 already added");
});

test("the announcement names a single tag or its error, and counts several", () => {
  expect(announce(english, mergeTags([], [lea]))).toBe("lea@x.io added");
  expect(announce(english, mergeTags([], [omar]))).toBe("omar: no @ in it");
  expect(announce(english, mergeTags([], [lea, omar]))).toBe("2 added, 1 needs fixing");
  expect(announce(english, mergeTags([lea], [lea]))).toBe("1 already added");
});
