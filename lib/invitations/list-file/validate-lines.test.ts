import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findAddresses } from "@/lib/email-address/find-addresses";
import { translationFor } from "@/lib/i18n/translation";
import { LINE_STATUS_MESSAGES, lineMessage } from "@/lib/invitations/messages";
import { countFiles, splitList, toProblemCsv } from "./download";
import { type ListLayout, recognizeLayout } from "./layout";
import { joinNames, toPersonName } from "./names";
import { readTable } from "./read-table";
import {
  type Corrections,
  type IneligibleReason,
  isCounted,
  isProblem,
  type LineContext,
  type ListLine,
  lineKey,
  readyAddresses,
  validateLines,
} from "./validate-lines";

const { t } = translationFor("en");

const context: LineContext = { roles: ["admin", "member"], policies: [], languages: ["en"] };

async function listOf(text: string): Promise<ListLayout> {
  const table = await readTable(text, {});
  if (!table.ok) throw new Error(table.reason);
  return recognizeLayout(table.value);
}

/** Validates the list with corrections, otherwise without choices. */
function validate(
  list: ListLayout,
  corrections: Corrections = {},
  ineligible: Record<string, IneligibleReason> = {},
): ListLine[] {
  return validateLines(list, { corrections }, { ...context, ineligible });
}

describe("B5 each line has a status", () => {
  const listed = () =>
    listOf(
      "Name,Email\nAnn,ann@x.test\nAnn,ANN@x.test\nBob,bob@x.test cleo@x.test\nDan,dan.x.test\nEve,eve@x.test",
    );

  test("B5 ready, duplicate, two addresses, no address found, already a user", async () => {
    const list = await listed();
    const lines = validate(list, {}, { "eve@x.test": "already-a-user" });
    expect(lines.map(({ line, status }) => [line, status])).toEqual([
      [2, "ready"],
      [3, "duplicate"],
      [4, "two-addresses"],
      [5, "no-address"],
      [6, "already-a-user"],
    ]);
    expect(lines[1]?.duplicateOf).toBe(2);
    expect(lines[2]?.choices).toEqual(["bob@x.test", "cleo@x.test"]);
    // A duplicate and a user need nothing.
    expect(lines.filter(isProblem).map(({ line }) => line)).toEqual([4, 5]);
  });

  test("B5 a line can be corrected, chosen from, or skipped", async () => {
    const list = await listed();
    const lines = validate(list, { 2: "", 4: "cleo@x.test", 5: "Dan <dan@x.test>" });
    expect(lines.map(({ status }) => status)).toEqual(["skipped", "ready", "ready", "ready", "ready"]);
    expect(readyAddresses(lines)).toEqual(["ann@x.test", "cleo@x.test", "dan@x.test", "eve@x.test"]);
    expect(lines.some(isProblem)).toBe(false);
  });

  test("B5 a correction that is a duplicate or has no address is a problem", async () => {
    const list = await listed();
    const lines = validate(list, { 4: "ann@x.test", 5: "still nothing", 99: "noone@x.test" });
    expect(lines.map(({ status }) => status)).toEqual([
      "ready",
      "duplicate",
      "duplicate",
      "no-address",
      "ready",
    ]);
  });

  test("B5 lines with long texts are validated in under a second, and an address beside them is found", async () => {
    const long = `"@ ${"a b ".repeat(200)}"`;
    const text = Array.from(
      { length: 100 },
      (_, index) => `p${index}@x.test,${long},"${"@x ".repeat(30_000)}",${long}`,
    );
    const list = await listOf(text.join("\n"));
    const times = [1, 2, 3].map(() => {
      const startedAt = performance.now();
      expect(readyAddresses(validate(list, {}))).toHaveLength(100);
      return performance.now() - startedAt;
    });
    // The best of three runs, to exclude other load on the machine.
    expect(Math.min(...times)).toBeLessThan(1_000);
  });

  test("B5 inherited object properties are not taken for reasons", async () => {
    expect(validate(await listOf("constructor@x.test"), {})[0]?.status).toBe("ready");
  });
});

describe("B5 downloads can be corrected and uploaded again", () => {
  test("B5 problem rows keep their columns and corrections, and contain the problem", async () => {
    const list = await listOf(
      "Name,Email\nAnn,ann@x.test\nDan,dan.x.test\nBob,bob@x.test cleo@x.test\n=1+1,a@b@c",
    );
    const lines = validate(list, { 4: "bob@x.test", 5: "a@b@d" });
    const problems = lines.map((line) => ({ ...line, message: lineMessage(t, line) }));
    expect(toProblemCsv(list, problems, "Problem").slice(1).split("\r\n")).toEqual([
      "Name,Email,Problem",
      "Ann,ann@x.test,Ready",
      "Dan,dan.x.test,No address found",
      "Bob,bob@x.test,Ready",
      `"'=1+1",a@b@d,Contains more than one @.`,
      "",
    ]);
  });

  test("B5 a correction of a line without an address goes into an empty column or a new one", async () => {
    const list = await listOf("c@x.test\nAnn,,x\nBob");
    const lines = validate(list, { 2: "ann@", 3: "bob@" });
    const rows = toProblemCsv(
      list,
      lines.map((line) => ({ ...line, message: "no" })),
      "Problem",
    );
    expect(rows.slice(1).split("\r\n")).toEqual(["c@x.test,,,no", "Ann,ann@,x,no", "Bob,bob@,,no", ""]);
  });

  test("B5 no message is parsed as an address when problem rows are uploaded", async () => {
    for (const key of Object.values(LINE_STATUS_MESSAGES))
      expect(findAddresses(t(key)).addresses, key).toEqual([]);
  });

  test("B4 a list of 142 is split into 2 files with the header in each, and parses to the same records", async () => {
    const rows = Array.from({ length: 142 }, (_, index) => `"P;${index}";+p${index}@x.test;=1\n`).join("");
    const list = await listOf(`Name;Email;Note\n${rows}`);
    expect(countFiles(list)).toBe(2);
    const files = await Promise.all(splitList(list).map(listOf));
    expect(files.map(({ headerLines, records }) => [headerLines[0]?.cells, records.length])).toEqual([
      [["Name", "Email", "Note"], 100],
      [["Name", "Email", "Note"], 42],
    ]);
    expect(files.flatMap(({ records }) => records.map(({ cells }) => cells))).toEqual(
      list.records.map(({ cells }) => cells),
    );
  });

  test("B4 the template is a valid list, and its example address receives no email", async () => {
    const template = readFileSync("public/invitation-list.csv", "utf8");
    expect(validate(await listOf(template), {}).map(({ address }) => address)).toEqual([
      "ann.lee@company.example",
    ]);
  });
});

describe("B9 B10 B11 people, names and access of a line", () => {
  const several = "Name,Email\nTeam,Ann Lee <ann@x.test>; #bob@x.test; cleo@@x.test\nDan,dan@x.test";

  test("B9 a line with several addresses becomes several people by one choice, each with its own correction", async () => {
    const list = await listOf(several);
    expect(validate(list).map(({ status }) => status)).toEqual(["two-addresses", "ready"]);
    const choices = { severalPerLine: true, corrections: {} };
    const lines = validateLines(list, choices, context);
    expect(lines.map((line) => [lineKey(line), line.status, line.name, line.address])).toEqual([
      ["2.0", "ready", "Ann Lee", "ann@x.test"],
      ["2.1", "confirm", undefined, undefined],
      ["2.2", "two-ats", undefined, undefined],
      ["3", "ready", "Dan", "dan@x.test"],
    ]);
    const corrections = { "2.0": "", "2.1": "bob@x.test", "2.2": "Cleo <cleo@x.test>" };
    const corrected = validateLines(list, { severalPerLine: true, corrections }, context);
    expect(corrected.map(({ status, address }) => address ?? status)).toEqual([
      "skipped",
      "bob@x.test",
      "cleo@x.test",
      "dan@x.test",
    ]);
    const rows = toProblemCsv(
      list,
      lines.map((line) => ({ ...line, message: line.status })),
      "Problem",
    );
    expect((await listOf(rows)).records).toHaveLength(4);
  });

  test("B11 a commented-out line counts and is invited only when it is confirmed", async () => {
    const list = await listOf("Name,Email\nAnn,ann@x.test\n# Bob,bob@x.test\n");
    const lines = validate(list);
    expect(lines.map((line) => [line.status, isCounted(line), line.choices])).toEqual([
      ["ready", true, undefined],
      ["commented-out", false, ["bob@x.test"]],
    ]);
    const confirmed = validate(list, { 3: "bob@x.test" });
    expect(readyAddresses(confirmed)).toEqual(["ann@x.test", "bob@x.test"]);
    const rows = toProblemCsv(
      list,
      confirmed.map((line) => ({ ...line, message: "" })),
      "Problem",
    );
    expect(readyAddresses(validate(await listOf(rows)))).toEqual(["ann@x.test", "bob@x.test"]);
  });

  test("B10 A3 what cannot be applied becomes a note, and the line stays ready", async () => {
    const list = await listOf(
      "Email,Role,Access policies,Language\na@x.test,Owner,Read; Secret; Nothing,de\nb@x.test,Member,None,en",
    );
    const policies = [
      { id: "1", name: "Read", isGrantable: true },
      { id: "2", name: "Secret", isGrantable: false },
    ];
    const lines = validateLines(list, { corrections: {} }, { ...context, policies });
    expect(lines.map(({ status, role, policies, language }) => [status, role, policies, language])).toEqual([
      ["ready", undefined, ["1"], undefined],
      ["ready", "member", [], "en"],
    ]);
    expect(lines[0]?.notes).toEqual([
      { reason: "role-above-you", text: "Owner" },
      { reason: "unknown-policy", text: "Nothing" },
      { reason: "policy-above-you", text: "Secret" },
      { reason: "unknown-language", text: "de" },
    ]);
  });

  test("B5 an address beside a broken one needs a confirmation (S-INPUT-3)", async () => {
    const [line] = validate(await listOf("Email,Work email\nann@@x.test,ann@home.test"));
    expect(line).toMatchObject({ status: "confirm", choices: ["ann@home.test"] });
  });

  test("S-INPUT-8 keys of objects are not taken for choices", async () => {
    const list = await listOf("Email\nann@x.test");
    expect(validate(list, JSON.parse('{"__proto__":"b@x.test","constructor":"c@x.test"}'))).toHaveLength(1);
  });

  test.each([
    ["Ann", "Lee", "en", "Ann Lee"],
    ["小明", "王", "en", "王小明"],
    ["민준", "김", "en", "김민준"],
    ["ゆき", "ほし", "en", "ほし ゆき"],
    ["Ágnes", "Nagy", "hu", "Nagy Ágnes"],
    ["Ann", "", "en", "Ann"],
  ])("B10 the name of %s and %s in a %s header is complete", (first, last, locale, name) => {
    expect(joinNames(toPersonName(first), toPersonName(last), locale === "hu")).toBe(name);
  });

  test.each([
    ["  Ann\u00a0 Lee ", "Ann Lee"],
    ["“Ann Lee”", "Ann Lee"],
    ["Lee, Ann", "Ann Lee"],
    ["Martin King, Jr.", "Martin King, Jr."],
    ["Ann\u202eLee", "AnnLee"],
    ["\u0645\u06cc\u200c\u0646", "\u0645\u06cc\u200c\u0646"],
    ["Zoe\u0308", "Zo\u00eb"],
    ["ann@x.test", null],
    ["https://x.test", null],
    ["-", null],
    ["#N/A", null],
    ["a".repeat(101), null],
  ])("B10 S-INPUT-5 the name %j is kept as %j", (text, name) => {
    expect(toPersonName(text)).toBe(name);
  });
});
