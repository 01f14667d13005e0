import { expect, test } from "vitest";
import { type Press, shortcutOf } from "./shortcut-keys";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  withCommand: false,
  withAlt: false,
  isTyping: false,
  singleKeys: true,
  ...more,
});

test("slash searches, N invites, the question mark helps", () => {
  expect(["/", "n", "N", "?"].map((key) => shortcutOf(press(key)))).toEqual([
    "search",
    "invite",
    "invite",
    "help",
  ]);
});

test("single keys are text inside a field, and nothing when switched off", () => {
  expect(shortcutOf(press("n", { isTyping: true }))).toBeNull();
  expect(shortcutOf(press("/", { singleKeys: false }))).toBeNull();
});

test("⌘K opens the commands from everywhere, and the browser keeps its own keys", () => {
  expect(shortcutOf(press("k", { withCommand: true, isTyping: true, singleKeys: false }))).toBe("commands");
  expect(shortcutOf(press("n", { withCommand: true }))).toBeNull();
  expect(shortcutOf(press("?", { withAlt: true }))).toBeNull();
  expect(shortcutOf(press("toString"))).toBeNull();
});
