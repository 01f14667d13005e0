import { render } from "react-email";
import { describe, expect, test } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import { translationFor } from "@/lib/i18n/translation";
import { bannedWords } from "@/scripts/vocabulary.mjs";
import { addressConfirmation } from "./address-confirmation";
import { type InvitationProps, invitation } from "./invitation";
import { isolateDirection, toInertText, toSingleLine } from "./safe-text";
import { createSamples, type Sample, sampleInvitation } from "./samples";
import type { EmailReader } from "./template";
import { testEmail } from "./test-email";

const readerIn = (locale: (typeof LOCALES)[number]): EmailReader => ({
  ...translationFor(locale),
  timeZone: "Europe/Berlin",
});
const reader = readerIn("en");
const samples = createSamples(reader);

const html = (props: Partial<InvitationProps> = {}) =>
  render(invitation.html({ ...sampleInvitation, ...props }, reader));
const text = (props: Partial<InvitationProps> = {}) =>
  invitation.text({ ...sampleInvitation, ...props }, reader);
const subject = (props: Partial<InvitationProps> = {}) =>
  invitation.subject({ ...sampleInvitation, ...props }, reader);
const hrefs = (markup: string) => [...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

/** What a person reads in HTML or plain text: no markup, no character references, no isolates. */
const readable = (content: string) =>
  content
    .replace(/<(head|style)\b.*?<\/\1>/gs, "")
    .replace(/<!--.*?-->|<\/?(bdi|strong|a|span)\b[^>]*>/gs, "")
    .replace(/<[^>]*>/g, "\n")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/[\u2068\u2069]/g, "");
const readableHtml = async (props: Partial<InvitationProps> = {}) => readable(await html(props));
const readableText = (props: Partial<InvitationProps> = {}) => readable(text(props));

function findSample(name: string): Sample {
  const sample = samples.find((candidate) => candidate.name === name);
  if (!sample) throw new Error(`unknown sample: ${name}`);
  return sample;
}

/** Returns what a person reads in a sample: its HTML, then its plain text. */
const bodiesOf = async (name: string) => {
  const sample = findSample(name);
  return [readable(await render(sample.element)), readable(sample.text)];
};

describe("the invitation", () => {
  test("D1 names the inviter, organization, role and exact expiry with its time zone, in HTML and text", async () => {
    for (const email of [await readableHtml(), readableText()])
      for (const words of [
        "Ana Duarte invited you",
        "Northwind",
        "as a Member",
        "in 7 days, on Friday, November 27, 2026 at 16:08 CET",
      ])
        expect(email).toContain(words);
    expect(subject()).toBe("Ana Duarte invited you to join Northwind");
  });

  test.each([
    ["owner", "an Owner"],
    ["admin", "an Admin"],
    ["member", "a Member"],
  ] as const)("D1 names the role %s with its article", async (role, words) => {
    expect(await readableHtml({ role })).toContain(`You'll join as ${words}.`);
    expect(await readableHtml({ role })).toContain(`Join Northwind as ${words} by Friday`);
    expect(readableText({ role })).toContain(`invited you to join Northwind as ${words}.`);
  });

  test("D1 has the button Join your organization, the plain link and the code", async () => {
    const markup = await html();
    const { link, code } = sampleInvitation;
    expect(hrefs(markup)).toEqual([link, link]);
    expect(markup).toMatch(/>Join your organization</);
    expect(markup).toContain(`>${link}</a>`);
    expect(markup).toContain(`>${code}</p>`);
    expect(text().split("\n")).toEqual(expect.arrayContaining([link, code]));
  });

  test("D11 the expiry is in the time zone and language of the reader", async () => {
    const tokyo = { ...readerIn("ja"), timeZone: "Asia/Tokyo" };
    for (const email of [
      invitation.text(sampleInvitation, tokyo),
      await render(invitation.html(sampleInvitation, tokyo)),
    ])
      expect(email).toMatch(/2026年11月28日.*0:08/);
  });

  test("the expiry cuts off its seconds, so that it never promises more time than there is", () => {
    const expiresAt = new Date("2026-11-27T15:08:59.999Z");
    expect(text({ expiresAt })).toContain("at 16:08 CET");
  });

  test("D7 names the spam folder, the sender and the contact", async () => {
    for (const email of [await readableHtml(), readableText()]) {
      expect(email).toContain(
        "Add invitations@northwind.example to your contacts so emails don't land in spam.",
      );
      expect(email).toContain("Questions? Reply to this email or write to help@northwind.example.");
    }
  });

  test.each([
    [{ support: "help@x.example", replyTo: null }, "Questions? Write to help@x.example."],
    [{ support: null, replyTo: "desk@x.example" }, "Questions? Reply to this email."],
    [{ support: null, replyTo: null }, "Questions? Ask Ana Duarte."],
  ])("D7 with the addresses %o the contact is: %s", (addresses, words) => {
    const contact = { sender: "a@northwind.example", ...addresses };
    expect(readableText({ contact })).toContain(words);
  });

  test("D7 without a support address and inviter the contact is the person who sent the reader", () => {
    const contact = { sender: "a@northwind.example", support: null, replyTo: null };
    expect(text({ contact, inviter: null })).toContain("Questions? Ask the person who sent you here.");
  });

  test("an invitation by the installation itself names only the organization", async () => {
    expect(subject({ inviter: null })).toBe("You're invited to join Northwind");
    expect(await readableHtml({ inviter: null })).toContain("You're invited");
    expect(readableText({ inviter: null })).toMatch(/^You're invited to join Northwind as a Member\.\n/);
  });

  test("an inviter without a name is named by their address, which can be copied", async () => {
    const inviter = { name: "", address: "ana@northwind.example" };
    expect(subject({ inviter })).toBe("ana@northwind.example invited you to join Northwind");
    expect(await html({ inviter })).toContain("<bdi>ana@northwind.example</bdi> invited you");
    expect(text({ inviter })).toMatch(/^ana@northwind\.example invited you/);
  });
});

describe("later emails of an invitation", () => {
  test("C3 a resend keeps the first subject and says when the invitation expires now", async () => {
    const props = { occasion: "resent" } as const;
    const firstSubject = "Ana D. invited you to join Northwind";
    expect(subject({ ...props, firstSubject })).toBe(firstSubject);
    expect(subject({ ...props, firstSubject: null })).toBe(subject());
    expect(await readableHtml(props)).toContain(
      "Here's your invitation again. It now expires on Friday, November 27, 2026 at 16:08 CET.",
    );
    expect(readableText(props)).toContain(
      "Here's your invitation again. It now expires in 7 days, on Friday, November 27, 2026 at 16:08 CET.",
    );
  });

  test("C4 a new invitation says that it replaces the earlier one", async () => {
    const props = { occasion: "new" } as const;
    expect(subject({ ...props, firstSubject: "Ana Duarte invited you to join Northwind" })).toBe(
      "Ana Duarte sent you a new invitation to join Northwind",
    );
    expect(subject({ ...props, inviter: null })).toBe("You have a new invitation to join Northwind");
    for (const email of [await readableHtml(props), readableText(props)]) {
      expect(email).toContain("Ana Duarte sent you a new invitation");
      expect(email).toContain("It replaces your earlier invitation, whose link and code no longer work.");
    }
  });

  test("C12 the reminder repeats the invitation with its exact expiry and mentions declining", async () => {
    const props = { occasion: "reminder", now: new Date("2026-11-25T15:09:00Z") } as const;
    expect(subject(props)).toBe("Your invitation to join Northwind expires in 2 days");
    for (const email of [await readableHtml(props), readableText(props)])
      for (const words of [
        "Ana Duarte invited you",
        "Your invitation expires in 2 days",
        "Not interested? You can decline it.",
        "in 2 days, on Friday, November 27, 2026 at 16:08 CET",
        sampleInvitation.code,
      ])
        expect(email).toContain(words);
  });
});

describe("subjects", () => {
  const family = "👨‍👩‍👧‍👦";

  test("a name is cut at 40 characters", () => {
    const organization = "a".repeat(41);
    expect(subject({ inviter: null, organization })).toBe(`You're invited to join ${"a".repeat(39)}…`);
    expect(subject({ inviter: null, organization: "a".repeat(40) })).toContain("a".repeat(40));
  });

  test("S-I18N-2 a name is cut between characters as people see them", () => {
    expect(subject({ inviter: null, organization: `${"x".repeat(38)}${family}${family}` })).toBe(
      `You're invited to join ${"x".repeat(38)}${family}${family}`,
    );
    expect(subject({ inviter: null, organization: `${"x".repeat(38)}${family}yz` })).toBe(
      `You're invited to join ${"x".repeat(38)}${family}…`,
    );
    expect(subject({ inviter: null, organization: `${"x".repeat(37)}né́é` }).normalize("NFC")).toMatch(/né́é$/);
  });

  test.each([
    ["long names", "Maximiliane ".repeat(8), "Gesellschaft ".repeat(7)],
    ["emoji of many code points", family.repeat(9), family.repeat(9)],
    ["one letter with a hundred marks", `e${"\u0301".repeat(99)}`, `o${"\u0302".repeat(99)}`],
  ])("a subject has at most 90 characters, even with %s", (_case, name, organization) => {
    const long = subject({ occasion: "new", inviter: { name, address: "" }, organization });
    expect(long.length).toBeLessThanOrEqual(90);
    expect(long).toContain("sent you a new invitation to join");
  });
});

describe("names entered by users", () => {
  const malicious = 'Eve\r\nBcc: all@x.io <b onclick="x()">https://evil.example/a</b>\u202Egnp';
  const person = (name: string) => ({ name, address: "eve@northwind.example" });

  test("a name cannot add a line to the subject or change the text direction", () => {
    const line = subject({ inviter: person(malicious), organization: "North\nwind" });
    expect(line).not.toMatch(/[\r\n\u202E]/);
    expect(line).toContain("to join North wind");
  });

  test("a name is rendered neither as HTML nor as a link", async () => {
    const markup = await html({ inviter: person(malicious), organization: "https://evil.example" });
    expect(markup).not.toContain("<b ");
    expect(new Set(hrefs(markup))).toEqual(new Set([sampleInvitation.link]));
    for (const email of [markup, text({ inviter: person(malicious), organization: "www.evil.example" })])
      expect(email).not.toMatch(/evil\.example|https:\/\/evil|all@x/);
  });

  test("S-I18N-1 a name is neither markup nor a placeholder of a message", async () => {
    const name = "{organization} <bdi>x</bdi> '{' <b>";
    expect(text({ inviter: person(name) })).toContain(`\u2068${toInertText(name)}\u2069 invited you`);
    expect(await html({ inviter: person(name) })).toContain(
      "<bdi>{organization} &lt;bdi&gt;x&lt;/\u200Bbdi&gt; &#x27;{&#x27; &lt;b&gt;</bdi> invited you",
    );
  });

  test("a name cannot contain a placeholder for secrets", () => {
    expect(toSingleLine("\uE000link\uE001")).toBe("link");
    expect(toInertText("a\uD800b")).toBe("a b");
  });

  test("an ordinary name is unchanged", () => {
    for (const name of ["Ana M. Duarte", "Zoë O'Neil", "株式会社ノース", "Müller & Söhne GmbH & Co. KG"])
      expect(toInertText(name)).toBe(name);
  });

  test("S-I18N-4 names are isolated for direction in HTML and text, and subjects have no isolates", async () => {
    const names = { inviter: person("دانا"), organization: "شركة الشمال" };
    expect(await html(names)).toContain("<bdi>دانا</bdi> invited you");
    expect(await html(names)).toContain("Join <bdi>شركة الشمال</bdi>");
    expect(text(names)).toContain(
      "\u2068دانا\u2069 invited you to join \u2068شركة الشمال\u2069 as a Member.",
    );
    expect(subject(names)).toBe("دانا invited you to join شركة الشمال");
  });

  test("U55 an address in ASCII has no invisible characters beside it, but a name like one is isolated", () => {
    expect(isolateDirection("lea@fabrikam.example")).toBe("lea@fabrikam.example");
    expect(isolateDirection("ليا@fabrikam.example")).toBe("\u2068ليا@fabrikam.example\u2069");
    expect(text({ inviter: person("eve@evil.example") })).toMatch(
      /^\u2068eve@\u200Bevil\.\u200Bexample\u2069 /,
    );
  });
});

describe("every email", () => {
  test("D9 the address confirmation names the address, the organization and the expiry", async () => {
    expect(findSample("address-confirmation").subject).toBe("Confirm your email address for Northwind");
    for (const email of await bodiesOf("address-confirmation")) {
      expect(email).toContain("An account was created with lea@fabrikam.example.");
      expect(email).toContain("Confirm your email address to get your full access to Northwind.");
      expect(email).toContain("The link works once and expires");
      expect(email).toContain("in 7 days, on Friday, November 27, 2026 at 16:08 CET");
    }
    const props = {
      address: "a@b.example",
      organization: null,
      expiresAt: new Date(0),
      now: new Date(0),
      link: "",
      contact: { sender: "a@b.example", support: null, replyTo: null },
    };
    expect(addressConfirmation.subject(props, reader)).toBe("Confirm your email address");
    expect(addressConfirmation.text(props, reader)).toContain("Confirm that this is your email address.");
    expect(await render(addressConfirmation.html(props, reader))).toContain("Your account");
  });

  test.each([
    [
      "address-change-old",
      "Your email address is being changed",
      "Someone logged in to your account asked to change its address from lea@fabrikam.example to lea.stein@fabrikam.example.",
      "Not you? Don't confirm, and change your password: that cancels the request.",
    ],
    [
      "address-change-new",
      "Confirm your new email address",
      "Someone logged in to the account of lea@fabrikam.example asked to change its address to lea.stein@fabrikam.example.",
      "Not you? You can ignore this email.",
    ],
  ])("F5 %s informs the recipient of the old and the new address", async (name, line, ...words) => {
    expect(findSample(name).subject).toBe(line);
    for (const email of await bodiesOf(name))
      for (const expected of [
        ...words,
        "Confirm if it was you. It changes once both addresses have confirmed.",
        "November 27, 2026 at 16:08 CET",
      ])
        expect(email).toContain(expected);
    expect(await render(findSample(name).element)).toMatch(/>Confirm change</);
  });

  test.each([
    ["sign-in-link", "Log in to Northwind", "Log in", "/sign-in/"],
    ["sign-in-link-account", "Log in to Foyer", "Log in", "/sign-in/"],
    ["password-reset", "Reset your password", "Reset your password", "/reset/"],
  ])(
    "F5 %s names the address, the expiry and what to do if the recipient did not ask for it",
    async (name, line, button, path) => {
      const sample = findSample(name);
      expect(sample.subject).toBe(line);
      const markup = await render(sample.element);
      expect(markup).toMatch(new RegExp(`>${button}<`));
      expect(new Set(hrefs(markup).map((href = "") => new URL(href).pathname.slice(0, path.length)))).toEqual(
        new Set([path]),
      );
      for (const email of await bodiesOf(name)) {
        expect(email).toContain("lea@fabrikam.example");
        expect(email).toContain("November 27, 2026 at 16:08 CET");
        expect(email).toContain("You can ignore this email");
      }
    },
  );

  test("B8 the policy reminder names the new user and links to the users without a policy", async () => {
    expect(findSample("assign-policies").subject).toBe(
      "Lea Stein joined Northwind and needs access policies",
    );
    expect(findSample("assign-policies-unnamed").subject).toBe(
      "lea@fabrikam.example joined Northwind and needs access policies",
    );
    for (const email of await bodiesOf("assign-policies")) {
      expect(email).toContain(
        "Lea Stein (lea@fabrikam.example) joined Northwind but has no access policy, so they can't do anything yet.",
      );
      expect(email).toContain("https://foyer.northwind.example/o/northwind/admin/users?policies=none");
    }
  });

  test("E2 the request confirmation asks to confirm the request and does not repeat the visitor's message", async () => {
    expect(findSample("request-confirmation").subject).toBe("Confirm your request to join Northwind");
    for (const email of await bodiesOf("request-confirmation")) {
      expect(email).toContain("Confirm your request to join Northwind.");
      expect(email).toContain("November 27, 2026 at 16:08 CET");
      expect(email).toContain("no one will see the request");
    }
  });

  test("G3 the test email says why it was sent and who receives replies", async () => {
    expect(findSample("test").subject).toBe("Test email from Northwind");
    for (const email of await bodiesOf("test")) {
      expect(email).toContain("You sent this test from the settings of Northwind.");
      expect(email).toContain("Replies go to desk@northwind.example.");
      expect(email).toContain("https://foyer.northwind.example/o/northwind/admin/settings");
    }
    const contact = { sender: "a@b.example", support: null, replyTo: null };
    expect(testEmail.text({ organization: "Northwind", link: "", contact }, reader)).toContain(
      "No one receives replies yet. Set a reply-to or support address.",
    );
  });

  test("D4 the declined notification has the reason on one line, as text", async () => {
    expect(findSample("declined").subject).toBe(
      "lea@fabrikam.example declined your invitation to join Northwind",
    );
    for (const email of await bodiesOf("declined"))
      expect(email.replaceAll("\u200B", "")).toContain(
        "Their reason: “I have moved to another team. Ask Mila instead.”",
      );
    for (const email of await bodiesOf("declined-without-reason"))
      expect(email).toContain("They gave no reason.");
  });

  test("D9 the joined notification says if the address is not confirmed", async () => {
    for (const email of await bodiesOf("accepted")) {
      expect(email).toContain("Lea Stein (lea@fabrikam.example) joined Northwind as a Member.");
      expect(email).not.toContain("isn't confirmed");
    }
    for (const email of await bodiesOf("accepted-unconfirmed")) {
      expect(email).toContain("lea@fabrikam.example joined Northwind as an Admin.");
      expect(email).toContain(
        "They used a copied link or code, so their address isn't confirmed yet. Until it is, they have Member access.",
      );
    }
  });

  test("D7 every email names the spam folder, the sender and the contact", async () => {
    for (const { name } of samples)
      for (const email of await bodiesOf(name)) {
        expect(email).toContain("spam");
        expect(email).toContain("invitations@northwind.example");
        expect(email).toContain("Questions?");
      }
  });

  test("the word e-mail is not broken after its hyphen", async () => {
    for (const [locale, word] of [
      ["de", "E-Mail"],
      ["fr", "e-mail"],
      ["pt-BR", "e-mail"],
    ] as const)
      for (const { element } of createSamples(readerIn(locale))) {
        const [, body] = (await render(element)).split("</h1>");
        expect(body?.replaceAll(`<span style="white-space:nowrap">${word}`, "")).not.toMatch(/e-mail/i);
      }
  });

  test("U65 no email has a banned word", async () => {
    for (const { name, subject: line } of samples)
      for (const content of [line, ...(await bodiesOf(name))])
        expect(bannedWords(name, content.replace(/https:\S+/g, ""))).toEqual([]);
  });
});

describe.each(LOCALES)("every email in %s", (locale) => {
  const inLocale = createSamples(readerIn(locale));
  const addresses = [
    "invitations@northwind.example",
    "help@northwind.example",
    "lea@fabrikam.example",
    "lea.stein@fabrikam.example",
  ];

  test.for(inLocale)(
    "$name is small, loads and tracks nothing, and uses only styles that email clients support",
    async ({ element }) => {
      const rendered = await render(element);
      expect(Buffer.byteLength(rendered)).toBeLessThan(100_000);
      expect(rendered).not.toMatch(
        /<(img|script|link|iframe|form|svg|video)\b|@import|url\(|background-image/i,
      );
      const styles = [...rendered.matchAll(/style="([^"]*)"/g)].map(([, style]) => style).join(";");
      expect(styles).not.toMatch(/display:\s*(flex|grid)|position:|var\(|oklch|calc\(|float:|transform/);
      expect(rendered).toContain("prefers-color-scheme: dark");
    },
  );

  test.for(inLocale)("$name says its language and direction, which all its text has", async ({ element }) => {
    expect(await render(element)).toMatch(new RegExp(`<html[^>]* lang="${locale}"`));
    expect(await render(element)).toMatch(/<html[^>]* dir="ltr"/);
  });

  test.for(inLocale)("$name has a subject on one line of at most 90 characters", ({ subject: line }) => {
    expect(line.length).toBeGreaterThan(5);
    expect(line.length).toBeLessThanOrEqual(90);
    expect(line).not.toMatch(/\p{C}/u);
  });

  test.for(inLocale)(
    "$name has its link as the button, in full and in the text",
    async ({ element, ...email }) => {
      const markup = await render(element);
      expect(hrefs(markup)).toEqual([email.link, email.link]);
      expect(markup).toContain(`>${email.link}</a>`);
      expect(email.text.split("\n")).toContain(email.link);
    },
  );

  test.for(inLocale)("$name has a text without character references or unfilled messages", async (sample) => {
    expect(sample.text).not.toMatch(/&(#\w+|\w+);/);
    for (const content of [sample.subject, sample.text, readable(await render(sample.element))])
      expect(content).not.toMatch(/[{}]|\bundefined\b|\bnull\b|\bemails\.\w+\.\w/);
    expect(sample.text).not.toMatch(/<(?!b>|\/\u200Bb>)/);
  });

  test.for(inLocale)("U55 $name has no invisible character in an address or URL", async (sample) => {
    for (const content of [sample.text, readable(await render(sample.element))]) {
      const found = content.match(/https?:\/\/\S+|\S+@\S+/g) ?? [];
      expect(found.length).toBeGreaterThan(0);
      for (const token of found) expect(token).not.toMatch(/\p{Cf}/u);
      expect(addresses.some((address) => content.includes(address))).toBe(true);
    }
  });

  test.for(inLocale)("S-I18N-4 $name isolates names in HTML and text", async ({ element, text: plain }) => {
    const markup = await render(element);
    for (const name of ["Ana Duarte", "Lea Stein", "شركة الشمال (1)"]) {
      expect(markup.replaceAll(`<bdi>${name}</bdi>`, "")).not.toContain(name);
      expect(plain.replaceAll(`\u2068${name}\u2069`, "")).not.toContain(name);
    }
    expect(plain.match(/\u2068/g)?.length).toBe(plain.match(/\u2069/g)?.length);
  });
});
