import { expect, test } from "vitest";
import { displayAddress, matchesAddress, searchTerms } from "./display-address";
import { parseAddress } from "./email-address";

const canonical = (text: string) => {
  const parsed = parseAddress(text);
  return "address" in parsed ? parsed.address : "";
};

test.each([
  "ann@müller.test",
  "ann@sub.bücher.example",
  "ann@例え.テスト",
  "ann@пример.рф",
  "ann@col·lectiu.cat",
  "ann@한국.kr",
  "ann@مثال.إختبار",
  "ann@παράδειγμα.gr",
])("B12 %s is shown in its own script", (text) => {
  expect(displayAddress(canonical(text))).toBe(text);
});

test.each(["ann@аpple.com", "ann@аррӏе.com", "ann@ıx.io", "ann@💩.la", "ann@مثال.test"])(
  "B12 %s, which could be mistaken for another domain, is shown as it is stored",
  (text) => {
    expect(displayAddress(canonical(text))).toMatch(/^ann@.*xn--/);
  },
);

test.each(["ann@x.io", "ann@xn--a.io", "ann@xn--.io", "ann@xn--99999999999.io", "ann@xn--abc-.io"])(
  "%s has nothing to decode",
  (address) => {
    expect(displayAddress(address)).toBe(address);
  },
);

test("B12 both forms of an internationalized domain find an address", () => {
  const address = "ann@xn--mller-kva.test";
  for (const search of ["müller", "MÜLLER.test", "ann@mu\u0308l", "xn--mller", "ann"])
    expect(matchesAddress(address, search)).toBe(true);
  expect(matchesAddress(address, "muller")).toBe(false);
});

test("B12 C10 a searched domain is also looked for in its stored form", () => {
  expect(searchTerms("ann@müller.test")).toEqual(["ann@müller.test", "ann@xn--mller-kva.test"]);
  expect(searchTerms("Müller.test")).toEqual(["Müller.test", "xn--mller-kva.test"]);
  expect(searchTerms("Jörg Müller")).toEqual(["Jörg Müller"]);
  expect(searchTerms("ann@x.io")).toEqual(["ann@x.io"]);
});
