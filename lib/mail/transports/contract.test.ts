import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  createNullReceiver,
  type MailReceiver,
  startResendStandIn,
  startSmtpServer,
} from "@/e2e/stand-in/smtp-and-http-servers";
import { mailboxTransport } from "./mailbox";
import { createResendTransport } from "./resend";
import { createSmtpTransport } from "./smtp";
import type { EmailResult, OutgoingEmail, SendResult, Transport } from "./transport";

/** Every transport, through its real library, against a real server. */
const TRANSPORTS: {
  name: string;
  startReceiver: () => Promise<MailReceiver>;
  create: (url: string) => Transport;
}[] = [
  {
    name: "resend",
    startReceiver: startResendStandIn,
    create: (url) => createResendTransport("re_test", url),
  },
  { name: "smtp", startReceiver: startSmtpServer, create: createSmtpTransport },
  { name: "mailbox", startReceiver: createNullReceiver, create: () => mailboxTransport },
];

const createEmail = (to: string): OutgoingEmail => ({
  id: randomUUID(),
  to,
  from: "Größe & Söhne <invitations@northwind.org>",
  replyTo: "desk@northwind.org",
  subject: "Ana invited you – größer",
  html: "<p>Join <b>Größe &amp; Söhne</b></p>",
  text: "Join Größe & Söhne\n.\nhttps://join.northwind.org/join/7KQF9?proof=ABC\n",
  headers: { "Content-Language": "pt-BR", "Auto-Submitted": "auto-generated" },
  tag: "email_message",
});
const createEmails = () => ["lea@people.test", "omar@people.test", "zoe@people.test"].map(createEmail);

describe.each(TRANSPORTS)("$name", ({ name, startReceiver, create }) => {
  let receiver: MailReceiver;
  let transport: Transport;
  const sendsEmails = name !== "mailbox";

  beforeAll(async () => {
    receiver = await startReceiver();
    transport = create(receiver.url);
  });
  afterAll(() => receiver.stop());
  beforeEach(() => receiver.clear());

  /** Makes as many calls as the transport needs, like `sendBatch`; stops at the first call that is not completed. */
  async function send(emails: OutgoingEmail[], key = randomUUID()): Promise<SendResult> {
    const results: EmailResult[] = [];
    for (let from = 0; from < emails.length; from += transport.batchSize) {
      const result = await transport.send(key, emails.slice(from, from + transport.batchSize));
      if (result.type !== "completed") return result;
      expect(result.emails).toHaveLength(Math.min(transport.batchSize, emails.length - from));
      results.push(...result.emails);
    }
    return { type: "completed", emails: results };
  }

  const statesOf = (result: SendResult) =>
    result.type === "completed" ? result.emails.map(({ state }) => state) : result.type;

  test("C10 reports exactly the emails as sent that the server received, in their order", async () => {
    const emails = createEmails();
    const result = await send(emails);
    expect(statesOf(result)).toEqual(emails.map(() => (sendsEmails ? "sent" : "kept")));
    const ids = (await receiver.received()).map(({ id }) => id);
    expect(ids).toEqual(sendsEmails ? emails.map(({ id }) => id) : []);
    for (const emailResult of result.type === "completed" ? result.emails : [])
      expect(Object.values(emailResult).every(Boolean)).toBe(true);
  });

  test("D1 the received email has the recipient, sender, reply-to address, HTML, text and headers that were sent", async () => {
    const email = createEmail("lea@people.test");
    await send([email]);
    const { tag: _, ...expected } = email;
    expect(await receiver.received()).toEqual(sendsEmails ? [expected] : []);
  });

  test("only the email to a rejected address fails, with the server's explanation", async () => {
    const emails = createEmails();
    await receiver.rejectRecipient("omar@people.test");
    const result = await send(
      // Resend validates only the syntax of an address; a mail server knows its recipients.
      name === "resend"
        ? emails.map((email, index) => (index === 1 ? { ...email, to: "omar@nowhere" } : email))
        : emails,
    );
    expect(statesOf(result)).toEqual(sendsEmails ? ["sent", "failed", "sent"] : ["kept", "kept", "kept"]);
    if (!sendsEmails || result.type !== "completed") return;
    expect(result.emails[1]).toMatchObject({ detail: expect.stringMatching(/no such user|Invalid `to`/) });
  });

  test("after a lost response the same key and email send it once", async () => {
    const email = createEmail("lea@people.test");
    const key = randomUUID();
    await receiver.loseResponse();
    expect(statesOf(await send([email], key))).toEqual(sendsEmails ? "no-response" : ["kept"]);
    expect(statesOf(await send([email], key))).toEqual([sendsEmails ? "sent" : "kept"]);
    // SMTP cannot prevent a second copy, but both have the same Message-ID, by which mailboxes drop one.
    const ids = (await receiver.received()).map(({ id }) => id);
    expect([...new Set(ids)]).toEqual(sendsEmails ? [email.id] : []);
  });

  test("an invalid response counts neither as sent nor as failed", async () => {
    await receiver.sendGarbage();
    expect(statesOf(await send(createEmails()))).toEqual(
      sendsEmails ? "no-response" : ["kept", "kept", "kept"],
    );
  });

  test("an unreachable server causes no exception, and a later call sends the emails", async () => {
    await receiver.goDown();
    const state = statesOf(await send(createEmails()));
    expect(sendsEmails ? ["no-response", "deferred"] : [["kept", "kept", "kept"]]).toContainEqual(state);
    await receiver.comeUp();
    expect(statesOf(await send(createEmails()))).toEqual(Array(3).fill(sendsEmails ? "sent" : "kept"));
  });
});
