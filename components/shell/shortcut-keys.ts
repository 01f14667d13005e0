/** The keyboard shortcuts of the admin (docs/ui-rules.md). */
export type Shortcut = "commands" | "search" | "invite" | "help";

/** The parts of a keyboard event that determine the shortcut. */
export type KeyPress = {
  key: string;
  withCommand: boolean;
  withAlt: boolean;
  /** True inside fields, and inside open dialogs and menus, which handle keys themselves. */
  isTyping: boolean;
  /** Single-key shortcuts can be turned off, because users of speech input trigger them by accident. */
  singleKeys: boolean;
};

const SINGLE_KEY_SHORTCUTS: Record<string, Shortcut> = { "/": "search", n: "invite", "?": "help" };

/** Returns the shortcut for a key press, or null. ⌘K works everywhere, including in fields. */
export function shortcutForKey({
  key,
  withCommand,
  withAlt,
  isTyping,
  singleKeys,
}: KeyPress): Shortcut | null {
  if (withAlt) return null;
  if (withCommand) return key.toLowerCase() === "k" ? "commands" : null;
  return (!isTyping && singleKeys && SINGLE_KEY_SHORTCUTS[key.toLowerCase()]) || null;
}
