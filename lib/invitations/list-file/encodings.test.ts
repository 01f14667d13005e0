import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBytes, decodeStrictly, ENCODINGS, type Encoding, isEncoding } from "./encodings";
import { readTable } from "./read-table";

/** Encodes text by inverting the decoder of each character, because no encoder is at hand for old encodings. */
function encoderOf(encoding: Encoding): { characters: string[]; encode: (text: string) => Uint8Array } {
  const bytesOf = new Map<string, number[]>();
  const add = (bytes: number[]) => {
    const text = decodeStrictly(Uint8Array.from(bytes), encoding);
    if (text !== null && [...text].length === 1 && !bytesOf.has(text) && !/[\p{C}\uFFFD]/u.test(text))
      bytesOf.set(text, bytes);
  };
  for (let byte = 0x20; byte < 0x100; byte += 1) add([byte]);
  add([0x0a]);
  if (/^(shift_jis|euc-jp|gb18030|big5|euc-kr)$/.test(encoding))
    for (let lead = 0x81; lead < 0xff; lead += 1)
      for (let trail = 0x40; trail < 0xff; trail += 1)
        if (!bytesOf.has(String.fromCharCode(lead))) add([lead, trail]);
  return {
    characters: [...bytesOf.keys()],
    encode: (text) =>
      Uint8Array.from([...text].flatMap((char) => (char === "\n" ? [0x0a] : (bytesOf.get(char) ?? [])))),
  };
}

const utf16 = (text: string, isBigEndian: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
};
const unicode: Partial<Record<Encoding, (text: string) => Uint8Array>> = {
  "utf-8": (text) => Buffer.from(text),
  "utf-16le": (text) => utf16(text, false),
  "utf-16be": (text) => utf16(text, true),
};
const anyText = fc.string({ unit: "grapheme", maxLength: 60 }).filter((text) => !text.startsWith("\uFEFF"));

describe("B12 encodings", () => {
  test.each(Object.entries(unicode))(
    "B12 any text in %s decodes to itself, with and without a BOM",
    (name, encode) => {
      fc.assert(
        fc.property(anyText, (text) => {
          const encoding = isEncoding(name) ? name : "utf-8";
          expect(decodeBytes(encode(text), encoding)).toBe(text);
          expect(decodeBytes(encode(`\uFEFF${text}`), encoding)).toBe(text);
        }),
        { numRuns: 300, seed: 1 },
      );
    },
  );

  const old = ENCODINGS.filter((encoding) => !unicode[encoding] && encoding !== "iso-2022-jp");
  test.each(old)("B12 any text in %s decodes to itself", (encoding) => {
    const { characters, encode } = encoderOf(encoding);
    // Each encoding has ASCII and at least 50 characters more.
    expect(characters.length).toBeGreaterThan(145);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...characters), { maxLength: 60 }), (chars) => {
        const text = chars.join("");
        expect(decodeBytes(encode(text), encoding)).toBe(text);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test.each(old)("B12 names in %s are read as they are if it is chosen", async (encoding) => {
    const { characters, encode } = encoderOf(encoding);
    const letters = characters.filter((char) => /\p{L}/u.test(char) && char > "\u007F");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 }),
        async (chars) => {
          const name = chars.join("");
          const read = await readTable(encode(`Name,Email\n${name},ann@x.test`), { encoding });
          expect(read).toMatchObject({
            ok: true,
            value: { encodingIsCertain: true, rows: [{}, { line: 2, cells: [name, "ann@x.test"] }] },
          });
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  test("B12 Unicode with a BOM is recognized, whatever the names", async () => {
    const letter = fc.constantFrom(..."aäßłřØжЯαאمกあ漢한İ");
    const name = fc.array(letter, { minLength: 1, maxLength: 20 }).map((letters) => letters.join(""));
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.constantFrom(...Object.entries(unicode)),
        async (text, [encoding, encode]) => {
          const read = await readTable(encode(`\uFEFFName,Email\n${text},ann@x.test`), {});
          expect(read).toMatchObject({
            ok: true,
            value: { encoding, encodingIsCertain: true, rows: [{}, { cells: [text, "ann@x.test"] }] },
          });
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  test("B12 the names of encodings are an allowlist", () => {
    expect(isEncoding("big5")).toBe(true);
    expect(isEncoding("utf-7")).toBe(false);
    expect(isEncoding("constructor")).toBe(false);
  });
});
