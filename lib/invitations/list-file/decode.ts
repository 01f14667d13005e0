import { done, type Refusal, type Result, refused } from "@/lib/result/result";

/** Why a file is no list of addresses at all; worded in messages.ts. */
export type BadList = "too-large" | "spreadsheet" | "no-text" | "endless-line" | "too-many-lines" | "empty";

/** The largest file that is read, in bytes (security, Input). */
export const MOST_BYTES = 10 * 1024 * 1024;

/** Characters of one line; an address has 254 of them. */
const LONGEST_LINE = 100_000;

/** Lines of one file, and signs between their cells. A day takes 2,000 invitations: ten times that is no list to send. */
const MOST_LINES = 20_000;
const MOST_SIGNS = 300_000;

/** 0x80 to 0x9F of Windows-1252; Node reads them as Latin-1. Five stand for nothing. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/** What files begin with that are something else, whatever they are called: zip (xlsx, ods), the old xls, PDF, gzip. */
const FOREIGN = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x25, 0x50, 0x44, 0x46],
  [0x1f, 0x8b],
];

/**
 * The text of a file, its lines ended by \n alone: UTF-8 or UTF-16 with or without BOM, else Windows-1252, which reads
 * every byte (REQ-B4). Refuses, before anything slow, what is too large, no plain text, or one line without an end.
 */
export function decodeList(file: Uint8Array): Result<string, BadList> {
  if (file.length > MOST_BYTES) return refused("too-large");
  if (FOREIGN.some((mark) => begins(file, mark))) return refused("spreadsheet");
  const text = textOf(file);
  return text === null ? refused("no-text") : cleanText(text);
}

/** The same for text that was pasted. */
export function cleanText(text: string): Result<string, BadList> {
  if (text.length > MOST_BYTES) return refused("too-large");
  // An old end-of-file mark of DOS is no letter.
  const clean = text.replace(/^\uFEFF/, "").slice(0, text.endsWith("\u001A") ? -1 : undefined);
  if (isBinary(clean)) return refused("no-text");
  const lines = withoutEnd(clean);
  // Ends of lines become one only where there are few: in 10 MB of nothing else that takes a second.
  return tooLong(lines) ?? done(lines.replace(/\r\n?/g, "\n"));
}

/** A sheet saved whole ends in a million lines without anything. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n,;".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function textOf(file: Uint8Array): string | null {
  if (begins(file, [0xff, 0xfe])) return strictly("utf-16le", file);
  if (begins(file, [0xfe, 0xff])) return strictly("utf-16be", file);
  // A file that says it is UTF-8 is read as that; a broken letter becomes � and is in no address.
  if (begins(file, [0xef, 0xbb, 0xbf])) return new TextDecoder("utf-8").decode(file);
  const wide = guessWide(file);
  if (wide) return strictly(wide, file);
  return strictly("utf-8", file) ?? windowsText(file);
}

function windowsText(file: Uint8Array): string {
  const text = new TextDecoder("windows-1252").decode(file);
  return text.replace(/[\u0080-\u009F]/g, (letter) => WINDOWS.charAt(letter.charCodeAt(0) - 0x80));
}

function strictly(encoding: string, file: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return null;
  }
}

/** UTF-16 without a BOM: what is Latin in it has a zero for every second byte, on the same side. */
function guessWide(file: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (file.length < 4 || file.length % 2 === 1) return null;
  const sample = file.subarray(0, 65_536);
  const zeros: [even: number, odd: number] = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[(at % 2) as 0 | 1] += 1;
  const [even, odd] = zeros;
  const enough = sample.length / 20;
  if (odd > enough && even < odd / 10) return "utf-16le";
  if (even > enough && odd < even / 10) return "utf-16be";
  return null;
}

/** A NUL is in no text, and more than one control character in a hundred letters is none either. */
function isBinary(text: string): boolean {
  if (text.includes("\0")) return true;
  const sample = text.slice(0, 100_000);
  const controls = sample.match(/(?![\s\u0080-\u009F])\p{Cc}/gu)?.length ?? 0;
  return controls * 100 > sample.length;
}

function tooLong(text: string): Refusal<BadList> | null {
  let [lines, signs, began] = [1, 0, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === "," || letter === ";" || letter === "\t" || letter === '"') signs += 1;
    if (letter !== "\n" && letter !== "\r" && letter !== "") continue;
    if (letter === "\n" && text.charAt(at - 1) === "\r") {
      began = at + 1;
      continue;
    }
    if (at - began > LONGEST_LINE) return refused("endless-line");
    if (lines > MOST_LINES || signs > MOST_SIGNS) return refused("too-many-lines");
    lines += 1;
    began = at + 1;
  }
  return null;
}

function begins(file: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => file[at] === byte);
}
