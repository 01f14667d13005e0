import { type AddressInfo, createServer, type Server } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { createProvider } from "./provider";

/** A letter as it arrived; `id` is the name that its sender gave it. */
export type Arrived = {
  id: string;
  to: string;
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
};

/** Where letters go, as the test of all transports needs it: what arrived, and what goes wrong on command. */
export type FarSide = {
  url: string;
  arrived(): Promise<Arrived[]>;
  /** It does not know this person. */
  refuse(address: string): Promise<void>;
  /** It takes the next letter, and nobody hears that it did. */
  loseAnswer(): Promise<void>;
  /** It answers the next call with something that is no answer. */
  talkNonsense(): Promise<void>;
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
  clear(): Promise<void>;
  stop(): Promise<void>;
};

/** The stand-in of Resend, over HTTP. */
export async function resendStandIn(): Promise<FarSide> {
  const server = createProvider();
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const control = (what: string, order: object) =>
    fetch(`${url}/control/${what}`, { method: "POST", body: JSON.stringify(order) }).then(() => undefined);
  const close = () => {
    server.closeAllConnections();
    return closed(server);
  };
  return {
    url,
    async arrived() {
      const letters = (await (await fetch(`${url}/control/letters`)).json()) as Record<string, string>[];
      return letters.map(({ to = "", from = "", subject = "", html = "", text = "", reply_to, tags }) => ({
        id: (tags as unknown as { value: string }[])[0]?.value ?? "",
        ...{ to, from, subject, html, text, replyTo: reply_to ?? null },
      }));
    },
    // It looks at the shape of an address alone.
    refuse: async () => {},
    loseAnswer: () => control("faults", { kind: "lose-answer" }),
    talkNonsense: () => control("faults", { kind: "garbage" }),
    vanish: close,
    comeBack: () => listen(server, port).then(() => undefined),
    clear: () => control("reset", {}),
    stop: close,
  };
}

/** A real mail server, over SMTP. */
export async function mailServer(): Promise<FarSide> {
  let received: Arrived[] = [];
  let unknown = "";
  let isLosing = false;
  let fool: Server | undefined;
  let server = make();
  const port = await listen(server.server);

  function make(): SMTPServer {
    const made = new SMTPServer({
      authOptional: true,
      closeTimeout: 100,
      disabledCommands: ["STARTTLS"],
      logger: false,
      onRcptTo: ({ address }, _session, answer) =>
        answer(address === unknown ? Object.assign(new Error("no such user"), { responseCode: 550 }) : null),
      onData(stream, session, answer) {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", async () => {
          received.push(await readLetter(Buffer.concat(parts), session.envelope.rcptTo[0]?.address ?? ""));
          if (!isLosing) return answer();
          isLosing = false;
          for (const connection of made.connections) connection.close();
        });
      },
    });
    // A connection that is broken off on purpose is no error of the test.
    made.on("error", () => {});
    return made;
  }

  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  async function start(): Promise<void> {
    server = make();
    await listen(server.server, port);
  }

  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived: async () => received,
    refuse: async (address) => {
      unknown = address;
    },
    loseAnswer: async () => {
      isLosing = true;
    },
    async talkNonsense() {
      await stop();
      fool = createServer((socket) => socket.end("<h1>It works!</h1>\r\n"));
      await listen(fool, port);
    },
    vanish: stop,
    comeBack: start,
    async clear() {
      [received, unknown, isLosing] = [[], "", false];
      if (!fool) return;
      await closed(fool);
      fool = undefined;
      await start();
    },
    stop,
  };
}

/** Where the mailbox's letters go: they stay in the house. */
export async function nowhere(): Promise<FarSide> {
  const nothing = async () => {};
  return {
    url: "",
    arrived: async () => [],
    refuse: nothing,
    loseAnswer: nothing,
    talkNonsense: nothing,
    vanish: nothing,
    comeBack: nothing,
    clear: nothing,
    stop: nothing,
  };
}

/** As a mail program reads it. */
async function readLetter(source: Buffer, to: string): Promise<Arrived> {
  const {
    messageId = "",
    from,
    replyTo,
    subject = "",
    html = "",
    text = "",
  } = await PostalMime.parse(source);
  return {
    id: /^<(.+)@/.exec(messageId)?.[1] ?? "",
    to,
    from: from ? `${from.name} <${from.address}>` : "",
    replyTo: replyTo?.[0]?.address ?? null,
    subject,
    html: html.replace(/\n$/, ""),
    text: text.replaceAll("\r\n", "\n").replace(/\n+$/, "\n"),
  };
}

function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
