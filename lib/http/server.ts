import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { env } from "@/lib/config/env";
import { ExpectedError } from "@/lib/config/expected-error";
import { logBug, pathForLog } from "@/lib/log/log";
import { bodyLimit } from "./body-limit";
import { trustedProxies } from "./client-ip";
import { createFront } from "./front";
import { responseHeaders } from "./headers";
import { answerPacked, readPackedFiles } from "./packed-files";

/** The port is held by another process; the message says which port. */
export class PortTakenError extends ExpectedError {
  override name = "PortTakenError";

  constructor(readonly port: number) {
    super(
      `Port ${port} is taken by another program. Stop it, or choose another one: PORT=${port + 1} npm start`,
    );
  }
}

// How long a request that is being answered may take to end when the server stops.
const patience = 10_000;

/**
 * Serves the application on `port` until `stop()`: our own HTTP server, with Next behind it.
 * Refuses with PortTakenError when the port is taken.
 */
export async function startServer({
  dev,
  port,
}: {
  dev: boolean;
  port: number;
}): Promise<{ stop(): Promise<void> }> {
  const { origin, originConfigured, trustedProxies: proxies, providers } = env();
  const site = { origin, configured: originConfigured };
  // Next asks this very server for the page that a redirecting action leads to: here, not out through the proxy.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${port}`;
  const server = createServer({
    headersTimeout: 20_000,
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    // Node's own refusal carries no headers of ours: the front refuses what names no host.
    requireHostHeader: false,
  });
  // Only development speaks over a web socket. In production Next attaches to a server that nobody reaches.
  const app = next({ dev, port, quiet: true, httpServer: dev ? server : createServer() });
  const packed = dev ? new Map() : await readPackedFiles(".next/static", "/_next/static");
  const front = createFront(
    {
      site,
      trusted: trustedProxies(proxies),
      issuers: [...new Set(providers.map(({ issuer }) => new URL(issuer).origin))],
      dev,
      bodyLimit,
      noteFault: (error, { method, path }) => logBug(error, { method, path: pathForLog(path) }),
    },
    async (req, res) => {
      if (!answerPacked(packed, req, res)) await app.getRequestHandler()(req, res);
    },
  );
  server.on("clientError", (error, socket) => answerGarbage(error, socket, origin.startsWith("https:")));
  // Who comes before Next is prepared waits a moment instead of finding the door shut.
  let open = () => {};
  const ready = new Promise<void>((resolve) => {
    open = resolve;
  });
  const answer = (req: IncomingMessage, res: ServerResponse) => void ready.then(() => front(req, res));
  server.on("request", answer);
  // An `Expect` that nobody knows: Node would refuse by itself, without the headers of every other answer.
  server.on("checkExpectation", answer);
  await listen(server, port);
  try {
    await app.prepare();
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
  open();
  return { stop: () => stop(server, app, dev) };
}

/** Takes the port before anything slow is begun, so that a taken one is known at once. */
async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port) : error),
    );
    server.listen(port, resolve);
  });
}

async function stop(server: Server, app: { close(): Promise<void> }, dev: boolean): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A page in development keeps its web socket for ever.
  const hurry = setTimeout(() => server.closeAllConnections(), dev ? 0 : patience);
  await closed;
  clearTimeout(hurry);
  await app.close();
}

/** What is not HTTP gets an answer with the headers of every other answer. */
function answerGarbage(error: NodeJS.ErrnoException, socket: Duplex, https: boolean): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const status =
    error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const headers = Object.entries(responseHeaders({ nonce: "none", https, path: "/" }));
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status}`, ...lines, "content-length: 0", "connection: close", "", ""].join("\r\n"));
}
