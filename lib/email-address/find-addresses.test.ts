import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AddressesInText, findAddresses } from "./find-addresses";
import { compareAddresses, hostileTexts, noisyTexts, PASTES } from "./fixture";

/** Writes a result as text: `ann@x.io (Ann Lee)`, `ann@x.io?` if it is to be confirmed, `!reason text`. */
function summary({ addresses, invalid }: AddressesInText): string {
  return [
    ...addresses.map(
      ({ address, name, certain }) => `${address}${certain ? "" : "?"}${name === null ? "" : ` (${name})`}`,
    ),
    ...invalid.map(({ text, reason }) => `!${reason} ${text}`),
  ].join(", ");
}

test("B11 the parts of a text are in its order, valid or not", () => {
  const { parts } = findAddresses("a@@b.test, ann@corp.test; Sales|kai@corp.test, ann@corp.test, c@d");
  expect(parts.map((part) => ("address" in part ? part.address : part.text))).toEqual([
    "a@@b.test",
    "ann@corp.test",
    "kai@corp.test",
    "c@d",
  ]);
});

test.each(PASTES)("B2 a paste: $from", ({ text, people, ignored = "" }) => {
  const { addresses, invalid, ignoredWords } = findAddresses(text);
  expect(addresses.map(({ address, name, certain }) => ({ address, name, certain }))).toEqual(people);
  expect(invalid).toEqual([]);
  expect(ignoredWords.join(" ")).toBe(ignored);
});

test.each([
  // Links as programs and web pages copy them
  ["mailto:ann@x.io", "ann@x.io"],
  ["mailto:ann@x.io?subject=Hello", "ann@x.io"],
  ["<mailto:ann@x.io>", "ann@x.io"],
  ['<a href="mailto:ann@x.io">ann@x.io</a>', "ann@x.io"],
  ["[ann@x.io](mailto:ann@x.io)", "ann@x.io"],
  ['=HYPERLINK("mailto:ann@x.io","Flo")', "ann@x.io"],
  ["ann@x.io<mailto:ann@x.io>", "ann@x.io"],
  ["mailto:ann@x.io?cc=bo@x.io", "ann@x.io?, bo@x.io?"],
  // Names and addresses in a cell
  ["Ann Lee <ann@x.io>", "ann@x.io (Ann Lee)"],
  ['"Lee, Ann" <ann@x.io>', "ann@x.io (Ann Lee)"],
  ["Lee, Ann <ann@x.io>", "ann@x.io (Ann Lee)"],
  ["'ann@x.io'", "ann@x.io"],
  ["<ann@x.io>", "ann@x.io"],
  ["Ann Lee (ann@x.io)", "ann@x.io (Ann Lee)"],
  ["ann@x.io (Ann Lee)", "ann@x.io (Ann Lee)"],
  ["Ann Lee [ann@x.io]", "ann@x.io (Ann Lee)"],
  ["Ann Lee - ann@x.io", "ann@x.io (Ann Lee)"],
  ["E-Mail: ann@x.io", "ann@x.io"],
  ["ann@x.io.", "ann@x.io"],
  ["ann@x.io;", "ann@x.io"],
  ["Max Lee <ann@x.io>;", "ann@x.io (Max Lee)"],
  ["Lee/Nia <ann@x.io>", "ann@x.io (Lee/Nia)"],
  ["Please add Ann de Lee <ann@x.io>", "ann@x.io (Ann de Lee)"],
  ["bo@x.io;Ann Lee <ann@x.io>", "bo@x.io, ann@x.io (Ann Lee)"],
  ['"bo@x.io" <ann@x.io>', "bo@x.io?, ann@x.io"],
  // Quotation marks
  ["“ann@x.io”", "ann@x.io"],
  ["„ann@x.io“", "ann@x.io"],
  ["«ann@x.io»", "ann@x.io"],
  ["‘ann@x.io’", "ann@x.io"],
  ["`ann@x.io`", "ann@x.io"],
  ['"ann@x.io,"', "ann@x.io"],
  ["ed.o’brien@x.io", "!local-part ed.o’brien@x.io"],
  ["flo.o'brien@x.io", "flo.o'brien@x.io"],
  ["'o'brien@x.io'", "o'brien@x.io?"],
  ['"o\'brien@x.io"', "o'brien@x.io"],
  ["`A'ann@x.io'", "a'ann@x.io?"],
  ["'ann@x.io", "ann@x.io?"],
  ["`ann@x.io", "ann@x.io?"],
  ["ann@x.io'", "ann@x.io?"],
  ['""ann@x.io""', "ann@x.io?"],
  ["<<ann@x.io>>", "ann@x.io?"],
  // Attached text and signs
  ["Lee/ann@x.io", "ann@x.io?"],
  ["email=ann@x.io", "ann@x.io?"],
  ["email:ann@x.io", "ann@x.io?"],
  ["sales|ann@x.io", "ann@x.io?"],
  ["*ann@x.io", "ann@x.io?"],
  ["#ann@x.io", "ann@x.io?"],
  ["-ann@x.io", "ann@x.io?"],
  ["+ann@x.io", "ann@x.io?"],
  ["=ann@x.io", "ann@x.io?"],
  ["@ann@x.io", "ann@x.io?"],
  ['="ann@x.io"', "ann@x.io?"],
  ["&ann@x.io", "ann@x.io?"],
  ["~ann@x.io", "ann@x.io?"],
  ["?ann@x.io", "ann@x.io?"],
  ["{ann@x.io", "ann@x.io?"],
  ["|ann@x.io|", "ann@x.io?"],
  ["1.ann@x.io", "ann@x.io?"],
  ["a;ann@x.io", "ann@x.io?"],
  ["bo\u00a0ann@x.io", "ann@x.io?"],
  ["\u200bann@x.io", "ann@x.io?"],
  ["ann@x.io/evil", "ann@x.io?"],
  ["ann@x.co,uk", "ann@x.co?"],
  ["ann@x.io.Thanks", "ann@x.io?"],
  ["ann@x.io①", "ann@x.io?"],
  ["请添加ann@x.io和bo@x.io。谢谢", "ann@x.io?, bo@x.io?"],
  ["# Cy left: ann@x.io", "ann@x.io?"],
  ["// ann@x.io", "ann@x.io?"],
  ["ann+tag@x.io", "ann+tag@x.io"],
  ["SMTP:ann@x.io;smtp:bo@x.io;X500:/o=corp/cn=bo", "ann@x.io, bo@x.io"],
  // Broken addresses
  ["ann@x", "!domain ann@x"],
  ["ann@ x.io", "!no-address ann@"],
  ["ann @x.io", "!no-address @x.io"],
  ["ann@bo.io@x.io", "!two-ats ann@bo.io@x.io"],
  ['"a@b.io"@x.io', '!two-ats "a@b.io"@x.io'],
  ["jоhn@x.io", "!local-part jоhn@x.io"],
  ["an\u200bn@x.io", "!invisible an\u200bn@x.io"],
  ["ann@[1.2.3.4]", "!domain ann@[1.2.3.4]"],
  ["meet @ 5", ""],
])("B11 %j is %j", (text, expected) => {
  expect(summary(findAddresses(text))).toBe(expected);
});

test("B11 each address is returned once, and certain if one of its places is", () => {
  expect(summary(findAddresses("+ann@x.io ANN@X.IO Ann Lee <ann@x.io>"))).toBe("ann@x.io (Ann Lee)");
});

test("B11 the text is the address with what is attached to it, as typed", () => {
  const texts = (text: string) => findAddresses(text).addresses.map((found) => found.text);
  expect(texts("x Sales|Ann@X.io;\r\n<bo＠x.io>")).toEqual(["Sales|Ann@X.io", "<bo＠x.io>"]);
});

test("B10 names with characters that names do not have are left out", () => {
  expect(summary(findAddresses("Ann\u202eLee <ann@x.io>"))).toBe("ann@x.io");
  expect(summary(findAddresses(`${"A".repeat(101)} <ann@x.io>`))).toBe("ann@x.io");
});

test("B11 addresses in the noise of real files are found or to be confirmed, and no other one is certain", {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(noisyTexts, (sample) => {
      expect(compareAddresses(sample, findAddresses(sample.text).addresses)).toEqual({
        text: sample.text,
        missing: [],
        others: [],
      });
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test("B11 no other address is certain, whatever surrounds an address", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(hostileTexts, (sample) => {
      expect(compareAddresses(sample, findAddresses(sample.text).addresses).others).toEqual([]);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

/** Returns the CPU time in milliseconds, because other processes affect wall-clock time. */
function cpuTime(text: string): number {
  const before = process.cpuUsage();
  findAddresses(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe("hostile text takes linear time", { timeout: 120_000 }, () => {
  /** Expects less than 60 times the time of a twentieth: quadratic time would be 400 times. */
  function expectLinear(piece: string, length: number): void {
    const text = piece.repeat(length / piece.length);
    cpuTime(text.slice(0, length / 20));
    const short = Math.max(cpuTime(text.slice(0, length / 20)), 20);
    expect(cpuTime(text), piece).toBeLessThan(60 * short);
  }

  const signs = [
    "<",
    '"',
    "'",
    "(",
    "@",
    "<@",
    '"@',
    "a@",
    "a@b",
    "'a'",
    " ",
    "a.",
    "a'",
    "-",
    ",",
    "# ",
    "a@b.io.",
  ];
  test.each([...signs, "\u00a0", "\t", "\n"])("10 MB of %j", (piece) => {
    expectLinear(piece, 10_000_000);
  });

  const addresses = [
    "<a@",
    "<a@b.io",
    "a@b.io,",
    "a@b.io|",
    "(a@b.io ",
    ";a@b.io",
    "#a@b.io\n",
    "a@b.io和",
    "一@",
    '"a@b.io',
  ];
  test.each([...addresses, "mailto:a@b.io?", "mailto:", "Ann <a@b.io>, ", "<a "])("400 kB of %j", (piece) => {
    expectLinear(piece, 400_000);
  });
});
