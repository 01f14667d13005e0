import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readList } from "./records";
import { decideLines } from "./verdicts";

/** Half each: lists whose people are known, and bytes that are anything. Together 100,000 (REQ-B4). */
const RUNS = 50_000;

type Dialect = { delimiter: string; end: string; encoding: string; bom: boolean; quoteAll: boolean };

const address = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9+_-]{1,8}$/),
    fc.constantFrom("@x.test", "@Mail.Example.test", "@münchen.test"),
  )
  .map((parts) => parts.join(""));
const word = fc.oneof(
  fc.constantFrom(
    "Ann",
    "Jörg Weiß",
    'O"Hara',
    "Lee, Ann",
    "a;b",
    "x\ty",
    "two\nlines",
    "sep=",
    "Email",
    "@ann",
    "",
    " ",
    "=1+1",
    "<",
    ">",
    "a@",
    "@",
    "''",
  ),
  fc.string({ maxLength: 6 }).filter((text) => !/[@\0]/.test(text)),
);
const inForm = fc.tuple(
  address,
  fc.constantFrom("%", "Ann Lee <%>", " % ", '"Lee, Ann" <%>', "see %", "%\n"),
);
const record = fc.record({
  cells: fc.array(word, { maxLength: 4 }),
  addresses: fc.array(inForm, { maxLength: 2 }),
  place: fc.nat(4),
});
const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  end: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom("utf8", "utf16le", "utf16be", "latin1"),
  bom: fc.boolean(),
  quoteAll: fc.boolean(),
});

/** The list as a program would write it: independent of the one that reads it. */
function write(rows: string[][], { delimiter, end, encoding, bom, quoteAll }: Dialect): Uint8Array {
  const quoted = (cell: string) =>
    quoteAll || /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const text = `sep=${delimiter}${end}${rows.map((row) => row.map(quoted).join(delimiter)).join(end)}`;
  const beginning = bom && encoding !== "latin1" ? "\uFEFF" : "";
  const bytes = Buffer.from(
    beginning + text,
    encoding === "utf16be" ? "utf16le" : (encoding as BufferEncoding),
  );
  return encoding === "utf16be" ? bytes.swap16() : bytes;
}

const canonical = (text: string) => text.toLowerCase().replace("münchen", "xn--mnchen-3ya");

describe("B4 100,000 generated inputs", () => {
  test("B4 nobody is sent to but by their own line, however a program writes it", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), dialect, (records, how) => {
        const rows = records.map(({ cells, addresses, place }) => [
          ...cells.slice(0, place),
          ...addresses.map(([one, form]) => form.replace("%", one)),
          ...cells.slice(place),
        ]);
        const list = readList(write(rows, how));
        if (!list.ok) return;
        let line = 2;
        const places = new Map<number, Set<string>>();
        for (const [at, row] of rows.entries()) {
          places.set(line, new Set(records[at]?.addresses.map(([one]) => canonical(one))));
          line += row.join("").replace(/\r\n?/g, "\n").split("\n").length;
        }
        const sent = new Set<string>();
        for (const decided of decideLines(list.value, {})) {
          if (decided.verdict !== "ready" || !decided.address) continue;
          expect(places.get(decided.line)).toEqual(new Set([decided.address]));
          expect(sent.has(decided.address)).toBe(false);
          sent.add(decided.address);
        }
        // Nobody is forgotten either: whoever stands alone in a line is sent to, or was before.
        for (const own of places.values())
          if (own.size === 1) expect([...own].every((one) => sent.has(one))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test("B4 bytes that are anything are read or refused, and hold whomever is sent to", {
    timeout: 60_000,
  }, () => {
    const scrap = fc.constantFrom(
      "ann@x.test",
      "@",
      ".",
      '"',
      "'",
      ",",
      ";",
      "\t",
      "\n",
      "\r",
      "<",
      ">",
      "\u200B",
      "é",
      "\0",
      "sep=",
      " ",
    );
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(scrap, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(""))),
      fc.array(scrap, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(""), "utf16le")),
      fc.array(scrap, { maxLength: 12 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(anything, (source) => {
        const list = readList(source);
        if (!list.ok) return;
        for (const { cells, verdict, address: one = "" } of decideLines(list.value, {}))
          if (verdict === "ready") expect(cells.join(" ").toLowerCase()).toContain(one.split("@")[0] ?? "");
      }),
      { numRuns: RUNS },
    );
  });
});
