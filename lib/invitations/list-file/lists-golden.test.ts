import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { NUMBERED_LISTS } from "./fixture";
import { type ListLayout, recognizeLayout, unusedColumns } from "./layout";
import { readTable } from "./read-table";
import { type LineContext, type ListChoices, type ListLine, validateLines } from "./validate-lines";

const folder = path.join(import.meta.dirname, "golden", "lists");

/** What is expected of each file: of the layout, and of each line. */
type Expected = { layout: string; lines: string[] };
const expected: Record<string, Expected> = JSON.parse(
  readFileSync(path.join(folder, "expected.json"), "utf8"),
);

/** An Admin, who cannot make Owners, in an organization with three policies. */
const context: LineContext = {
  roles: ["admin", "member"],
  policies: [
    { id: "read", name: "Manage access for organization (Read)", isGrantable: true },
    { id: "r", name: "Read", isGrantable: true },
    { id: "billing", name: "Billing", isGrantable: false },
    { id: "eu", name: "Billing, EU", isGrantable: true },
  ],
  languages: ["en", "de", "fr", "es", "pt-BR", "ja"],
};

async function readList(
  file: string,
  choices: Partial<ListChoices> = {},
): Promise<{ layout: ListLayout; lines: ListLine[] }> {
  const table = await readTable(readFileSync(path.join(folder, file)), choices);
  if (!table.ok) throw new Error(table.reason);
  const names = context.policies.map(({ name }) => name);
  const layout = recognizeLayout(table.value, choices.columns, names);
  return { layout, lines: validateLines(layout, { corrections: {}, ...choices }, context) };
}

/** `2 ready ann@x.io (Ann Lee) admin [read] de; unknown-role: Guest`. */
function describeLine(line: ListLine): string {
  const { name, role, policies, language, address, choices, notes } = line;
  const parts = [
    `${line.line}`,
    line.status,
    address ?? choices?.join(" or "),
    name && `(${name})`,
    role,
    policies && `[${policies.join(" ")}]`,
    language,
  ];
  const noted = notes.map(({ reason, text }) => `; ${reason}: ${text}`).join("");
  return parts.filter(Boolean).join(" ") + noted;
}

function describeLayout(layout: ListLayout): string {
  const uses = layout.columns
    .filter(({ use }) => use !== "unused")
    .map(({ title, index, use }) => `${title || index}=${use}`);
  const parts = [
    `header ${layout.headerLines.map(({ line }) => line).join(" ") || "none"}`,
    uses.join(", "),
    `unused ${unusedColumns(layout).length}`,
    layout.ignored.length > 0 &&
      `ignored ${layout.ignored.map(({ line, why }) => `${line} ${why}`).join(", ")}`,
    layout.addressCandidates.length > 0 && `choose from ${layout.addressCandidates.join(" ")}`,
  ];
  return parts.filter(Boolean).join("; ");
}

const files = readdirSync(folder).filter((file) => file !== "expected.json");

test("B9 every file has an expectation, and there are 25 given ones and at least 35 of ours", () => {
  expect(files.sort()).toEqual(Object.keys(expected).sort());
  expect(files.filter((file) => /^\d\d-/.test(file))).toHaveLength(25);
  expect(files.length).toBeGreaterThanOrEqual(25 + 35);
});

describe("B9 B10 lists as other programs write them", () => {
  test.each(files)("B9 B10 %s", async (file) => {
    const { layout, lines } = await readList(file);
    expect({ layout: describeLayout(layout), lines: lines.map(describeLine) }).toEqual(expected[file]);
  });
});

describe("B9 B11 B12 the numbered lists", () => {
  test.each(Object.entries(NUMBERED_LISTS))("B9 B11 B12 %s", async (file, lines) => {
    const list = await readList(file);
    expect(
      list.lines.map(({ line, status, address }) => `${line} ${status === "ready" ? address : status}`),
    ).toEqual(lines);
  });
});

describe("B9 B11 B12 choices for the whole file", () => {
  test("B12 an internationalized domain is ready when the encoding is chosen, not when it is guessed", async () => {
    const file = "18-excel-german-1252.csv";
    const statuses = ({ lines }: { lines: ListLine[] }) => lines.map(({ status }) => status);
    expect(statuses(await readList(file))).toEqual(["ready", "local-part", "confirm"]);
    const chosen = await readList(file, { encoding: "windows-1252" });
    expect(statuses(chosen)).toEqual(["ready", "local-part", "ready"]);
    expect(chosen.lines[2]?.address).toBe("kontakt@xn--mller-shne-kcb9d.example");
  });

  test("B11 nothing glued to an address is sent without a look", async () => {
    const { lines } = await readList("32-glued-signs.txt");
    const names = "ann bo cy di ed flo gil hal ida jon".split(" ");
    expect(lines.map(({ address, choices }) => address ?? choices?.join())).toEqual(
      names.map((name) => `${name}.g@corp.example`),
    );
    expect(lines.filter(({ status }) => status === "ready").map(({ line }) => line)).toEqual([8]);
  });

  test("B9 one line of forty addresses becomes forty people by one choice", async () => {
    const { lines } = await readList("30-one-line-of-forty.csv", { severalPerLine: true });
    expect(lines).toHaveLength(40);
    expect(
      lines.every(({ line, status, index }, at) => line === 1 && status === "ready" && index === at),
    ).toBe(true);
  });

  test("B9 a column chosen for the file decides for all its lines", async () => {
    const file = "work-and-home.csv";
    const { layout } = await readList(file);
    expect(layout.addressCandidates).toEqual([1, 2]);
    const chosen = await readList(file, { columns: { 1: "address" } });
    expect(chosen.layout.addressCandidates).toEqual([]);
    expect(chosen.lines.map(({ status }) => status)).toEqual(["ready", "ready", "ready"]);
  });

  test("B10 a recognized column can be switched off, and another one mapped", async () => {
    const { lines } = await readList("41-with-roles.csv", { columns: { 1: "unused", 2: "name" } });
    expect(lines.map(({ role, policies, name }) => [role, policies, name])).toEqual([
      [undefined, undefined, "Manage access for organization (Read)"],
      [undefined, undefined, undefined],
    ]);
  });

  test("B9 the addresses of other people are used only when their column is chosen", async () => {
    const { lines, layout } = await readList("only-owner-emails.csv");
    expect(lines.map(({ status }) => status)).toEqual(["no-address", "no-address"]);
    expect(layout.addressCandidates).toEqual([1]);
    const chosen = await readList("only-owner-emails.csv", { columns: { 1: "address" } });
    expect(chosen.lines.map(({ status }) => status)).toEqual(["ready", "ready"]);
  });
});

describe("B9 S-DOS-4 large lists take time in proportion to their size", () => {
  const repeat = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join("\n");
  const large: [string, string][] = [
    [
      "19,900 people of ten columns",
      `First name,Last name,Email,Role,Access policy,Language,Notes,Company,Phone,City\n${repeat(
        19_900,
        (index) =>
          `Ann${index},Lee,p${index}@x.test,Member,Read;Foo,de,${"note ".repeat(80)},Fabrikam,+44 20 7946,Paris`,
      )}`,
    ],
    [
      "150 headers of 1,900 columns",
      `${repeat(150, () => Array.from({ length: 1_900 }, (_, index) => `Work e-mail ${index}`).join(","))}\nann@x.test`,
    ],
    [
      "140 lists with headers of 2,000 columns",
      `Name,Email\nAnn,ann@x.test\n${repeat(140, (row) =>
        Array.from({ length: 2_000 }, (_, index) => `Email ${index} ${row}`).join(","),
      )}`,
    ],
    ["lines of broken addresses", `Email\n${repeat(1_000, () => "a@@b ".repeat(1_900))}`],
    ["names of quotation marks", `Name,Email\n${repeat(19_000, () => `"${"'".repeat(380)}",ann@x.test`)}`],
  ];
  test.each(large)("B9 S-DOS-4 %s", { timeout: 60_000 }, async (_, text) => {
    const table = await readTable(text, {});
    if (!table.ok) throw new Error(table.reason);
    const times = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      const layout = recognizeLayout(table.value, {}, ["Read"]);
      validateLines(layout, { corrections: {}, severalPerLine: true }, context);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    });
    expect(Math.min(...times)).toBeLessThan(2_000);
  });
});
