import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { render } from "react-email";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSamples } from "@/emails/samples";
import { LOCALES } from "@/lib/i18n/locales";
import { translationFor } from "@/lib/i18n/translation";
import { createSmtpTransport } from "./smtp";
import type { OutgoingEmail } from "./transport";

let received: Buffer[] = [];

const server = new SMTPServer({
  authOptional: true,
  closeTimeout: 100,
  disabledCommands: ["STARTTLS"],
  logger: false,
  onData(stream, _session, callback) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      received.push(Buffer.concat(chunks));
      callback();
    });
  },
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve())));
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

/** Decodes a MIME part step by step, independently of any library. */
function decodePart(source: string, type: string): string {
  const boundary = source.match(/boundary="([^"]+)"/)?.[1] ?? "";
  const part = source.split(`--${boundary}`).find((text) => text.includes(`Content-Type: ${type}`)) ?? "";
  const [head = "", ...body] = part.split("\r\n\r\n");
  const content = body.join("\r\n\r\n");
  switch (head.match(/Content-Transfer-Encoding: (\S+)/)?.[1]) {
    case "quoted-printable": {
      const bytes = content
        .replace(/=\r\n/g, "")
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return Buffer.from(bytes, "latin1").toString("utf8").replaceAll("\r\n", "\n");
    }
    case "base64":
      return Buffer.from(content, "base64").toString("utf8").replaceAll("\r\n", "\n");
    default:
      return content.replaceAll("\r\n", "\n");
  }
}

test.each(LOCALES)(
  "D1 the link of every email in %s arrives unbroken by SMTP, in text and HTML",
  async (locale) => {
    received = [];
    const { send } = createSmtpTransport(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
    const samples = createSamples({ ...translationFor(locale), timeZone: "Europe/Berlin" });
    for (const { subject, text, element } of samples) {
      const email: OutgoingEmail = {
        id: randomUUID(),
        to: "lea@fabrikam.example",
        from: "Größe & Söhne <invitations@northwind.example>",
        replyTo: null,
        subject,
        html: await render(element),
        text,
        headers: { "Content-Language": locale, "Auto-Submitted": "auto-generated" },
        tag: "email_message",
      };
      expect(await send("", [email])).toMatchObject({ emails: [{ state: "sent" }] });
    }
    expect(received).toHaveLength(samples.length);
    let softLineBreaks = 0;
    for (const [index, { link, subject, text }] of samples.entries()) {
      const message = received[index] ?? Buffer.from("");
      const source = message.toString("latin1");
      softLineBreaks += source.match(/=\r\n/g)?.length ?? 0;
      for (const line of source.split("\r\n")) expect(line.length).toBeLessThanOrEqual(78);
      const plain = decodePart(source, "text/plain");
      expect(plain.trimEnd()).toBe(text);
      expect(plain.split("\n")).toContain(link);
      expect(decodePart(source, "text/html")).toContain(`href="${link}"`);
      expect(decodePart(source, "text/html")).toContain(`>${link}</a>`);
      expect(source).toMatch(new RegExp(`^Content-Language: ${locale}\\r$`, "m"));
      expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
      expect(await PostalMime.parse(message)).toMatchObject({ subject, text: expect.stringContaining(link) });
    }
    // Otherwise the test would not show that a broken line is joined again.
    expect(softLineBreaks).toBeGreaterThan(samples.length);
  },
);
