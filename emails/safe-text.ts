// Line breaks and other control characters, direction marks, private-use characters and lone surrogates.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/gu;

/** Returns text entered by a user on one line: safe in a subject, without header injection or direction changes. */
export function toSingleLine(text: string): string {
  return text.replace(UNSAFE, " ").replace(/\s+/g, " ").trim();
}

/**
 * Returns text entered by a user that email clients do not turn into a link: a zero-width space follows each character
 * that separates the parts of a URL, so "https://evil.example" reads the same but is not linked. Not for addresses, which
 * people copy (docs/ui-rules.md).
 */
export function toInertText(text: string): string {
  return toSingleLine(text).replace(/([.:/@\\])(?=\S)/g, "$1\u200B");
}

/** A person as an email names them; `name` is empty if they gave none. */
export type NamedPerson = { name: string; address: string };

/** Returns the name of a person as inert text, or their address if they gave none. */
export function toDisplayName({ name, address }: NamedPerson): string {
  return name ? toInertText(name) : toSingleLine(address);
}

const ASCII_ADDRESS = /^[!-~]+@[!-~]+$/;

/**
 * Isolates text entered by a user in plain text, so that right-to-left text cannot reorder what surrounds it (S-I18N-4).
 * An address in ASCII has no direction to isolate and stays free of invisible characters, because people copy it
 * (docs/ui-rules.md). It is never a name: `toInertText` changes each `@` of a name.
 */
export function isolateDirection(text: string): string {
  return ASCII_ADDRESS.test(text) ? text : `\u2068${text}\u2069`;
}
