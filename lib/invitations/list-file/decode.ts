import { done, type Refusal, type Result, refused } from "@/lib/result/result";

/** Reasons that a file is not a list of addresses; messages.ts has their texts. */
export type InvalidListReason =
  | "too-large"
  | "spreadsheet"
  | "not-text"
  | "line-too-long"
  | "too-many-lines"
  | "empty";

/** The maximum size of a file in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** The maximum number of characters of one line; an address has at most 254. */
const MAX_LINE_LENGTH = 100_000;

/**
 * The maximum numbers of lines and of delimiters of a file: ten times the daily limit of 2,000 invitations.
 */
const MAX_LINES = 20_000;
const MAX_DELIMITERS = 300_000;

/** The characters 0x80 to 0x9F of Windows-1252, which Node decodes as Latin-1. Five are undefined. */
const WINDOWS_1252_C1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/**
 * The first bytes of other file formats, regardless of the file name: zip (xlsx, ods), old xls, PDF, gzip.
 */
const BINARY_SIGNATURES = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x25, 0x50, 0x44, 0x46],
  [0x1f, 0x8b],
];

/**
 * Decodes a file to text with \n line ends: UTF-8 or UTF-16 with or without a BOM, otherwise Windows-1252, in
 * which every byte is valid (REQ-B4). Refuses, before any slow step, files that are too large, not plain
 * text, or have too many lines.
 */
export function decodeList(file: Uint8Array): Result<string, InvalidListReason> {
  if (file.length > MAX_FILE_BYTES) return refused("too-large");
  if (BINARY_SIGNATURES.some((signature) => startsWith(file, signature))) return refused("spreadsheet");
  const text = decodeBytes(file);
  return text === null ? refused("not-text") : normalizeText(text);
}

/** Normalizes decoded or pasted text to \n line ends and refuses the same as `decodeList`. */
export function normalizeText(text: string): Result<string, InvalidListReason> {
  if (text.length > MAX_FILE_BYTES) return refused("too-large");
  // DOS programs end a file with 0x1A.
  const clean = text.replace(/^\uFEFF/, "").slice(0, text.endsWith("\u001A") ? -1 : undefined);
  if (isBinary(clean)) return refused("not-text");
  const lines = trimBlankEnd(clean);
  // Replaced only after the line limit is checked: on 10 MB of line ends it takes a second.
  return checkLimits(lines) ?? done(lines.replace(/\r\n?/g, "\n"));
}

/** Removes blank lines at the end; an exported spreadsheet can have a million of them. */
function trimBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n,;".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function decodeBytes(file: Uint8Array): string | null {
  if (startsWith(file, [0xff, 0xfe])) return decodeStrictly("utf-16le", file);
  if (startsWith(file, [0xfe, 0xff])) return decodeStrictly("utf-16be", file);
  // A file with a UTF-8 BOM is decoded leniently: an invalid byte becomes �, which no address contains.
  if (startsWith(file, [0xef, 0xbb, 0xbf])) return new TextDecoder("utf-8").decode(file);
  const utf16 = guessUtf16(file);
  if (utf16) return decodeStrictly(utf16, file);
  return decodeStrictly("utf-8", file) ?? decodeWindows1252(file);
}

function decodeWindows1252(file: Uint8Array): string {
  const text = new TextDecoder("windows-1252").decode(file);
  return text.replace(/[\u0080-\u009F]/g, (char) => WINDOWS_1252_C1.charAt(char.charCodeAt(0) - 0x80));
}

function decodeStrictly(encoding: string, file: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return null;
  }
}

/** Detects UTF-16 without a BOM: in Latin text every second byte is zero, always on the same side. */
function guessUtf16(file: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (file.length < 4 || file.length % 2 === 1) return null;
  const sample = file.subarray(0, 65_536);
  const zeros: [even: number, odd: number] = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[(index % 2) as 0 | 1] += 1;
  const [even, odd] = zeros;
  const threshold = sample.length / 20;
  if (odd > threshold && even < odd / 10) return "utf-16le";
  if (even > threshold && odd < even / 10) return "utf-16be";
  return null;
}

/** Returns true if the text contains a NUL, or more than 1 % control characters. */
function isBinary(text: string): boolean {
  if (text.includes("\0")) return true;
  const sample = text.slice(0, 100_000);
  const controls = sample.match(/(?![\s\u0080-\u009F])\p{Cc}/gu)?.length ?? 0;
  return controls * 100 > sample.length;
}

function checkLimits(text: string): Refusal<InvalidListReason> | null {
  let [lines, delimiters, lineStart] = [1, 0, 0];
  for (let index = 0; index <= text.length; index += 1) {
    const char = text.charAt(index);
    if (char === "," || char === ";" || char === "\t" || char === '"') delimiters += 1;
    if (char !== "\n" && char !== "\r" && char !== "") continue;
    if (char === "\n" && text.charAt(index - 1) === "\r") {
      lineStart = index + 1;
      continue;
    }
    if (index - lineStart > MAX_LINE_LENGTH) return refused("line-too-long");
    if (lines > MAX_LINES || delimiters > MAX_DELIMITERS) return refused("too-many-lines");
    lines += 1;
    lineStart = index + 1;
  }
  return null;
}

function startsWith(file: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => file[index] === byte);
}
