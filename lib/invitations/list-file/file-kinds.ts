import { readZipDirectory } from "@/lib/invitations/list-file/zip-directory";

/** Kinds of files that are not lists and are named for what they are (REQ-B12). */
export type OtherFileKind =
  | "web-page"
  | "pdf"
  | "image"
  | "ods"
  | "numbers"
  | "old-spreadsheet"
  | "protected-spreadsheet"
  | "damaged-spreadsheet"
  | "document"
  | "archive";

/** The first bytes of formats as Latin-1 text, regardless of the file name. */
const SIGNATURES: readonly (readonly [string, OtherFileKind])[] = [
  ["%PDF-", "pdf"],
  ["\x89PNG", "image"],
  ["\xFF\xD8\xFF", "image"],
  ["GIF8", "image"],
  ["II*\0", "image"],
  ["MM\0*", "image"],
  ["{\\rtf", "document"],
  ["\x1F\x8B", "archive"],
  ["BZh", "archive"],
  ["\xFD7zXZ", "archive"],
  ["7z\xBC\xAF", "archive"],
  ["Rar!", "archive"],
  ["\x28\xB5\x2F\xFD", "archive"],
  // Excel 2 to 5 without a container.
  ["\x09\x00\x04\x00", "old-spreadsheet"],
  ["\x09\x02\x06\x00", "old-spreadsheet"],
  ["\x09\x04\x06\x00", "old-spreadsheet"],
  ["\x09\x08\x08\x00", "old-spreadsheet"],
  ["\x09\x08\x10\x00", "old-spreadsheet"],
];

/** Returns "xlsx" or the kind of a file that is not a list, judged by its bytes, or null if it may be text. */
export function recognizeBytes(file: Uint8Array): "xlsx" | OtherFileKind | null {
  const start = toLatin1(file.subarray(0, 512));
  if (start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06")) return recognizeZip(file, start);
  if (start.startsWith("\xD0\xCF\x11\xE0")) return recognizeContainer(file);
  const signature = SIGNATURES.find(([first]) => start.startsWith(first));
  if (signature) return signature[1];
  if (start.startsWith("RIFF") && start.slice(8, 12) === "WEBP") return "image";
  if (start.startsWith("BM") && start.slice(6, 10) === "\0\0\0\0") return "image";
  if (/^ftyp(heic|heix|mif1|msf1|avif)/.test(start.slice(4, 12))) return "image";
  return start.slice(257, 262) === "ustar" ? "archive" : null;
}

/** Returns the kind of a file that is not a list, judged by the beginning of its text, or null. */
export function recognizeText(text: string): OtherFileKind | "vcard" | null {
  const start = text.slice(0, 4_096).trimStart();
  if (/^BEGIN[ \t]*:[ \t]*VCARD/i.test(start)) return "vcard";
  if (!start.startsWith("<")) return null;
  const markup = start.replace(/<!--[\s\S]*?-->/g, "");
  if (/<svg[\s>]/i.test(markup) && !/<(html|body)[\s>]/i.test(markup)) return "image";
  if (
    /^\s*(<\?xml[^>]*>\s*)?<(!doctype html|html|head|body|table|meta|title|style|div|p|script)\b/i.test(
      markup,
    )
  )
    return "web-page";
  if (!/^\s*<\?(xml|mso-application)/i.test(markup)) return null;
  return /opendocument\.spreadsheet/.test(markup)
    ? "ods"
    : /Workbook/.test(markup)
      ? "old-spreadsheet"
      : "document";
}

function recognizeZip(file: Uint8Array, start: string): "xlsx" | OtherFileKind {
  if (start.includes("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")) return "ods";
  if (start.includes("mimetypeapplication/")) return "document";
  const names = readZipDirectory(file)?.map(({ name }) => name);
  // A file that was cut off has no directory; its first entry tells what it was.
  if (!names)
    return /^.{30}(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/s.test(start)
      ? "damaged-spreadsheet"
      : "archive";
  const has = (prefix: string) => names.some((name) => name.startsWith(prefix));
  if (has("xl/workbook.bin")) return "old-spreadsheet";
  if (has("xl/") && has("[Content_Types].xml")) return "xlsx";
  if (has("word/") || has("ppt/")) return "document";
  return names.some((name) => name.endsWith(".iwa") || name.endsWith("Index.zip")) ? "numbers" : "archive";
}

/** The container of old Office files and of encrypted new ones. */
function recognizeContainer(file: Uint8Array): OtherFileKind {
  const text = toLatin1(file);
  const has = (stream: string) => text.includes(stream.split("").join("\0"));
  if (has("EncryptedPackage")) return "protected-spreadsheet";
  return has("WordDocument") || has("PowerPoint Document") ? "document" : "old-spreadsheet";
}

/** Returns a character per byte. */
function toLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 8_192)
    text += String.fromCharCode(...bytes.subarray(index, index + 8_192));
  return text;
}
