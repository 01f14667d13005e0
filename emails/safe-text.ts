// Line breaks and other control characters, direction marks, private-use characters and lone surrogates.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/gu;

/** Returns text entered by a user on one line: safe in a subject, without header injection or direction changes. */
export function toSingleLine(text: string): string {
  return text.replace(UNSAFE, " ").replace(/\s+/g, " ").trim();
}

/**
 * Returns text entered by a user that email clients do not turn into a link: a zero-width space follows each character
 * that separates the parts of a URL, so "https://evil.example" reads the same but is not linked.
 */
export function toInertText(text: string): string {
  return toSingleLine(text).replace(/([.:/@\\])(?=\S)/g, "$1\u200B");
}
