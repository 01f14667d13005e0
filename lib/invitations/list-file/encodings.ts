/** The encodings that a list can have (REQ-B12). An allowlist: users choose from it, and detection returns one of it. */
export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-15",
  "koi8-r",
  "koi8-u",
  "macintosh",
  "x-mac-ce",
  "x-mac-cyrillic",
  "ibm850",
  "ibm852",
  "ibm866",
  "shift_jis",
  "euc-jp",
  "iso-2022-jp",
  "gb18030",
  "big5",
  "euc-kr",
] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Returns true if the text is the name of an encoding that lists can have. */
export function isEncoding(text: string): text is Encoding {
  return (ENCODINGS as readonly string[]).includes(text);
}

/** The characters 0x80 to 0x9F of Windows-1252, which Node decodes as Latin-1. Five are undefined. */
const WINDOWS_1252_C1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/** The characters 0x80 to 0xFF of encodings of DOS and Mac OS that TextDecoder does not know. */
const TABLES: Partial<Record<Encoding, string>> = {
  ibm850:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0",
  ibm852:
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐" +
    "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00AD˝˛ˇ˘§÷¸°¨˙űŘř■\u00A0",
  "x-mac-ce":
    "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅ" +
    "ņŃ¬√ńŇ∆«»…\u00A0ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ",
};

/**
 * Decodes bytes. A BOM of the same encoding is left out. Bytes that the encoding does not define become U+FFFD, which
 * no address contains.
 */
export function decodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  return decodeWith(bytes, encoding, false);
}

/** Decodes bytes, or returns null if the encoding does not define all of them. */
export function decodeStrictly(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return decodeWith(bytes, encoding, true);
  } catch {
    return null;
  }
}

function decodeWith(bytes: Uint8Array, encoding: Encoding, fatal: boolean): string {
  const table = TABLES[encoding];
  if (!table && encoding !== "windows-1252") return new TextDecoder(encoding, { fatal }).decode(bytes);
  // Each byte becomes a character; those from 0x80 (in Windows-1252: to 0x9F) are replaced by the table's.
  const text = new TextDecoder("windows-1252").decode(bytes);
  if (!table) return text.replace(/[\u0080-\u009F]/g, (char) => charAt(WINDOWS_1252_C1, char));
  return toLatin1(text).replace(/[\u0080-\u00FF]/g, (char) => charAt(table, char));
}

function charAt(table: string, char: string): string {
  return table.charAt(char.charCodeAt(0) - 0x80);
}

/** Undoes what a browser makes of the bytes 0x80 to 0x9F, so that each character is its byte again. */
function toLatin1(text: string): string {
  return text.replace(/[\u0100-\uFFFF]/g, (char) =>
    String.fromCharCode(0x80 + WINDOWS_1252_C1.indexOf(char)),
  );
}
