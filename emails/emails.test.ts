import { render } from "react-email";
import { describe, expect, test } from "vitest";
import { addressConfirmation } from "./address-confirmation";
import { type InvitationProps, invitation } from "./invitation";
import { toInertText, toSingleLine } from "./safe-text";
import { SAMPLES, sampleInvitation } from "./samples";
import { testEmail } from "./test-email";
import { formatExactTime } from "./times";

const html = (props: Partial<InvitationProps> = {}) =>
  render(invitation.html({ ...sampleInvitation, ...props }));
const text = (props: Partial<InvitationProps> = {}) => invitation.text({ ...sampleInvitation, ...props });
const hrefs = (markup: string) => [...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

describe("the invitation", () => {
  test("D1 names the inviter, organization, role and exact expiry with its time zone, in HTML and text", async () => {
    for (const email of [await html(), text()]) {
      for (const word of ["Ana Duarte", "Northwind", "Member", "Friday, 27 November 2026 at 15:08 UTC"])
        expect(email).toContain(word);
    }
    expect(invitation.subject(sampleInvitation)).toBe("Ana Duarte invited you to join Northwind");
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

  test("D7 names the spam folder, the sender and the contact", async () => {
    for (const email of [await html(), text()]) {
      expect(email).toContain("spam");
      expect(email).toContain("invitations@northwind.example");
      expect(email).toContain("Reply to this email or write to help@northwind.example.");
    }
  });

  test("D7 without a support address the inviter is the contact", () => {
    const contact = { sender: "a@northwind.example", support: null, acceptsReplies: false };
    expect(text({ contact })).toContain("Questions? Ask Ana Duarte.");
    expect(text({ contact, inviter: null })).toContain("Questions? Ask the person who sent you here.");
  });

  test("an invitation by the installation itself names only the organization", async () => {
    expect(invitation.subject({ ...sampleInvitation, inviter: null })).toBe(
      "You are invited to join Northwind",
    );
    expect(await html({ inviter: null })).toContain("You are invited<");
  });
});

describe("later emails of an invitation", () => {
  test("C3 a resend says that the link and code are the same", async () => {
    const props = { occasion: "resent" } as const;
    expect(invitation.subject({ ...sampleInvitation, ...props })).toBe(
      "Sent again: Ana Duarte invited you to join Northwind",
    );
    for (const email of [await html(props), text(props)])
      expect(email).toContain("link and code are the same, and only the time below counts");
  });

  test("C4 a new invitation says that it replaces the earlier one", async () => {
    const props = { occasion: "new" } as const;
    expect(invitation.subject({ ...sampleInvitation, ...props })).toMatch(/^New invitation: /);
    for (const email of [await html(props), text(props)])
      expect(email).toContain("replaces the earlier one, whose link and code no longer work");
  });

  test("C12 the reminder repeats the invitation with its exact expiry and mentions declining", async () => {
    const props = { occasion: "reminder" } as const;
    expect(invitation.subject({ ...sampleInvitation, ...props })).toMatch(/^Reminder: /);
    for (const email of [await html(props), text(props)]) {
      for (const word of [
        "expires soon",
        "you can decline",
        "27 November 2026 at 15:08 UTC",
        sampleInvitation.code,
      ])
        expect(email).toContain(word);
    }
  });
});

describe("names entered by users", () => {
  const malicious = 'Eve\r\nBcc: all@x.io <b onclick="x()">https://evil.example/a</b>\u202Egnp';

  test("a name cannot add a line to the subject or change the text direction", () => {
    const subject = invitation.subject({
      ...sampleInvitation,
      inviter: malicious,
      organization: "North\nwind",
    });
    expect(subject).not.toMatch(/[\r\n\u202E]/);
    expect(subject).toContain("to join North wind");
  });

  test("a name is rendered neither as HTML nor as a link", async () => {
    const markup = await html({ inviter: malicious, organization: "https://evil.example" });
    expect(markup).not.toContain("<b ");
    expect(new Set(hrefs(markup))).toEqual(new Set([sampleInvitation.link]));
    for (const email of [markup, text({ inviter: malicious, organization: "www.evil.example" })])
      expect(email).not.toMatch(/evil\.example|https:\/\/evil|all@x/);
  });

  test("a name cannot contain a placeholder for secrets", () => {
    expect(toSingleLine("\uE000link\uE001")).toBe("link");
    expect(toInertText("a\uD800b")).toBe("a b");
  });

  test("an ordinary name is unchanged", () => {
    for (const name of ["Ana M. Duarte", "Zoë O'Neil", "株式会社ノース", "Müller & Söhne GmbH & Co. KG"])
      expect(toInertText(name)).toBe(name);
  });
});

describe("every email", () => {
  test("D9 the address confirmation names the address, the organization and the expiry", async () => {
    const sample = SAMPLES.find(({ name }) => name === "address-confirmation");
    for (const email of [await render(sample?.element), sample?.text ?? ""]) {
      expect(email).toContain("An account was made with lea@fabrikam.example in Northwind.");
      expect(email).toContain("Confirm your address");
      expect(email).toContain("27 November 2026 at 15:08 UTC");
    }
    const props = {
      address: "a@b.example",
      organization: null,
      expiresAt: new Date(0),
      link: "",
      contact: contactWithoutReplies,
    };
    expect(addressConfirmation.text(props)).toContain("An account was made with a@b.example. Confirm");
    expect(await render(addressConfirmation.html(props))).toContain("Your account");
  });

  test("F5 an address change informs both addresses of the old and the new one", async () => {
    for (const [name, notRequested] of [
      ["address-change-old", "choose a new password under Your account, which ends the change"],
      ["address-change-new", "You can ignore this email"],
    ] as const) {
      const sample = SAMPLES.find((candidate) => candidate.name === name);
      for (const email of [await render(sample?.element), sample?.text ?? ""]) {
        expect(email).toContain("lea@fabrikam.example");
        expect(email).toContain("lea.stein@fabrikam.example");
        expect(email).toContain("Agree to the change");
        expect(email).toContain("27 November 2026 at 15:08 UTC");
        expect(email).toContain(notRequested);
      }
    }
  });
  test.each([
    ["sign-in-link", "Log in to Northwind", "Log in", "/sign-in/"],
    ["password-reset", "Choose a new password", "Choose a new password", "/reset/"],
  ])(
    "F5 %s names the address, the expiry and what to do if the recipient did not ask for it",
    async (name, subject, button, path) => {
      const sample = SAMPLES.find((candidate) => candidate.name === name);
      expect(sample?.subject).toBe(subject);
      const markup = await render(sample?.element);
      expect(markup).toMatch(new RegExp(`>${button}<`));
      expect(new Set(hrefs(markup).map((href = "") => new URL(href).pathname.slice(0, path.length)))).toEqual(
        new Set([path]),
      );
      for (const email of [markup, sample?.text ?? ""]) {
        expect(email).toContain("lea@fabrikam.example");
        expect(email).toContain("27 November 2026 at 15:08 UTC");
        expect(email).toContain("You can ignore this email");
      }
    },
  );

  test("B8 the policy reminder names the new user and links to the users without a policy", async () => {
    const sample = SAMPLES.find(({ name }) => name === "assign-policies");
    expect(sample?.subject).toBe("Lea Stein joined Northwind: assign access policies");
    for (const email of [await render(sample?.element), sample?.text ?? ""]) {
      expect(email).toContain("has no access policy");
      expect(email).toContain("https://foyer.northwind.example/o/northwind/admin/users?policies=none");
    }
  });

  test("E2 the request confirmation asks to confirm the request and does not repeat the visitor's message", async () => {
    const sample = SAMPLES.find(({ name }) => name === "request-confirmation");
    expect(sample?.subject).toBe("Confirm your request to join Northwind");
    for (const email of [await render(sample?.element), sample?.text ?? ""]) {
      expect(email).toContain("Confirm your request");
      expect(email).toContain("27 November 2026 at 15:08 UTC");
      expect(email).toContain("no one will see the request");
    }
  });

  test("G3 the test email says why it was sent and whether replies are received", async () => {
    const sample = SAMPLES.find(({ name }) => name === "test");
    expect(sample?.subject).toBe("Test email from Northwind");
    for (const email of [await render(sample?.element), sample?.text ?? ""]) {
      expect(email).toContain("You sent this test from the settings of Northwind.");
      expect(email).toContain("Replies go to your reply-to or support address.");
      expect(email).toContain("https://foyer.northwind.example/o/northwind/admin/settings");
    }
    const props = { organization: "Northwind", link: "", contact: contactWithoutReplies };
    expect(testEmail.text(props)).toContain("No one receives replies yet");
  });

  test("D4 the declined notification has the reason on one line, as text", async () => {
    const sample = SAMPLES.find(({ name }) => name === "declined");
    expect(sample?.subject).toBe("lea@fabrikam.example declined your invitation to Northwind");
    for (const email of [await render(sample?.element), sample?.text ?? ""])
      expect(email.replaceAll("\u200B", "")).toContain("“I have moved to another team. Ask Mila instead.”");
  });

  test("D9 the joined notification says if the address is not confirmed", () => {
    const textOf = (name: string) => SAMPLES.find((sample) => sample.name === name)?.text;
    expect(textOf("accepted")).not.toContain("proves no mailbox");
    expect(textOf("accepted-unconfirmed")).toContain("proves no mailbox");
  });

  test("D7 every email names the spam folder, the sender and the contact", async () => {
    for (const { element, text } of SAMPLES)
      for (const email of [await render(element), text]) {
        expect(email).toContain("spam");
        expect(email).toContain("invitations@northwind.example");
        expect(email).toContain("Questions?");
      }
  });

  test.for(SAMPLES)(
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
});

test("the exact time cuts off its seconds, so that it never promises more time than there is", () => {
  expect(formatExactTime(new Date("2027-01-01T00:00:59.999Z"))).toBe("Friday, 1 January 2027 at 00:00 UTC");
});

const contactWithoutReplies = { sender: "a@b.example", support: null, acceptsReplies: false };
