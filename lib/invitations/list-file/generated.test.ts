import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseList } from "./parse";
import { validateLines } from "./validate-lines";

/** Runs per test, for lists with known people and for arbitrary bytes: 100,000 in total (REQ-B4). */
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
const formattedAddress = fc.tuple(
  address,
  fc.constantFrom("%", "Ann Lee <%>", " % ", '"Lee, Ann" <%>', "see %", "%\n"),
);
const record = fc.record({
  cells: fc.array(word, { maxLength: 4 }),
  addresses: fc.array(formattedAddress, { maxLength: 2 }),
  column: fc.nat(4),
});
const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  end: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom("utf8", "utf16le", "utf16be", "latin1"),
  bom: fc.boolean(),
  quoteAll: fc.boolean(),
});

/** Encodes a list as a program would write it, without the code under test. */
function encodeList(rows: string[][], { delimiter, end, encoding, bom, quoteAll }: Dialect): Uint8Array {
  const quoted = (cell: string) =>
    quoteAll || /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const text = `sep=${delimiter}${end}${rows.map((row) => row.map(quoted).join(delimiter)).join(end)}`;
  const prefix = bom && encoding !== "latin1" ? "\uFEFF" : "";
  const bytes = Buffer.from(prefix + text, encoding === "utf16be" ? "utf16le" : (encoding as BufferEncoding));
  return encoding === "utf16be" ? bytes.swap16() : bytes;
}

const canonical = (text: string) => text.toLowerCase().replace("münchen", "xn--mnchen-3ya");

describe("B4 100,000 generated inputs", () => {
  test("B4 each address is invited by its own line only, in whatever format the list is", {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), dialect, (records, format) => {
        const rows = records.map(({ cells, addresses, column }) => [
          ...cells.slice(0, column),
          ...addresses.map(([address, form]) => form.replace("%", address)),
          ...cells.slice(column),
        ]);
        const list = parseList(encodeList(rows, format));
        if (!list.ok) return;
        let line = 2;
        const expectedByLine = new Map<number, Set<string>>();
        for (const [index, row] of rows.entries()) {
          expectedByLine.set(line, new Set(records[index]?.addresses.map(([address]) => canonical(address))));
          line += row.join("").replace(/\r\n?/g, "\n").split("\n").length;
        }
        const invited = new Set<string>();
        for (const validated of validateLines(list.value, {})) {
          if (validated.status !== "ready" || !validated.address) continue;
          expect(expectedByLine.get(validated.line)).toEqual(new Set([validated.address]));
          expect(invited.has(validated.address)).toBe(false);
          invited.add(validated.address);
        }
        // Conversely, the only address of a line is invited by this line or an earlier one.
        for (const expected of expectedByLine.values())
          if (expected.size === 1) expect([...expected].every((address) => invited.has(address))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test("B4 arbitrary bytes are parsed or refused, and contain every address that is invited", {
    timeout: 60_000,
  }, () => {
    const fragment = fc.constantFrom(
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
      fc.array(fragment, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(""))),
      fc.array(fragment, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(""), "utf16le")),
      fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(anything, (source) => {
        const list = parseList(source);
        if (!list.ok) return;
        for (const { cells, status, address: ready = "" } of validateLines(list.value, {}))
          if (status === "ready") expect(cells.join(" ").toLowerCase()).toContain(ready.split("@")[0] ?? "");
      }),
      { numRuns: RUNS },
    );
  });
});
