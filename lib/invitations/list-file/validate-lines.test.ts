import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { translationFor } from "@/lib/i18n/translation";
import { LINE_STATUS_MESSAGES, lineMessage } from "@/lib/invitations/messages";
import { countFiles, splitList, toProblemCsv } from "./download";
import { parseList } from "./parse";
import type { ParsedList } from "./records";
import { findAddresses, isProblem, readyAddresses, validateLines } from "./validate-lines";

const { t } = translationFor("en");

function listOf(text: string): ParsedList {
  const list = parseList(text);
  if (!list.ok) throw new Error(list.reason);
  return list.value;
}

describe("B5 each line has a status", () => {
  const list = listOf(
    "Name,Email\nAnn,ann@x.test\nAnn,ANN@x.test\nBob,bob@x.test cleo@x.test\nDan,dan.x.test\nEve,eve@x.test",
  );

  test("B5 ready, duplicate, two addresses, no address found, already a user", () => {
    const lines = validateLines(list, {}, { "eve@x.test": "already-a-user" });
    expect(lines.map(({ line, status }) => [line, status])).toEqual([
      [2, "ready"],
      [3, "duplicate"],
      [4, "two-addresses"],
      [5, "no-address"],
      [6, "already-a-user"],
    ]);
    expect(lines[1]?.duplicateOf).toBe(2);
    expect(lines[2]?.choices).toEqual(["bob@x.test", "cleo@x.test"]);
    expect(lines.filter(isProblem)).toHaveLength(4);
  });

  test("B5 a line can be corrected, chosen from, or skipped", () => {
    const lines = validateLines(list, { 2: "", 4: "cleo@x.test", 5: "Dan <dan@x.test>" });
    expect(lines.map(({ status }) => status)).toEqual(["skipped", "ready", "ready", "ready", "ready"]);
    expect(readyAddresses(lines)).toEqual(["ann@x.test", "cleo@x.test", "dan@x.test", "eve@x.test"]);
    expect(lines.some(isProblem)).toBe(false);
  });

  test("B5 a correction that is a duplicate or has no address is a problem", () => {
    const lines = validateLines(list, { 4: "ann@x.test", 5: "still nothing", 99: "noone@x.test" });
    expect(lines.map(({ status }) => status)).toEqual([
      "ready",
      "duplicate",
      "duplicate",
      "no-address",
      "ready",
    ]);
  });

  test("B5 lines with long texts are validated in under a second, and an address beside them is found", () => {
    const long = `"@ ${"a b ".repeat(200)}"`;
    const text = Array.from(
      { length: 100 },
      (_, index) => `p${index}@x.test,${long},"${"@x ".repeat(30_000)}",${long}`,
    );
    const list = listOf(text.join("\n"));
    const times = [1, 2, 3].map(() => {
      const startedAt = performance.now();
      expect(readyAddresses(validateLines(list, {}))).toHaveLength(100);
      return performance.now() - startedAt;
    });
    // The best of three runs, to exclude other load on the machine.
    expect(Math.min(...times)).toBeLessThan(1_000);
  });

  test("B5 inherited object properties are not taken for reasons", () => {
    expect(validateLines(listOf("constructor@x.test"), {})[0]?.status).toBe("ready");
  });
});

describe("B5 downloads can be corrected and uploaded again", () => {
  test("B5 problem rows keep their columns and corrections, and contain the problem", () => {
    const list = listOf("Name,Email\nAnn,ann@x.test\nDan,dan.x.test\nBob,bob@x.test cleo@x.test\n=1+1,a@b@c");
    const lines = validateLines(list, { 4: "bob@x.test", 5: "a@b@d" });
    const problems = lines.map((line) => ({ ...line, message: lineMessage(t, line) }));
    expect(toProblemCsv(list.header, problems, "Problem").slice(1).split("\r\n")).toEqual([
      "Name,Email,Problem",
      "Ann,ann@x.test,Ready",
      "Dan,dan.x.test,No address found",
      "Bob,bob@x.test,Ready",
      `"'=1+1",a@b@d,Contains more than one @.`,
      "",
    ]);
  });

  test("B5 a correction of a line without an address goes into an empty column or a new one", () => {
    const list = listOf("c@x.test\nAnn,,x\nBob");
    const lines = validateLines(list, { 2: "ann@", 3: "bob@" });
    const rows = toProblemCsv(
      null,
      lines.map((line) => ({ ...line, message: "no" })),
      "Problem",
    );
    expect(rows.slice(1).split("\r\n")).toEqual(["c@x.test,,,no", "Ann,ann@,x,no", "Bob,bob@,,no", ""]);
  });

  test("B5 no message is parsed as an address when problem rows are uploaded", () => {
    for (const key of Object.values(LINE_STATUS_MESSAGES))
      expect(findAddresses([t(key)]).addresses, key).toEqual([]);
  });

  test("B4 a list of 142 is split into 2 files with the header in each, and parses to the same records", () => {
    const rows = Array.from({ length: 142 }, (_, index) => `"P;${index}";+p${index}@x.test;=1\n`).join("");
    const list = listOf(`Name;Email;Note\n${rows}`);
    expect(countFiles(list)).toBe(2);
    const files = splitList(list).map(listOf);
    expect(files.map(({ header, records }) => [header?.cells, records.length])).toEqual([
      [["Name", "Email", "Note"], 100],
      [["Name", "Email", "Note"], 42],
    ]);
    expect(files.flatMap(({ records }) => records.map(({ cells }) => cells))).toEqual(
      list.records.map(({ cells }) => cells),
    );
  });

  test("B4 the template is a valid list, and its example address receives no email", () => {
    const template = readFileSync("public/invitation-list.csv", "utf8");
    expect(validateLines(listOf(template), {}).map(({ address }) => address)).toEqual([
      "ann.lee@company.example",
    ]);
  });
});
