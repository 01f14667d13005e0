import { type AddressInfo, createServer, type Server } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { AcceptedEmail } from "./emails";
import { createResendStandIn } from "./provider";

/** An email as it was received; `id` is the id that its sender assigned. */
export type ReceivedMessage = {
  id: string;
  to: string;
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  /** The headers that the product sets itself. */
  headers: Record<string, string>;
};

/** The server that a transport sends to, with its failures on command, for the contract test of all transports. */
export type MailReceiver = {
  url: string;
  received(): Promise<ReceivedMessage[]>;
  /** Rejects this recipient from now on. */
  rejectRecipient(address: string): Promise<void>;
  /** Accepts the next email and closes the connection without a response. */
  loseResponse(): Promise<void>;
  /** Responds to the next call with something that the protocol does not allow. */
  sendGarbage(): Promise<void>;
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
  clear(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the stand-in of Resend, over HTTP. */
export async function startResendStandIn(): Promise<MailReceiver> {
  const server = createResendStandIn();
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const control = (path: string, body: object) =>
    fetch(`${url}/control/${path}`, { method: "POST", body: JSON.stringify(body) }).then(() => undefined);
  const close = () => {
    server.closeAllConnections();
    return closeServer(server);
  };
  return {
    url,
    async received() {
      const emails = (await (await fetch(`${url}/control/emails`)).json()) as AcceptedEmail[];
      return emails.map(({ to, from, subject, html = "", text = "", reply_to, headers = {}, tags = [] }) => ({
        id: tags[0]?.value ?? "",
        to: String(to),
        replyTo: reply_to === undefined ? null : String(reply_to),
        ...{ from, subject, html, text, headers },
      }));
    },
    // The API validates only the syntax of an address.
    rejectRecipient: async () => {},
    loseResponse: () => control("faults", { kind: "lose-response" }),
    sendGarbage: () => control("faults", { kind: "garbage" }),
    goDown: close,
    comeUp: () => listen(server, port).then(() => undefined),
    clear: () => control("reset", {}),
    stop: close,
  };
}

/** Starts a real mail server, over SMTP. */
export async function startSmtpServer(): Promise<MailReceiver> {
  let received: ReceivedMessage[] = [];
  let rejectedRecipient = "";
  let losesResponse = false;
  let garbageServer: Server | undefined;
  let server = createSmtpServer();
  const port = await listen(server.server);

  function createSmtpServer(): SMTPServer {
    const smtp = new SMTPServer({
      authOptional: true,
      closeTimeout: 100,
      disabledCommands: ["STARTTLS"],
      logger: false,
      onRcptTo: ({ address }, _session, callback) =>
        callback(
          address === rejectedRecipient
            ? Object.assign(new Error("no such user"), { responseCode: 550 })
            : null,
        ),
      onData(stream, session, callback) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", async () => {
          received.push(await parseMessage(Buffer.concat(chunks), session.envelope.rcptTo[0]?.address ?? ""));
          if (!losesResponse) return callback();
          losesResponse = false;
          for (const connection of smtp.connections) connection.close();
        });
      },
    });
    // Connections that a test closes on purpose must not fail it.
    smtp.on("error", () => {});
    return smtp;
  }

  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  async function start(): Promise<void> {
    server = createSmtpServer();
    await listen(server.server, port);
  }

  return {
    url: `smtp://127.0.0.1:${port}`,
    received: async () => received,
    rejectRecipient: async (address) => {
      rejectedRecipient = address;
    },
    loseResponse: async () => {
      losesResponse = true;
    },
    async sendGarbage() {
      await stop();
      garbageServer = createServer((socket) => socket.end("<h1>It works!</h1>\r\n"));
      await listen(garbageServer, port);
    },
    goDown: stop,
    comeUp: start,
    async clear() {
      [received, rejectedRecipient, losesResponse] = [[], "", false];
      if (!garbageServer) return;
      await closeServer(garbageServer);
      garbageServer = undefined;
      await start();
    },
    stop,
  };
}

/** Creates the receiver of the mailbox transport, which sends nothing. */
export async function createNullReceiver(): Promise<MailReceiver> {
  const nothing = async () => {};
  return {
    url: "",
    received: async () => [],
    rejectRecipient: nothing,
    loseResponse: nothing,
    sendGarbage: nothing,
    goDown: nothing,
    comeUp: nothing,
    clear: nothing,
    stop: nothing,
  };
}

/** Parses a MIME message as an email client does. */
async function parseMessage(source: Buffer, to: string): Promise<ReceivedMessage> {
  const {
    messageId = "",
    from,
    replyTo,
    subject = "",
    html = "",
    text = "",
    headers,
  } = await PostalMime.parse(source);
  return {
    id: /^<(.+)@/.exec(messageId)?.[1] ?? "",
    to,
    from: from ? `${from.name} <${from.address}>` : "",
    replyTo: replyTo?.[0]?.address ?? null,
    subject,
    html: html.replace(/\n$/, ""),
    text: text.replaceAll("\r\n", "\n").replace(/\n+$/, "\n"),
    headers: Object.fromEntries(
      headers
        .filter(({ key }) => key === "content-language" || key === "auto-submitted")
        .map(({ originalKey, value }) => [originalKey, value]),
    ),
  };
}

function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
