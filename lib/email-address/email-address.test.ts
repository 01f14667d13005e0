import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDomainAllowed, parseAddress } from "./email-address";

describe("the canonical form", () => {
  test.each([
    [" Bob@X.IO ", "bob@x.io"],
    ["o'neill+tag@sub.example.co.uk", "o'neill+tag@sub.example.co.uk"],
    ["ann@bücher.example", "ann@xn--bcher-kva.example"],
    ["ann@BÜCHER.example", "ann@xn--bcher-kva.example"],
    ["ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"],
  ])("%s is %s", (input, address) => {
    expect(parseAddress(input)).toMatchObject({ address });
  });

  test.each([
    ["ann", "no-address"],
    ["@x.io", "no-address"],
    ["ann@", "no-address"],
    ["", "no-address"],
    ["ann@x", "domain"],
    ["ann@1.2.3.4", "domain"],
    ["ann@[1.2.3.4]", "domain"],
    ["ann@x..io", "domain"],
    ["ann@x.io/evil", "domain"],
    ["ann@x.io:25", "domain"],
    ["ann@-x.io", "domain"],
    ["a..b@x.io", "local-part"],
    [".a@x.io", "local-part"],
    ["а@x.io", "local-part"], // a Cyrillic lookalike
    ["ä@x.io", "local-part"],
    ["\u212aai@x.io", "local-part"], // the Kelvin sign, which lowercases to k
    [`${"a".repeat(65)}@x.io`, "local-part"],
    ['"a@b"@x.io', "two-ats"],
    ["ann@evil.io@x.io", "two-ats"],
    ["ann\u200b@x.io", "invisible"],
    ["ann\u00ad@x.io", "invisible"],
    ["ann@x.io\r\nBcc: eve@x.io", "invisible"],
    ["\u202eann@x.io", "invisible"],
    [`ann@${"a.".repeat(120)}example.com`, "too-long"],
  ])("%j is refused: %s", (input, reason) => {
    expect(parseAddress(input)).toMatchObject({ reason });
  });

  test("every parsed address is printable ASCII in lower case, and parses to itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.emailAddress(), (noise, email) => {
        for (const text of [email, noise + email, email + noise, ` ${email} `]) {
          const parsed = parseAddress(text);
          if (!("address" in parsed)) continue;
          expect(parsed.address).toMatch(/^[!-?[-~]+@[!-?[-~]+$/);
          expect(parseAddress(parsed.address)).toEqual({ text: parsed.address, address: parsed.address });
        }
      }),
    );
  });
});

test("allowed and refused domains", () => {
  const rules = { allowedDomains: ["x.io"], refusedDomains: ["evil.io"] };
  expect(isDomainAllowed("a@x.io", rules)).toBe(true);
  expect(isDomainAllowed("a@sub.x.io", rules)).toBe(false);
  expect(isDomainAllowed("a@evil.io", { ...rules, allowedDomains: [] })).toBe(false);
  expect(isDomainAllowed("a@other.io", { ...rules, allowedDomains: [] })).toBe(true);
});
