import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { env } from "@/lib/config/env";
import { ExpectedError } from "@/lib/config/expected-error";
import { logBug, redactPath } from "@/lib/log/log";
import { maxBodySize } from "./body-limit";
import { parseTrustedProxies } from "./client-ip";
import { responseHeaders } from "./headers";
import { readPrecompressedFiles, servePrecompressed } from "./precompressed";
import { createRequestGuard } from "./request-guard";

/** Thrown if another process uses the port. */
export class PortInUseError extends ExpectedError {
  override name = "PortInUseError";

  constructor(readonly port: number) {
    super(
      `Port ${port} is in use. Stop the other program, or choose another port: PORT=${port + 1} npm start`,
    );
  }
}

// How long requests in progress may take when the server stops.
const SHUTDOWN_TIMEOUT_MS = 10_000;

/**
 * Serves the application on `port` until `stop()`, by an HTTP server that passes requests through the request
 * guard to Next.js. Throws a PortInUseError if the port is in use.
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
  // After an action that redirects, Next.js requests the page from this server. Without this it would use the
  // public origin, which this machine may not reach. The variable is private to Next.js and can change with any
  // version: e2e/journeys/behind-proxy.spec.ts tests it.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${port}`;
  const server = createServer({
    headersTimeout: 20_000,
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    // The request guard refuses requests without a host instead, because Node's own response lacks the
    // security headers.
    requireHostHeader: false,
  });
  // Only development uses a web socket. In production Next.js gets a server that never listens.
  const app = next({ dev, port, quiet: true, httpServer: dev ? server : createServer() });
  const precompressed = dev ? new Map() : await readPrecompressedFiles(".next/static", "/_next/static");
  const guardRequest = createRequestGuard(
    {
      site,
      isTrustedProxy: parseTrustedProxies(proxies),
      issuers: [...new Set(providers.map(({ issuer }) => new URL(issuer).origin))],
      dev,
      maxBodySize,
      reportError: (error, { method, path }) => logBug(error, { method, path: redactPath(path) }),
    },
    async (req, res) => {
      if (!servePrecompressed(precompressed, req, res)) await app.getRequestHandler()(req, res);
    },
  );
  server.on("clientError", (error, socket) =>
    respondToClientError(error, socket, origin.startsWith("https:")),
  );
  // Queue requests until Next.js is ready.
  let markReady = () => {};
  const ready = new Promise<void>((resolve) => {
    markReady = resolve;
  });
  const handleRequest = (req: IncomingMessage, res: ServerResponse) =>
    void ready.then(() => guardRequest(req, res));
  server.on("request", handleRequest);
  // Node itself would refuse an unknown `Expect` header, without the security headers.
  server.on("checkExpectation", handleRequest);
  await listen(server, port);
  try {
    await app.prepare();
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
  markReady();
  return { stop: () => stop(server, app, dev) };
}

/** Listens before Next.js is prepared, so that a port in use is reported immediately. */
async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port) : error),
    );
    server.listen(port, resolve);
  });
}

/** Closes the server after the requests in progress, or after SHUTDOWN_TIMEOUT_MS. */
async function stop(server: Server, app: { close(): Promise<void> }, dev: boolean): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Pages in development never close their web socket.
  const timeout = setTimeout(() => server.closeAllConnections(), dev ? 0 : SHUTDOWN_TIMEOUT_MS);
  await closed;
  clearTimeout(timeout);
  await app.close();
}

/** Responds to a request that is not valid HTTP, with the headers of every other response. */
function respondToClientError(error: NodeJS.ErrnoException, socket: Duplex, https: boolean): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const status =
    error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const headers = Object.entries(responseHeaders({ nonce: "none", https, path: "/" }));
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status}`, ...lines, "content-length: 0", "connection: close", "", ""].join("\r\n"));
}
