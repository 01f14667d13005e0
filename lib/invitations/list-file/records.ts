/** The number of people that one upload can invite (REQ-B4). */
export const MAX_RECORDS = 100;

/** One record of a list; `line` is the line of the file that it starts on, counted from 1. */
export type ListRecord = { line: number; cells: string[] };

/** A line that is not a person: it is not invited, not counted, and needs no correction (REQ-B9). */
export type IgnoredLine = ListRecord & { why: "title" | "header" | "comment" | "total" | "footer" };

/** Returns true for a text that may contain an address; cheap, also for long texts. */
export function isAddressLike(text: string): boolean {
  return hasAtSign(text) && /[^\s@＠][@＠][^\s@＠]/.test(text);
}

/** Returns true if the text has an @ sign of any width. Much faster than a regular expression. */
export function hasAtSign(text: string): boolean {
  return text.includes("@") || text.includes("＠") || text.includes("﹫");
}
