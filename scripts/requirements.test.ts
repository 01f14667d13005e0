import { expect, test } from "vitest";
import {
  findDanglingCitations,
  findTestedRequirements,
  parseRequirements,
  parseRules,
} from "./requirements.mjs";

test("a requirement is tested by a test whose title starts with it, and by nothing else", () => {
  // Written with a different function name, because otherwise this file would count as a test of them.
  const file = `
    promise("C3 a fourth resend is refused", () => {});
    promise.each([["a"], ["b"]])("E5 one outcome: %s", () => {});
    promise('D10 in other quotes', () => {});
    promise(
      "C7 on a line of its own", () => {});
    promise("S-LINK-2 D2 a rule and a requirement", () => {});
    promise("about C4", () => {});
    // a comment about C5
    describe("C6 a group of tests", () => {});
    promise("C8x is not an id", () => {});
  `.replaceAll("promise", "test");
  expect(findTestedRequirements(file)).toEqual(["C3", "E5", "D10", "C7", "S-LINK-2", "D2"]);
});

test("requirements are parsed with their titles", () => {
  expect(
    parseRequirements("# Requirements\n\n## A. Access\n- A1 Only with the permission\n- A12 Another\ntext\n"),
  ).toEqual([
    { id: "A1", title: "Only with the permission" },
    { id: "A12", title: "Another" },
  ]);
});

test("security rules are parsed with the first line of their text", () => {
  expect(
    parseRules("## LINK\n- **S-LINK-2** 50 requests\n  change nothing\n- **S-I18N-1** A locale\n"),
  ).toEqual([
    { id: "S-LINK-2", title: "50 requests" },
    { id: "S-I18N-1", title: "A locale" },
  ]);
});

test("a citation of a requirement, rule or decision that does not exist is found", () => {
  const known = new Set(["REQ-C3", "S-LINK-2", "decision 0030"]);
  expect(findDanglingCitations("(REQ-C3, S-LINK-2; decision 0030)", known)).toEqual([]);
  expect(findDanglingCitations("(REQ-C99), S-LINK-77. Decision 0099 says why.", known)).toEqual([
    "REQ-C99",
    "S-LINK-77",
    "decision 0099",
  ]);
});
