import { deflateRawSync } from "node:zlib";

const MEGABYTE = 2 ** 20;

/** A list to upload, as large as a list can be. */
export type LargeList = { name: string; extension: string; bytes: Buffer };

/** Returns lists of 10 MB, and the largest spreadsheet that is read. */
export function largeLists(): LargeList[] {
  const two = lines(
    120_000,
    (at) => `Person ${at} Andersen-Nielsen of HR,person.${at}@a-department.of-the-company.example`,
  );
  const ten = (count: number, note: string) =>
    `First name,Last name,Email,Role,Access policy,Language,Notes,Company,Phone,City\r\n${lines(
      count,
      (at) => `Zoë,Brontë,person.${at}@corp.example,Member,,de,${note},Fabrikam,+44 20 7946 0958,München`,
    )}`;
  return [
    {
      name: "120,000 people, 2 columns, UTF-8",
      extension: "csv",
      bytes: Buffer.from(`Name,Email\r\n${two}`),
    },
    {
      name: "115,000 people, 2 columns in quotes, UTF-8",
      extension: "csv",
      bytes: Buffer.from(
        `"Name","Email"\r\n${lines(115_000, (at) => `"Andersen-Nielsen, Person ${at}","person.${at}@another-department.of-the-company.example"`)}`,
      ),
    },
    {
      name: "100,000 people, 10 columns, UTF-8",
      extension: "csv",
      bytes: Buffer.from(ten(100_000, "some short note")),
    },
    {
      name: "20,000 people, 10 columns, UTF-8",
      extension: "csv",
      bytes: Buffer.from(ten(20_000, "a note ".repeat(62))),
    },
    {
      name: "100,000 people, 10 columns, Windows-1252",
      extension: "csv",
      bytes: Buffer.from(ten(100_000, "some short note"), "latin1"),
    },
    {
      name: "one person, and notes of 10 MB",
      extension: "csv",
      bytes: Buffer.from(`Email,Notes\nann@corp.example,"${`${"x".repeat(90_000)}\n`.repeat(114)}"`),
    },
    { name: "one endless line", extension: "csv", bytes: Buffer.alloc(10 * MEGABYTE, "ann@corp.example,") },
    { name: "20,000 people, 2 columns, .xlsx", extension: "xlsx", bytes: spreadsheet(19_999, 2) },
    { name: "7,600 people, 12 columns, .xlsx", extension: "xlsx", bytes: spreadsheet(7_600, 12) },
  ];
}

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join("\r\n");
}

/** Returns a spreadsheet with a different text in each cell, as Excel writes it. */
function spreadsheet(rows: number, columns: number): Buffer {
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relationships = (entries: readonly (readonly [type: string, target: string])[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
      .map(
        ([type, target], at) =>
          `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`,
      )
      .join("")}</Relationships>`;
  const row = (at: number) =>
    `<row r="${at + 1}">${Array.from(
      { length: columns },
      (_, column) =>
        `<c r="${String.fromCharCode(65 + column)}${at + 1}" t="s"><v>${at * columns + column}</v></c>`,
    ).join("")}</row>`;
  const text = (at: number) => (at % columns === 1 ? `person.${at}@corp.example` : `Text ${at}`);
  return zip({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relationships([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<workbook xmlns:r="${office}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships([
      ["worksheet", "sheet.xml"],
      ["sharedStrings", "shared.xml"],
    ]),
    "xl/sheet.xml": `<worksheet><sheetData>${Array.from({ length: rows }, (_, at) => row(at)).join("")}</sheetData></worksheet>`,
    "xl/shared.xml": `<sst>${Array.from({ length: rows * columns }, (_, at) => `<si><t>${text(at)}</t></si>`).join("")}</sst>`,
  });
}

/** Returns a zip file of texts. */
function zip(texts: Readonly<Record<string, string>>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(texts)) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(8, 8);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    for (const [record, at] of [
      [header, 18],
      [entry, 20],
    ] as const) {
      record.writeUInt32LE(packed.length, at);
      record.writeUInt32LE(data.length, at + 4);
      record.writeUInt16LE(name.length, at + 8);
    }
    entry.writeUInt32LE(offset, 42);
    files.push(header, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += header.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
