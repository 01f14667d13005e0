// Line breaks and other control characters, marks that turn the reading direction, and characters with no meaning of their own.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/gu;

/** Somebody's text on one line, safe in a subject: nothing in it starts a new header or turns the line around. */
export function oneLine(text: string): string {
  return text.replace(UNSAFE, " ").replace(/\s+/g, " ").trim();
}

/**
 * Somebody's text as text and nothing else. Mail programs make links of anything that looks like one, so a space of no
 * width follows each mark an address is made of: "https://evil.example" reads the same and leads nowhere.
 */
export function inert(text: string): string {
  return oneLine(text).replace(/([.:/@\\])(?=\S)/g, "$1\u200B");
}
