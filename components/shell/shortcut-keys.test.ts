import { expect, test } from "vitest";
import { type KeyPress, shortcutForKey } from "./shortcut-keys";

const pressKey = (key: string, overrides: Partial<KeyPress> = {}): KeyPress => ({
  key,
  withCommand: false,
  withAlt: false,
  isTyping: false,
  singleKeys: true,
  ...overrides,
});

test("slash searches, N invites and the question mark opens the help", () => {
  expect(["/", "n", "N", "?"].map((key) => shortcutForKey(pressKey(key)))).toEqual([
    "search",
    "invite",
    "invite",
    "help",
  ]);
});

test("single-key shortcuts are ignored inside fields and when turned off", () => {
  expect(shortcutForKey(pressKey("n", { isTyping: true }))).toBeNull();
  expect(shortcutForKey(pressKey("/", { singleKeys: false }))).toBeNull();
});

test("⌘K opens the commands everywhere, and other combinations are left to the browser", () => {
  expect(shortcutForKey(pressKey("k", { withCommand: true, isTyping: true, singleKeys: false }))).toBe(
    "commands",
  );
  expect(shortcutForKey(pressKey("n", { withCommand: true }))).toBeNull();
  expect(shortcutForKey(pressKey("?", { withAlt: true }))).toBeNull();
  expect(shortcutForKey(pressKey("toString"))).toBeNull();
});
