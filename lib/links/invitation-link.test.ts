import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildEmailedInvitationLink,
  buildInvitationLink,
  deriveInvitationCode,
  deriveMailboxProof,
  formatCode,
  parseInvitationCode,
} from "./invitation-link";

const key = { id: 1, secret: Buffer.alloc(32, 7) };
const id = "0b54b2a4-6f4e-4f0b-9d6e-2f6a3f1d2c11";

test("a code is deterministic and depends on the key, the invitation and the purpose", () => {
  const code = deriveInvitationCode(key, id);
  expect(deriveInvitationCode(key, id)).toBe(code);
  expect(formatCode(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(deriveInvitationCode({ id: 1, secret: Buffer.alloc(32, 8) }, id)).not.toBe(code);
  expect(deriveInvitationCode(key, id.replace("0b", "0c"))).not.toBe(code);
  expect(deriveMailboxProof(key, id)).not.toBe(code);
});

test("only the emailed link contains the proof", () => {
  const code = deriveInvitationCode(key, id);
  expect(buildInvitationLink("https://foyer.example", code)).toBe(
    `https://foyer.example/join/${formatCode(code)}`,
  );
  expect(buildEmailedInvitationLink("https://foyer.example", code, "PROOF")).toContain("?proof=PROOF");
});

describe("D5 a typed code", () => {
  test.each([
    "7KQF9-M2XTR-V4B8C-N3HJW",
    "7kqf9m2xtrv4b8cn3hjw",
    " 7KQF9 M2XTR V4B8C N3HJW ",
    "7KQF9—M2XTR–V4B8C‑N3HJW",
    "https://foyer.example/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=ABC",
  ])("%s is parsed", (typed) => {
    expect(parseInvitationCode(typed)).toBe("7KQF9M2XTRV4B8CN3HJW");
  });

  test("0 and O are equal, as are 1, I and L", () => {
    expect(parseInvitationCode("OOOOO-IIIII-LLLLL-ooilL")).toBe("00000111111111100111");
  });

  test.each(["", "7KQF9", "7KQF9-M2XTR-V4B8C-N3HJWX", "UUUUU-UUUUU-UUUUU-UUUUU", "<script>"])(
    "%s is not a code",
    (typed) => {
      expect(parseInvitationCode(typed)).toBeNull();
    },
  );

  test("any text is parsed as a code of the alphabet or rejected", () => {
    fc.assert(
      fc.property(fc.string(), (typed) =>
        /^[0-9A-HJKMNP-TV-Z]{20}$/.test(parseInvitationCode(typed) ?? "0".repeat(20)),
      ),
    );
  });
});
