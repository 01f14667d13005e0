import { expect, test } from "vitest";
import { toggleChoice } from "@/components/ui/toggle-choice";

test("a choice that is reverted equals the initial one, regardless of the order of the clicks", () => {
  const options = ["a", "b", "c"];
  const initial = ["a", "c"];
  const unchecked = toggleChoice(options, initial, "a", false);
  expect(unchecked).toEqual(["c"]);
  expect(toggleChoice(options, unchecked, "a", true)).toEqual(initial);
});
