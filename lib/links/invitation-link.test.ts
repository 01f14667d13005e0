import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOf, copiedLink, mailedLink, printCode, proofOf, readCode } from "./invitation-link";

const key = { id: 1, secret: Buffer.alloc(32, 7) };
const id = "0b54b2a4-6f4e-4f0b-9d6e-2f6a3f1d2c11";

test("a code is the same every time, and another one for another key, invitation or purpose", () => {
  const code = codeOf(key, id);
  expect(codeOf(key, id)).toBe(code);
  expect(printCode(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(codeOf({ id: 1, secret: Buffer.alloc(32, 8) }, id)).not.toBe(code);
  expect(codeOf(key, id.replace("0b", "0c"))).not.toBe(code);
  expect(proofOf(key, id)).not.toBe(code);
});

test("only the mailed link carries the proof", () => {
  const code = codeOf(key, id);
  expect(copiedLink("https://foyer.example", code)).toBe(`https://foyer.example/join/${printCode(code)}`);
  expect(mailedLink("https://foyer.example", code, "PROOF")).toContain("?proof=PROOF");
});

describe("D5 a code typed by hand", () => {
  test.each([
    "7KQF9-M2XTR-V4B8C-N3HJW",
    "7kqf9m2xtrv4b8cn3hjw",
    " 7KQF9 M2XTR V4B8C N3HJW ",
    "7KQF9—M2XTR–V4B8C‑N3HJW",
    "https://foyer.example/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=ABC",
  ])("%s is read", (typed) => {
    expect(readCode(typed)).toBe("7KQF9M2XTRV4B8CN3HJW");
  });

  test("0 and O, 1 and I and L are the same", () => {
    expect(readCode("OOOOO-IIIII-LLLLL-ooilL")).toBe("00000111111111100111");
  });

  test.each(["", "7KQF9", "7KQF9-M2XTR-V4B8C-N3HJWX", "UUUUU-UUUUU-UUUUU-UUUUU", "<script>"])(
    "%s is no code",
    (typed) => {
      expect(readCode(typed)).toBeNull();
    },
  );

  test("whatever is typed is a code of the alphabet or none", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => /^[0-9A-HJKMNP-TV-Z]{20}$/.test(readCode(typed) ?? "0".repeat(20))),
    );
  });
});
