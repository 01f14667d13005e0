import { expect, test } from "vitest";
import { matchLocale } from "./accept-language";

test("D11 the browser's first supported language is chosen, by its quality", () => {
  expect(matchLocale("fr")).toBe("fr");
  expect(matchLocale("it, ja;q=0.5, de;q=0.8")).toBe("de");
  expect(matchLocale("en-GB,en;q=0.9,de;q=0.8")).toBe("en");
  expect(matchLocale("de;q=0, ja")).toBe("ja");
});

test("D11 a region falls back to its language", () => {
  expect(matchLocale("de-AT")).toBe("de");
  expect(matchLocale("pt")).toBe("pt-BR");
  expect(matchLocale("pt-PT")).toBe("pt-BR");
  expect(matchLocale("ja-JP-u-ca-japanese")).toBe("ja");
});

test.for([
  ["no header", null],
  ["an empty header", ""],
  ["an unknown language", "tlh"],
  ["any language", "*"],
  ["a malformed header", ";;q=,,=;\u0000-"],
  ["a path", "../../etc/passwd"],
  ["a key of an object", "__proto__, constructor, toString"],
  ["a very long header", "de,".repeat(5_000)],
] as const)("S-I18N-1 %s has no language", ([, header]) => {
  expect(matchLocale(header)).toBeNull();
});
