import { render } from "react-email";
import { describe, expect, test } from "vitest";
import { addressConfirmation } from "./address-confirmation";
import { type InvitationProps, invitation } from "./invitation";
import { inert, oneLine } from "./names";
import { SAMPLES, sampleInvitation } from "./samples";
import { testLetter } from "./test-letter";
import { exactTime } from "./times";

const html = (props: Partial<InvitationProps> = {}) =>
  render(invitation.html({ ...sampleInvitation, ...props }));
const text = (props: Partial<InvitationProps> = {}) => invitation.text({ ...sampleInvitation, ...props });
const hrefs = (letter: string) => [...letter.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

describe("the invitation", () => {
  test("D1 the letter names inviter, organization, role and the exact expiry with its zone, in HTML and text", async () => {
    for (const letter of [await html(), text()]) {
      for (const word of ["Ana Duarte", "Northwind", "Member", "Friday, 27 November 2026 at 15:08 UTC"])
        expect(letter).toContain(word);
    }
    expect(invitation.subject(sampleInvitation)).toBe("Ana Duarte invited you to join Northwind");
  });

  test("D1 the letter has the button Join your organization, the plain link and the code", async () => {
    const letter = await html();
    const { link, code } = sampleInvitation;
    expect(hrefs(letter)).toEqual([link, link]);
    expect(letter).toMatch(/>Join your organization</);
    expect(letter).toContain(`>${link}</a>`);
    expect(letter).toContain(`>${code}</p>`);
    expect(text().split("\n")).toEqual(expect.arrayContaining([link, code]));
  });

  test("D7 the letter says where to look, who sends and whom to ask", async () => {
    for (const letter of [await html(), text()]) {
      expect(letter).toContain("junk folder");
      expect(letter).toContain("invitations@northwind.example");
      expect(letter).toContain("Write to help@northwind.example, or answer this letter.");
    }
  });

  test("D7 without a support address the inviter is whom to ask", () => {
    const contact = { sender: "a@northwind.example", support: null, answered: false };
    expect(text({ contact })).toContain("Questions? Ask Ana Duarte.");
    expect(text({ contact, inviter: null })).toContain("Questions? Ask the person who told you about it.");
  });

  test("an invitation by the installation itself names the organization alone", async () => {
    expect(invitation.subject({ ...sampleInvitation, inviter: null })).toBe(
      "You are invited to join Northwind",
    );
    expect(await html({ inviter: null })).toContain("You are invited<");
  });
});

describe("the invitation once more", () => {
  test("C3 sent again it says that link and code are the same", async () => {
    const props = { occasion: "again" } as const;
    expect(invitation.subject({ ...sampleInvitation, ...props })).toBe(
      "Sent again: Ana Duarte invited you to join Northwind",
    );
    for (const letter of [await html(props), text(props)])
      expect(letter).toContain("link and code are the same, and only the time below counts");
  });

  test("C4 a new one says that it replaces the earlier one", async () => {
    const props = { occasion: "instead" } as const;
    expect(invitation.subject({ ...sampleInvitation, ...props })).toMatch(/^New invitation: /);
    for (const letter of [await html(props), text(props)])
      expect(letter).toContain("replaces the earlier one, whose link and code no longer work");
  });

  test("C12 the reminder is the invitation with its exact expiry, and says how to be left alone", async () => {
    const props = { occasion: "reminder" } as const;
    expect(invitation.subject({ ...sampleInvitation, ...props })).toMatch(/^Reminder: /);
    for (const letter of [await html(props), text(props)]) {
      for (const word of [
        "expires soon",
        "you can decline",
        "27 November 2026 at 15:08 UTC",
        sampleInvitation.code,
      ])
        expect(letter).toContain(word);
    }
  });
});

describe("names are inert", () => {
  const evil = 'Eve\r\nBcc: all@x.io <b onclick="x()">https://evil.example/a</b>\u202Egnp';

  test("a name opens no line of the subject and turns no text around", () => {
    const subject = invitation.subject({ ...sampleInvitation, inviter: evil, organization: "North\nwind" });
    expect(subject).not.toMatch(/[\r\n\u202E]/);
    expect(subject).toContain("to join North wind");
  });

  test("a name becomes neither HTML nor a link", async () => {
    const letter = await html({ inviter: evil, organization: "https://evil.example" });
    expect(letter).not.toContain("<b ");
    expect(new Set(hrefs(letter))).toEqual(new Set([sampleInvitation.link]));
    for (const one of [letter, text({ inviter: evil, organization: "www.evil.example" })])
      expect(one).not.toMatch(/evil\.example|https:\/\/evil|all@x/);
  });

  test("a name cannot write one of the places where secrets go", () => {
    expect(oneLine("\uE000link\uE001")).toBe("link");
    expect(inert("a\uD800b")).toBe("a b");
  });

  test("an ordinary name stays as it is", () => {
    for (const name of ["Ana M. Duarte", "Zoë O'Neil", "株式会社ノース", "Müller & Söhne GmbH & Co. KG"])
      expect(inert(name)).toBe(name);
  });
});

describe("every letter", () => {
  test("D9 the confirmation says which address, for what, and until when", async () => {
    const sample = SAMPLES.find(({ name }) => name === "address-confirmation");
    for (const letter of [await render(sample?.letter), sample?.text ?? ""]) {
      expect(letter).toContain("An account was made with lea@fabrikam.example in Northwind.");
      expect(letter).toContain("Confirm your address");
      expect(letter).toContain("27 November 2026 at 15:08 UTC");
    }
    const props = {
      address: "a@b.example",
      organization: null,
      expiresAt: new Date(0),
      link: "",
      contact: noContact,
    };
    expect(addressConfirmation.text(props)).toContain("An account was made with a@b.example. Confirm");
    expect(await render(addressConfirmation.html(props))).toContain("Your account");
  });

  test("F5 both mailboxes are told which address becomes which, each with what its press means", async () => {
    for (const [name, unasked] of [
      ["address-change-old", "choose a new password under Your account, which ends the change"],
      ["address-change-new", "without this mailbox nothing happens"],
    ] as const) {
      const letter = SAMPLES.find((sample) => sample.name === name);
      for (const shape of [await render(letter?.letter), letter?.text ?? ""]) {
        expect(shape).toContain("lea@fabrikam.example");
        expect(shape).toContain("lea.stein@fabrikam.example");
        expect(shape).toContain("Agree to the change");
        expect(shape).toContain("27 November 2026 at 15:08 UTC");
        expect(shape).toContain(unasked);
      }
    }
  });
  test.each([
    ["sign-in-link", "Log in to Northwind", "Log in", "/sign-in/"],
    ["password-reset", "Choose a new password", "Choose a new password", "/reset/"],
  ])(
    "F5 the letter %s says for whom it is, until when, and what to do if nobody asked",
    async (name, subject, button, path) => {
      const sample = SAMPLES.find((one) => one.name === name);
      expect(sample?.subject).toBe(subject);
      const letter = await render(sample?.letter);
      expect(letter).toMatch(new RegExp(`>${button}<`));
      expect(new Set(hrefs(letter).map((href = "") => new URL(href).pathname.slice(0, path.length)))).toEqual(
        new Set([path]),
      );
      for (const one of [letter, sample?.text ?? ""]) {
        expect(one).toContain("lea@fabrikam.example");
        expect(one).toContain("27 November 2026 at 15:08 UTC");
        expect(one).toContain("If it was not you, leave this letter");
      }
    },
  );

  test("B8 the reminder says who joined, that they may do nothing yet, and where to assign", async () => {
    const sample = SAMPLES.find(({ name }) => name === "assign-policies");
    expect(sample?.subject).toBe("Lea Stein joined Northwind: assign access policies");
    for (const letter of [await render(sample?.letter), sample?.text ?? ""]) {
      expect(letter).toContain("has no access policy");
      expect(letter).toContain("https://foyer.northwind.example/o/northwind/admin/users?policies=none");
    }
  });

  test("E2 the letter of a request asks to confirm it, and repeats nothing that a visitor wrote", async () => {
    const sample = SAMPLES.find(({ name }) => name === "request-confirmation");
    expect(sample?.subject).toBe("Confirm your request to join Northwind");
    for (const letter of [await render(sample?.letter), sample?.text ?? ""]) {
      expect(letter).toContain("Confirm your request");
      expect(letter).toContain("27 November 2026 at 15:08 UTC");
      expect(letter).toContain("nobody sees the request");
    }
  });

  test("G3 the test email says why it came, and whether answers reach anybody", async () => {
    const sample = SAMPLES.find(({ name }) => name === "test");
    expect(sample?.subject).toBe("Test email from Northwind");
    for (const letter of [await render(sample?.letter), sample?.text ?? ""]) {
      expect(letter).toContain("You pressed Send test email in the settings of Northwind.");
      expect(letter).toContain("An answer to this letter reaches whoever answers invitations.");
      expect(letter).toContain("https://foyer.northwind.example/o/northwind/admin/settings");
    }
    const props = { organization: "Northwind", link: "", contact: noContact };
    expect(testLetter.text(props)).toContain("Answers to letters reach nobody yet");
  });

  test("D4 the news of a decline has the reason on one line, as text", async () => {
    const sample = SAMPLES.find(({ name }) => name === "declined");
    expect(sample?.subject).toBe("lea@fabrikam.example declined your invitation to Northwind");
    for (const letter of [await render(sample?.letter), sample?.text ?? ""])
      expect(letter.replaceAll("\u200B", "")).toContain("“I have moved to another team. Ask Mila instead.”");
  });

  test("D9 the news of a join says when no mailbox was proven", () => {
    const textOf = (name: string) => SAMPLES.find((sample) => sample.name === name)?.text;
    expect(textOf("accepted")).not.toContain("proves no mailbox");
    expect(textOf("accepted-unconfirmed")).toContain("proves no mailbox");
  });

  test("D7 every letter says where to look, who sends, and whom to ask", async () => {
    for (const { letter, text } of SAMPLES)
      for (const one of [await render(letter), text]) {
        expect(one).toContain("junk folder");
        expect(one).toContain("invitations@northwind.example");
        expect(one).toContain("Questions?");
      }
  });

  test.for(SAMPLES)(
    "$name is light, loads nothing, tracks nothing, and keeps to styles that mail programs keep",
    async ({ letter }) => {
      const rendered = await render(letter);
      expect(Buffer.byteLength(rendered)).toBeLessThan(100_000);
      expect(rendered).not.toMatch(
        /<(img|script|link|iframe|form|svg|video)\b|@import|url\(|background-image/i,
      );
      const styles = [...rendered.matchAll(/style="([^"]*)"/g)].map(([, style]) => style).join(";");
      expect(styles).not.toMatch(/display:\s*(flex|grid)|position:|var\(|oklch|calc\(|float:|transform/);
      expect(rendered).toContain("prefers-color-scheme: dark");
    },
  );
});

test("the exact time cuts its seconds, so that it never promises one too many", () => {
  expect(exactTime(new Date("2027-01-01T00:00:59.999Z"))).toBe("Friday, 1 January 2027 at 00:00 UTC");
});

const noContact = { sender: "a@b.example", support: null, answered: false };
