import { guessEncoding } from "@/lib/invitations/list-file/detect-encoding";
import { decodeBytes, decodeStrictly, type Encoding } from "@/lib/invitations/list-file/encodings";
import { type OtherFileKind, recognizeBytes, recognizeText } from "@/lib/invitations/list-file/file-kinds";
import { done, type Refusal, type Result, refused } from "@/lib/result/result";

/** Reasons that a file is not a list of addresses; messages.ts has their texts. */
export type InvalidListReason =
  | OtherFileKind
  | "too-large"
  | "not-text"
  | "line-too-long"
  | "too-many-lines"
  | "too-many-columns"
  | "spreadsheet-too-large"
  | "formulas-without-results"
  | "sheet-not-found"
  | "empty";

/** The maximum size of a file in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** The maximum number of characters of one line; an address has at most 254. */
export const MAX_LINE_LENGTH = 100_000;

/** The maximum numbers of lines and of delimiters of a file, which bound time and memory. */
export const MAX_LINES = 200_000;
export const MAX_DELIMITERS = 3_000_000;

export type DecodedText = {
  text: string;
  /** The encoding of the bytes; null if the text was pasted. */
  encoding: Encoding | null;
  /** False if the encoding was guessed by statistics (S-INPUT-4). */
  encodingIsCertain: boolean;
};

/**
 * Decodes a file to text: with the chosen encoding, otherwise by its BOM, as UTF-16 or UTF-8 if it is valid, otherwise
 * with the most probable encoding (REQ-B12). Refuses files that are too large or that are not plain text.
 */
export function decodeFile(file: Uint8Array, chosen?: Encoding): Result<DecodedText, InvalidListReason> {
  if (file.length > MAX_FILE_BYTES) return refused("too-large");
  const kind = recognizeBytes(file);
  // Only readTable reads spreadsheets.
  if (kind) return refused(kind === "xlsx" ? "not-text" : kind);
  const decoded = chosen
    ? { text: decodeBytes(file, chosen), encoding: chosen, encodingIsCertain: true }
    : detectAndDecode(file);
  return decoded ? cleanText(decoded) : refused("not-text");
}

/** Checks pasted text as `decodeFile` does. */
export function checkPastedText(text: string): Result<DecodedText, InvalidListReason> {
  if (text.length > MAX_FILE_BYTES) return refused("too-large");
  return cleanText({ text, encoding: null, encodingIsCertain: true });
}

/**
 * Normalizes text to \n line ends and removes blank lines at the end. Refuses, before any slow step, text with too
 * many lines or delimiters, or with too long lines.
 */
export function normalizeLines(text: string): Result<string, InvalidListReason> {
  const lines = trimBlankEnd(text);
  // Replaced only after the line limit is checked: on 10 MB of line ends it takes a second.
  return checkLimits(lines) ?? done(lines.replace(/\r\n?/g, "\n"));
}

/** Removes a BOM and the byte 0x1A with which DOS programs end a file. Refuses what is not a list. */
function cleanText(decoded: DecodedText): Result<DecodedText, InvalidListReason> {
  const text = decoded.text.replace(/^\uFEFF/, "").slice(0, decoded.text.endsWith("\u001A") ? -1 : undefined);
  if (isBinary(text)) return refused("not-text");
  const kind = recognizeText(text);
  return kind && kind !== "vcard" ? refused(kind) : done({ ...decoded, text });
}

function detectAndDecode(file: Uint8Array): DecodedText | null {
  const utf16 = startsWith(file, [0xff, 0xfe])
    ? "utf-16le"
    : startsWith(file, [0xfe, 0xff])
      ? "utf-16be"
      : guessUtf16(file);
  if (utf16) return certainly(decodeStrictly(file, utf16), utf16);
  // A file with a UTF-8 BOM is decoded leniently. An invalid byte becomes �, and other characters can then be wrong.
  if (startsWith(file, [0xef, 0xbb, 0xbf])) {
    const text = decodeBytes(file, "utf-8");
    return { text, encoding: "utf-8", encodingIsCertain: !text.includes("\uFFFD") };
  }
  const escaped = hasJapaneseEscapes(file) ? decodeBytes(file, "iso-2022-jp") : "";
  if (escaped !== "" && (escaped.match(/\uFFFD/g)?.length ?? 0) * 100 <= escaped.length)
    return { text: escaped, encoding: "iso-2022-jp", encodingIsCertain: false };
  const utf8 = certainly(decodeStrictly(file, "utf-8"), "utf-8");
  if (utf8 || file.includes(0)) return utf8;
  const encoding = guessEncoding(file);
  return { text: decodeBytes(file, encoding), encoding, encodingIsCertain: false };
}

function certainly(text: string | null, encoding: Encoding): DecodedText | null {
  return text === null ? null : { text, encoding, encodingIsCertain: true };
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

/** Returns true if the bytes contain ESC $ @, ESC $ B or ESC ( J, with which Japanese emails switch characters. */
function hasJapaneseEscapes(file: Uint8Array): boolean {
  for (let index = file.indexOf(0x1b); index !== -1; index = file.indexOf(0x1b, index + 1)) {
    const [, second, third] = file.subarray(index, index + 3);
    if (second === 0x24 ? third === 0x40 || third === 0x42 : second === 0x28 && third === 0x4a) return true;
  }
  return false;
}

/** Returns true if the text contains a NUL, or more than 1 % control characters. */
function isBinary(text: string): boolean {
  if (text.includes("\0")) return true;
  const sample = text.slice(0, 100_000);
  const controls = sample.match(/(?![\s\u0080-\u009F])\p{Cc}/gu)?.length ?? 0;
  return controls * 100 > sample.length;
}

/** Removes blank lines at the end; an exported spreadsheet can have a million of them. */
function trimBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n,;|".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function checkLimits(text: string): Refusal<InvalidListReason> | null {
  let [lines, delimiters, lineStart] = [1, 0, 0];
  for (let index = 0; index <= text.length; index += 1) {
    const char = text.charAt(index);
    if (char === "," || char === ";" || char === "\t" || char === "|" || char === '"') delimiters += 1;
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
