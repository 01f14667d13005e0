import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Encoding } from "./encodings";
import expectedTables from "./golden/tables/expected.json" with { type: "json" };
import { type ListTable, readTable } from "./read-table";

const folder = path.join(import.meta.dirname, "golden/tables");

/** What must come of a file: a refusal, or the line and the cells of each row. */
type Expected =
  | { reason: string }
  | {
      format: string;
      encoding: string | null;
      certain: boolean;
      rows: (string | number)[][];
      sheets?: string[];
      sheet?: string;
    };

/** Files of programs, locales and encodings, generated from texts in Python without the code under test. */
const expectedByFile = expectedTables as Record<string, Expected>;

/** Returns the table in the form of `expected.json`. */
async function summarize(source: Uint8Array | string, choices = {}): Promise<Expected> {
  const read = await readTable(source, choices);
  if (!read.ok) return { reason: read.reason };
  const { format, encoding, encodingIsCertain, rows, sheets, sheet } = read.value;
  return {
    format,
    encoding,
    certain: encodingIsCertain,
    rows: rows.map(({ line, cells }) => [line, ...cells]),
    ...(sheet === null ? {} : { sheets, sheet }),
  };
}

async function readOk(source: Uint8Array | string, choices = {}): Promise<ListTable> {
  const read = await readTable(source, choices);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

test("B12 every golden file has an expectation", () => {
  expect([...Object.keys(expectedByFile), "expected.json"].sort()).toEqual(readdirSync(folder).sort());
});

describe("B12 files of programs, locales and encodings", () => {
  test.each(Object.entries(expectedByFile))("B12 %s", async (file, expected) => {
    expect(await summarize(readFileSync(path.join(folder, file)))).toEqual(expected);
  });
});

describe("B12 the lists of shared cases", () => {
  const latin = (text: string) => Buffer.from(text, "latin1");
  const cases: [string, Uint8Array, string | null, boolean, string[][]][] = [
    [
      "15 Excel for Mac",
      latin(
        "Name;E-Mail;Stra\xA7e\rJ\x9Frgen Wei\xA7;juergen.weiss@corp.example;Lindenstra\xA7e 4\rZo\x91 Bront\x91;zoe.bronte@corp.example;\r",
      ),
      "macintosh",
      false,
      [
        ["Name", "E-Mail", "Straße"],
        ["Jürgen Weiß", "juergen.weiss@corp.example", "Lindenstraße 4"],
        ["Zoë Brontë", "zoe.bronte@corp.example"],
      ],
    ],
    [
      "18 German Excel with a domain that the encoding decides",
      latin(
        "Nachname;Vorname;E-Mail-Adresse\r\nM\xFCller;J\xF6rg;joerg.mueller@corp.example\r\nS\xF6hne;Kontakt;kontakt@m\xFCller-s\xF6hne.example\r\n",
      ),
      "windows-1252",
      false,
      [
        ["Nachname", "Vorname", "E-Mail-Adresse"],
        ["Müller", "Jörg", "joerg.mueller@corp.example"],
        ["Söhne", "Kontakt", "kontakt@müller-söhne.example"],
      ],
    ],
    [
      "20 Chinese Excel",
      latin("\xD0\xD5\xC3\xFB,\xD3\xCA\xCF\xE4\r\n\xCD\xF5\xD0\xA1\xC3\xF7,xiaoming.wang@corp.example\r\n"),
      "gb18030",
      false,
      [
        ["姓名", "邮箱"],
        ["王小明", "xiaoming.wang@corp.example"],
      ],
    ],
    [
      "21 Taiwanese Excel, whose 一 contains the byte of @",
      latin(
        "\xA9m\xA6W,\xB9q\xA4l\xB6l\xA5\xF3\r\n\xB3\xAF\xA4@\xA9\xFA,yiming.chen@corp.example\r\n\xA4B\xA4@,\r\n",
      ),
      "big5",
      false,
      [["姓名", "電子郵件"], ["陳一明", "yiming.chen@corp.example"], ["丁一"]],
    ],
    [
      "39 cells in single quotes",
      latin("'name','email'\n'Ann','ann.sq@corp.example'\n'Bo','bo.sq@corp.example'\n"),
      "utf-8",
      true,
      [
        ["name", "email"],
        ["Ann", "ann.sq@corp.example"],
        ["Bo", "bo.sq@corp.example"],
      ],
    ],
  ];
  test.each(cases)("B12 %s", async (_, file, encoding, certain, rows) => {
    const table = await readOk(file);
    expect([table.encoding, table.encodingIsCertain]).toEqual([encoding, certain]);
    // Cells at the end that are blank do not matter.
    expect(table.rows.map(({ cells }) => cells.filter((cell, index) => cell !== "" || index === 0))).toEqual(
      rows,
    );
  });
});

describe("B12 choices", () => {
  const polish = readFileSync(path.join(folder, "excel-polish-1250.csv"));
  test("B12 a chosen encoding is certain and decides", async () => {
    const table = await readOk(polish, { encoding: "windows-1252" satisfies Encoding });
    expect(table).toMatchObject({ encoding: "windows-1252", encodingIsCertain: true });
    expect(table.rows[1]?.cells[0]).toBe("£ukasz");
    expect(await readOk(polish, { encoding: "windows-1250" })).toMatchObject({ encodingIsCertain: true });
  });

  const book = readFileSync(path.join(folder, "excel-shared-strings-dates.xlsx"));
  test("B12 a chosen sheet is read, a hidden one is not", async () => {
    expect(await readOk(book, { sheet: "Old people" })).toMatchObject({
      sheet: "Old people",
      sheets: ["People", "Old people"],
      rows: [{ line: 1, cells: ["old@shared.example"] }],
    });
    expect(await readTable(book, { sheet: "Secret" })).toEqual({ ok: false, reason: "sheet-not-found" });
    expect(await readTable(book, { sheet: "None" })).toEqual({ ok: false, reason: "sheet-not-found" });
  });

  test("B12 pasted text has no encoding and no doubt", async () => {
    expect(await readOk("Name\tEmail\nÄnne\taenne@x.test")).toMatchObject({
      format: "text",
      encoding: null,
      encodingIsCertain: true,
      rows: [
        { line: 1, cells: ["Name", "Email"] },
        { line: 2, cells: ["Änne", "aenne@x.test"] },
      ],
    });
    expect(await readOk("BEGIN:VCARD\nFN:Ann\nEMAIL:ann@x.test\nEND:VCARD")).toMatchObject({
      format: "vcard",
    });
    expect(await readTable("<html><body>ann@x.test", {})).toEqual({ ok: false, reason: "web-page" });
  });
});
