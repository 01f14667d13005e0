import { describe, expect, test } from "vitest";
import { LINE_MESSAGES } from "@/lib/invitations/messages";
import { filesOf, problemRows, splitList, TEMPLATE } from "./download";
import { type List, readList } from "./records";
import { decideLines, findAddresses, isProblem, readyAddresses } from "./verdicts";

function listOf(text: string): List {
  const list = readList(text);
  if (!list.ok) throw new Error(list.reason);
  return list.value;
}

describe("B5 each line has its verdict", () => {
  const list = listOf(
    "Name,Email\nAnn,ann@x.test\nAnn,ANN@x.test\nBob,bob@x.test cleo@x.test\nDan,dan.x.test\nEve,eve@x.test",
  );

  test("B5 ready, duplicate, two addresses, no address found, already a user", () => {
    const lines = decideLines(list, {}, { "eve@x.test": "already-a-user" });
    expect(lines.map(({ line, verdict }) => [line, verdict])).toEqual([
      [2, "ready"],
      [3, "duplicate"],
      [4, "two-addresses"],
      [5, "no-address"],
      [6, "already-a-user"],
    ]);
    expect(lines[1]?.sameAs).toBe(2);
    expect(lines[2]?.choices).toEqual(["bob@x.test", "cleo@x.test"]);
    expect(lines.filter(isProblem)).toHaveLength(4);
  });

  test("B5 a line is mended in place, chosen from, or left out", () => {
    const lines = decideLines(list, { 2: "", 4: "cleo@x.test", 5: "Dan <dan@x.test>" });
    expect(lines.map(({ verdict }) => verdict)).toEqual(["left-out", "ready", "ready", "ready", "ready"]);
    expect(readyAddresses(lines)).toEqual(["ann@x.test", "cleo@x.test", "dan@x.test", "eve@x.test"]);
    expect(lines.some(isProblem)).toBe(false);
  });

  test("B5 a mend that is another line's address, or none, is a problem like any other", () => {
    const lines = decideLines(list, { 4: "ann@x.test", 5: "still nothing", 99: "nobody@x.test" });
    expect(lines.map(({ verdict }) => verdict)).toEqual([
      "ready",
      "duplicate",
      "duplicate",
      "no-address",
      "ready",
    ]);
  });

  test("B5 lines of long texts are decided in under a second, and an address beside them is found", () => {
    const long = `"@ ${"a b ".repeat(200)}"`;
    const text = Array.from(
      { length: 100 },
      (_, at) => `p${at}@x.test,${long},"${"@x ".repeat(30_000)}",${long}`,
    );
    const list = listOf(text.join("\n"));
    const times = [1, 2, 3].map(() => {
      const began = performance.now();
      expect(readyAddresses(decideLines(list, {}))).toHaveLength(100);
      return performance.now() - began;
    });
    // At best: whatever else the machine does is no part of the promise.
    expect(Math.min(...times)).toBeLessThan(1_000);
  });

  test("B5 nothing of an object is taken for a standing", () => {
    expect(decideLines(listOf("constructor@x.test"), {})[0]?.verdict).toBe("ready");
  });
});

describe("B5 what is downloaded can be mended and uploaded again", () => {
  test("B5 problem rows keep their columns and their mends, and say what is wrong", () => {
    const list = listOf("Name,Email\nAnn,ann@x.test\nDan,dan.x.test\nBob,bob@x.test cleo@x.test\n=1+1,a@b@c");
    const lines = decideLines(list, { 4: "bob@x.test", 5: "a@b@d" });
    const words = lines.map((line) => ({ ...line, words: LINE_MESSAGES[line.verdict] }));
    expect(problemRows(list.header, words).slice(1).split("\r\n")).toEqual([
      "Name,Email,Problem",
      `Ann,ann@x.test,${LINE_MESSAGES.ready}`,
      `Dan,dan.x.test,${LINE_MESSAGES["no-address"]}`,
      `Bob,bob@x.test,${LINE_MESSAGES.ready}`,
      `"'=1+1",a@b@d,${LINE_MESSAGES["two-ats"]}`,
      "",
    ]);
  });

  test("B5 a mend without a column of its own goes into an empty one, or behind", () => {
    const list = listOf("c@x.test\nAnn,,x\nBob");
    const lines = decideLines(list, { 2: "ann@", 3: "bob@" });
    const rows = problemRows(
      null,
      lines.map((line) => ({ ...line, words: "no" })),
    );
    expect(rows.slice(1).split("\r\n")).toEqual(["c@x.test,,,no", "Ann,ann@,x,no", "Bob,bob@,,no", ""]);
  });

  test("B5 no word about a line is taken for an address when the problem rows come back", () => {
    for (const words of Object.values(LINE_MESSAGES))
      expect(findAddresses([words]).addresses, words).toEqual([]);
  });

  test("B4 a list of 142 is split into 2 files with the header in each, and reads as the same people", () => {
    const rows = Array.from({ length: 142 }, (_, at) => `"P;${at}";+p${at}@x.test;=1\n`).join("");
    const list = listOf(`Name;Email;Note\n${rows}`);
    expect(filesOf(list)).toBe(2);
    const files = splitList(list).map(listOf);
    expect(files.map(({ header, records }) => [header?.cells, records.length])).toEqual([
      [["Name", "Email", "Note"], 100],
      [["Name", "Email", "Note"], 42],
    ]);
    expect(files.flatMap(({ records }) => records.map(({ cells }) => cells))).toEqual(
      list.records.map(({ cells }) => cells),
    );
  });

  test("B4 the template is a list, and its example reaches nobody", () => {
    expect(decideLines(listOf(TEMPLATE), {}).map(({ address }) => address)).toEqual([
      "ann.lee@company.example",
    ]);
  });
});
