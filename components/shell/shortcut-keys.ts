/** What a key leads to anywhere in the admin (spec/ux.md, Everywhere). */
export type Shortcut = "commands" | "search" | "invite" | "help";

/** As much of a key press as decides. */
export type Press = {
  key: string;
  withCommand: boolean;
  withAlt: boolean;
  /** In a field letters are text, and in an open dialog or menu they are its own. */
  isTyping: boolean;
  /** Single keys can be switched off: whoever speaks to the computer presses them by accident. */
  singleKeys: boolean;
};

const SINGLE: Record<string, Shortcut> = { "/": "search", n: "invite", "?": "help" };

/** The shortcut that was pressed, or null. ⌘K works everywhere, also from a field. */
export function shortcutOf({ key, withCommand, withAlt, isTyping, singleKeys }: Press): Shortcut | null {
  if (withAlt) return null;
  if (withCommand) return key.toLowerCase() === "k" ? "commands" : null;
  return (!isTyping && singleKeys && SINGLE[key.toLowerCase()]) || null;
}
