import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { findSendJobs, runSendJob } from "@/lib/mail/fixture";
import { findMailboxEmail, listMailbox } from "@/lib/mail/queries";
import { createTestOrganization, makeOperator } from "@/test/factories";

type Message = { to: string; from: string; source: string };

let received: Message[] = [];
/** How the server rejects a recipient; undefined accepts it. */
let rejectionOf: (to: string) => { code: number; reply: string } | "disconnect" | undefined = () => undefined;

const makeServer = () =>
  new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo({ address }, _session, answer) {
      const rejection = rejectionOf(address);
      if (!rejection || rejection === "disconnect") return answer();
      answer(Object.assign(new Error(rejection.reply), { responseCode: rejection.code }));
    },
    onData(stream, session, answer) {
      let source = "";
      stream.setEncoding("utf8");
      stream.on("data", (part: string) => {
        source += part;
      });
      stream.on("end", () => {
        const to = session.envelope.rcptTo[0]?.address ?? "";
        const from = session.envelope.mailFrom;
        received.push({ to, from: from ? from.address : "", source });
        // The email was received, but the client gets no response.
        if (rejectionOf(to) === "disconnect") for (const connection of server.connections) connection.close();
        else answer();
      });
    },
  });

let server: SMTPServer;

async function start(port: number): Promise<void> {
  server = makeServer();
  // Errors of connections that the test closes on purpose are expected.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
}

const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));

beforeAll(async () => {
  await start(0);
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  process.env.FOYER_FROM = "Northwind <invitations@northwind.org>";
});

afterEach(() => {
  received = [];
  rejectionOf = () => undefined;
});

afterAll(stop);

test("D1 the email arrives by SMTP with HTML and text, from the configured sender, to one recipient", async () => {
  const org = await createTestOrganization({ name: "Größe & Söhne" });
  await runSendJob(await org.inviteBatch("lea"));
  const [message] = received;
  expect(message).toMatchObject({ to: org.address("lea"), from: "invitations@northwind.org" });
  expect(message?.source).toMatch(/^Content-Type: multipart\/alternative/m);
  expect(message?.source).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
  expect(message?.source).toMatch(/^Content-Type: text\/html; charset=utf-8/m);
  expect(message?.source).toMatch(/^From: Northwind <invitations@northwind\.org>/m);
  expect((await org.deliveries()).lea).toEqual({ delivery: "sent", detail: null, state: "sent" });
});

test("only the email to a rejected address fails, with the server's explanation", async () => {
  const org = await createTestOrganization();
  rejectionOf = (to) => (to.startsWith("omar") ? { code: 550, reply: "no such user" } : undefined);
  await runSendJob(await org.inviteBatch("lea", "omar", "zoe"));
  const { lea, omar, zoe } = await org.deliveries();
  expect([lea?.delivery, omar?.delivery, zoe?.delivery]).toEqual(["sent", "failed", "sent"]);
  expect(omar?.detail).toContain("no such user");
});

test("a deferred email is sent later, and the others are not sent again", async () => {
  const org = await createTestOrganization();
  rejectionOf = (to) => (to.startsWith("omar") ? { code: 451, reply: "greylisted" } : undefined);
  const batch = await org.inviteBatch("lea", "omar", "zoe");
  await runSendJob(batch);
  expect((await org.deliveries()).omar).toMatchObject({
    delivery: "queued",
    detail: expect.stringContaining("greylisted"),
  });
  expect(await findSendJobs(batch)).toHaveLength(2);
  rejectionOf = () => undefined;
  await runSendJob(batch);
  expect(received.map(({ to }) => to.split("@")[0])).toEqual(["lea", "zoe", "omar"]);
  expect((await org.deliveries()).omar?.delivery).toBe("sent");
});

test("after a lost response the same email is sent again with the same Message-ID", async () => {
  const org = await createTestOrganization();
  rejectionOf = () => "disconnect";
  const batch = await org.inviteBatch("lea", "omar");
  await runSendJob(batch);
  expect((await org.deliveries()).lea?.delivery).toBe("queued");
  rejectionOf = () => undefined;
  await runSendJob(batch);
  const ids = received.map(({ source }) => source.match(/^Message-ID: (\S+)/im)?.[1]);
  expect(received.map(({ to }) => to.split("@")[0])).toEqual(["lea", "lea", "omar"]);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[1]);
});

test("an unreachable server loses no email", async () => {
  const org = await createTestOrganization();
  const batch = await org.inviteBatch("lea");
  const { port } = server.server.address() as AddressInfo;
  await stop();
  await runSendJob(batch);
  expect((await org.deliveries()).lea).toMatchObject({
    delivery: "queued",
    detail: expect.stringContaining("couldn't connect to the mail server"),
  });
  await start(port);
  await runSendJob(batch);
  expect(received).toHaveLength(1);
});

test("H1 while a provider is configured no one can read emails in the mailbox, not even the operator", async () => {
  const org = await createTestOrganization();
  const operator = await makeOperator(org.owner);
  await runSendJob(await org.inviteBatch("lea"));
  const { id } = await db().emailMessage.findFirstOrThrow({ where: { organizationId: org.id } });
  expect(await listMailbox(operator)).toBeNull();
  expect(await findMailboxEmail(operator, id)).toBeNull();
});
