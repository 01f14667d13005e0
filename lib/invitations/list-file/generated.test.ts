import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recognizeLayout } from "./layout";
import { readTable } from "./read-table";
import { validateLines } from "./validate-lines";

/** Runs per test, for lists with known people and for arbitrary bytes; the proof runs 50,000 each (REQ-B4). */
const RUNS = Number(process.env.PROOF_RUNS ?? 1_000);
const TIMEOUT = 60_000 + RUNS * 10;

async function readList(source: Uint8Array | string) {
  const table = await readTable(source, {});
  if (!table.ok) return null;
  const layout = recognizeLayout(table.value);
  const context = { roles: [], policies: [], languages: [] };
  return { layout, lines: validateLines(layout, { corrections: {} }, context) };
}

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

describe("B4 B11 generated inputs", () => {
  test("B4 B11 each address is invited by its own line only, or its line asks, in whatever format the list is", {
    timeout: TIMEOUT,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 8 }), dialect, async (records, format) => {
        const rows = records.map(({ cells, addresses, column }) => [
          ...cells.slice(0, column),
          ...addresses.map(([address, form]) => form.replace("%", address)),
          ...cells.slice(column),
        ]);
        const list = await readList(encodeList(rows, format));
        if (!list) return;
        let line = 2;
        const expectedByLine = new Map<number, Set<string>>();
        for (const [index, row] of rows.entries()) {
          expectedByLine.set(line, new Set(records[index]?.addresses.map(([address]) => canonical(address))));
          line += row.join("").replace(/\r\n?/g, "\n").split("\n").length;
        }
        const invited = new Set<string>();
        const asked = new Set<number>();
        for (const validated of list.lines) {
          if (validated.status !== "ready" || !validated.address) asked.add(validated.line);
          else {
            const expected = expectedByLine.get(validated.line);
            expect(expected?.has(validated.address)).toBe(true);
            // Only a header says which of two addresses is the person's.
            if (list.layout.headerLines.length === 0) expect(expected?.size).toBe(1);
            expect(invited.has(validated.address)).toBe(false);
            invited.add(validated.address);
          }
        }
        // Conversely, the only address of a line is invited by this line or an earlier one, or the line asks.
        for (const [line, expected] of expectedByLine)
          if (expected.size === 1)
            expect(asked.has(line) || [...expected].every((address) => invited.has(address))).toBe(true);
      }),
      { numRuns: RUNS, seed: 1 },
    );
  });

  test("B4 arbitrary bytes are parsed or refused, and contain every address that is invited", {
    timeout: TIMEOUT,
  }, async () => {
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
    await fc.assert(
      fc.asyncProperty(anything, async (source) => {
        const list = await readList(source);
        if (!list) return;
        for (const { cells, status, address: ready = "" } of list.lines)
          if (status === "ready") expect(cells.join(" ").toLowerCase()).toContain(ready.split("@")[0] ?? "");
      }),
      { numRuns: RUNS, seed: 1 },
    );
  });
});
