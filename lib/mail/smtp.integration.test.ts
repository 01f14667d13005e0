import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { jobsOf, makeOrganization, work } from "@/lib/mail/fixture";
import { findLetter, listLetters } from "@/lib/mail/queries";

type Message = { to: string; from: string; source: string };

let received: Message[] = [];
/** What the server answers to a recipient: nothing is "yes". */
let refusal: (to: string) => { code: number; says: string } | "break-off" | undefined = () => undefined;

const makeServer = () =>
  new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo({ address }, _session, answer) {
      const no = refusal(address);
      if (!no || no === "break-off") return answer();
      answer(Object.assign(new Error(no.says), { responseCode: no.code }));
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
        // Taken, but nobody hears it.
        if (refusal(to) === "break-off") for (const connection of server.connections) connection.close();
        else answer();
      });
    },
  });

let server: SMTPServer;

async function start(port: number): Promise<void> {
  server = makeServer();
  // A connection that is broken off on purpose is no error of the test.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
}

const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));

beforeAll(async () => {
  await start(0);
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  process.env.FOYER_FROM = "Northwind <invitations@northwind.org>";
  await prepareQueue();
});

afterEach(() => {
  received = [];
  refusal = () => undefined;
});

afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await stop();
});

test("D1 the letter arrives by SMTP with HTML and text, from the configured sender, to the one person", async () => {
  const northwind = await makeOrganization("Größe & Söhne");
  await work(await northwind.invite("lea"));
  const [message] = received;
  expect(message).toMatchObject({ to: northwind.address("lea"), from: "invitations@northwind.org" });
  expect(message?.source).toMatch(/^Content-Type: multipart\/alternative/m);
  expect(message?.source).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
  expect(message?.source).toMatch(/^Content-Type: text\/html; charset=utf-8/m);
  expect(message?.source).toMatch(/^From: Northwind <invitations@northwind\.org>/m);
  expect((await northwind.deliveries()).lea).toEqual({ delivery: "sent", detail: null, letter: "sent" });
});

test("an address the server refuses fails alone with its words, the rest of the batch goes", async () => {
  const northwind = await makeOrganization();
  refusal = (to) => (to.startsWith("omar") ? { code: 550, says: "no such user" } : undefined);
  await work(await northwind.invite("lea", "omar", "zoe"));
  const { lea, omar, zoe } = await northwind.deliveries();
  expect([lea?.delivery, omar?.delivery, zoe?.delivery]).toEqual(["sent", "failed", "sent"]);
  expect(omar?.detail).toContain("no such user");
});

test("a letter the server asks to bring later goes then, and the others are not sent again", async () => {
  const northwind = await makeOrganization();
  refusal = (to) => (to.startsWith("omar") ? { code: 451, says: "greylisted" } : undefined);
  const batch = await northwind.invite("lea", "omar", "zoe");
  await work(batch);
  expect((await northwind.deliveries()).omar).toMatchObject({
    delivery: "queued",
    detail: expect.stringContaining("greylisted"),
  });
  expect(await jobsOf(batch)).toHaveLength(2);
  refusal = () => undefined;
  await work(batch);
  expect(received.map(({ to }) => to.split("@")[0])).toEqual(["lea", "zoe", "omar"]);
  expect((await northwind.deliveries()).omar?.delivery).toBe("sent");
});

test("a server that breaks off after the letter gets the same letter again, under the same Message-ID", async () => {
  const northwind = await makeOrganization();
  refusal = () => "break-off";
  const batch = await northwind.invite("lea", "omar");
  await work(batch);
  expect((await northwind.deliveries()).lea?.delivery).toBe("queued");
  refusal = () => undefined;
  await work(batch);
  const ids = received.map(({ source }) => source.match(/^Message-ID: (\S+)/im)?.[1]);
  expect(received.map(({ to }) => to.split("@")[0])).toEqual(["lea", "lea", "omar"]);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[1]);
});

test("a server that is not there loses nothing", async () => {
  const northwind = await makeOrganization();
  const batch = await northwind.invite("lea");
  const { port } = server.server.address() as AddressInfo;
  await stop();
  await work(batch);
  expect((await northwind.deliveries()).lea).toMatchObject({
    delivery: "queued",
    detail: expect.stringContaining("the mail server is not there"),
  });
  await start(port);
  await work(batch);
  expect(received).toHaveLength(1);
});

test("H1 while a provider is set nobody reads letters here, the operator neither", async () => {
  const northwind = await makeOrganization();
  await work(await northwind.invite("lea"));
  const { id } = await db().emailMessage.findFirstOrThrow({ where: { organizationId: northwind.id } });
  expect(await listLetters(northwind.operator)).toBeNull();
  expect(await findLetter(northwind.operator, id)).toBeNull();
});
