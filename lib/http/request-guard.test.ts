import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { parseTrustedProxies } from "./client-ip";
import { createRequestGuard } from "./request-guard";

type RequestHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
type RequestOptions = {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
};
type ResponseData = { status: number; headers: IncomingHttpHeaders; body: string };

const errors: { path: string }[] = [];
const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  errors.length = 0;
});

const origin = "https://people.example.com";

/** Starts a server with the request guard before `handle`. Returns a function that sends a request to it. */
async function startGuardedServer(handle: RequestHandler, proxies: string[] = []) {
  const guardRequest = createRequestGuard(
    {
      site: { origin, configured: true },
      isTrustedProxy: parseTrustedProxies(proxies),
      maxBodySize: (path) => (path === "/api/resend" ? 100 : 1000),
      reportError: (_error, where) => `error-${errors.push(where)}`,
    },
    handle,
  );
  const server = createServer((req, res) => void guardRequest(req, res));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return ({ method = "GET", path = "/", headers = {}, body }: RequestOptions = {}) =>
    new Promise<ResponseData>((resolve, reject) => {
      const req = request({ port, host: "127.0.0.1", method, path, headers, agent: false }, (res) => {
        let text = "";
        res.setEncoding("utf8");
        res.on("data", (part: string) => {
          text += part;
        });
        res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text }));
      });
      req.on("error", reject);
      req.end(body);
    });
}

const echo: RequestHandler = async (req, res) => {
  res.writeHead(200, { "content-type": "application/json" });
  res.end(JSON.stringify(req.headers));
};
const readBody: RequestHandler = async (req, res) => {
  let size = 0;
  for await (const part of req) size += (part as Buffer).length;
  res.end(String(size));
};

test("the application and the browser get the same nonce", async () => {
  const send = await startGuardedServer(echo);
  const [first, second] = [await send(), await send()];
  const policy = first.headers["content-security-policy"];
  expect(policy).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{24}' 'strict-dynamic'/);
  expect(JSON.parse(first.body)["content-security-policy"]).toBe(policy);
  expect(second.headers["content-security-policy"]).not.toBe(policy);
});

test("the application cannot weaken the security headers", async () => {
  const send = await startGuardedServer(async (_req, res) => {
    res.setHeader("X-Powered-By", "someone");
    res.setHeader("Content-Security-Policy", "deerror-src *");
    res.writeHead(201, "Made", { "Cache-Control": "public, max-age=600", "x-own": "kept" });
    res.end("done");
  });
  const { status, headers } = await send();
  expect(status).toBe(201);
  expect(headers["content-security-policy"]).toContain("object-src 'none'");
  expect(headers).toMatchObject({ "cache-control": "no-store", "x-own": "kept" });
  expect(headers).not.toHaveProperty("x-powered-by");
});

test("forwarding headers from a client never reach the application", async () => {
  const send = await startGuardedServer(echo);
  const forged = {
    host: "evil.example",
    "x-forwarded-host": "evil.example",
    "x-forwarded-for": "1.1.1.1",
    "x-forwarded-prefix": "/evil",
    forwarded: "for=1.1.1.1",
    "x-real-ip": "1.1.1.1",
    "x-foyer-client-ip": "1.1.1.1",
    "x-foyer-relay": "guess",
    "content-security-policy": "script-src 'nonce-mine'",
    "content-security-policy-report-only": "script-src 'nonce-mine'",
  };
  const { body } = await send({ headers: forged });
  expect(body).not.toMatch(/evil|1\.1\.1\.1|mine|guess/);
  expect(JSON.parse(body)).toMatchObject({
    host: "people.example.com",
    "x-forwarded-host": "people.example.com",
    "x-forwarded-proto": "https",
    "x-foyer-client-ip": "127.0.0.1",
  });
});

test("the client's address from a trusted proxy reaches the application", async () => {
  const send = await startGuardedServer(echo, ["127.0.0.1"]);
  const { body } = await send({ headers: { "x-forwarded-for": "198.51.100.7" } });
  expect(JSON.parse(body)["x-foyer-client-ip"]).toBe("198.51.100.7");
});

test("a request of the application to itself keeps the client's address", async () => {
  const send = await startGuardedServer(echo, ["127.0.0.1"]);
  const first = JSON.parse((await send({ headers: { "x-forwarded-for": "198.51.100.7" } })).body);
  const { "x-foyer-relay": relay, "x-foyer-client-ip": clientIp } = first;
  const { body } = await send({ headers: { "x-foyer-relay": relay, "x-foyer-client-ip": clientIp } });
  expect(JSON.parse(body)["x-foyer-client-ip"]).toBe("198.51.100.7");
});

test("only a request of the application to itself loses its accept-encoding", async () => {
  const send = await startGuardedServer(echo);
  const headers = { "accept-encoding": "gzip" };
  const first = JSON.parse((await send({ headers })).body);
  expect(first["accept-encoding"]).toBe("gzip");
  const { "x-foyer-relay": relay, "x-foyer-client-ip": clientIp } = first;
  const own = await send({ headers: { ...headers, "x-foyer-relay": relay, "x-foyer-client-ip": clientIp } });
  expect(JSON.parse(own.body)["accept-encoding"]).toBeUndefined();
  const guessed = await send({
    headers: { ...headers, "x-foyer-relay": "guess", "x-foyer-client-ip": clientIp },
  });
  expect(JSON.parse(guessed.body)["accept-encoding"]).toBe("gzip");
});

test("a POST from another origin never reaches the application, and the page says why", async () => {
  let reached = false;
  const send = await startGuardedServer(async (_req, res) => {
    reached = true;
    res.end();
  });
  const foreign: Record<string, string>[] = [{}, { origin: "null" }, { origin: "https://evil.example" }];
  for (const from of foreign) {
    const response = await send({ method: "POST", headers: { ...from, "next-action": "00" }, body: "[]" });
    expect(response.status).toBe(403);
    expect(response.body).toContain(`sent from ${origin}. Open the page there and try again.`);
    expect(response.headers["content-security-policy"]).toBeDefined();
  }
  expect(reached).toBe(false);
});

test("a body over the limit is refused, with and without Content-Length", async () => {
  const send = await startGuardedServer(readBody);
  const headers = { origin };
  const large = Buffer.alloc(1001);
  expect((await send({ method: "POST", headers, body: Buffer.alloc(1000) })).body).toBe("1000");
  expect((await send({ method: "POST", headers, body: large })).status).toBe(413);
  const chunked = await send({
    method: "POST",
    headers: { ...headers, "transfer-encoding": "chunked" },
    body: large,
  });
  expect(chunked.status).toBe(413);
  expect(errors).toEqual([]);
});

test("the provider's webhook needs no origin and has its own limit", async () => {
  const send = await startGuardedServer(readBody);
  const post = (path: string, size: number) => send({ method: "POST", path, body: Buffer.alloc(size) });
  expect((await post("/api/resend", 100)).body).toBe("100");
  expect((await post("/api/resend", 101)).status).toBe(413);
  expect((await post("/api/other", 100)).status).toBe(403);
});

test("an invalid path gets status 400", async () => {
  const send = await startGuardedServer(echo);
  const dotSegments = [
    "/_next/static/../../account",
    "/x/%2e%2E/account",
    "/x/..%2faccount",
    "/x/..\\account",
    "/./account",
  ];
  for (const path of ["/%E0%A4%A", "/a%00b", "/?q=%00", "http://evil.example/", ...dotSegments]) {
    const response = await send({ path });
    expect(response.status, path).toBe(400);
    expect(response.headers["x-content-type-options"]).toBe("nosniff");
  }
});

test("dots within a segment are accepted", async () => {
  const send = await startGuardedServer(echo);
  for (const path of ["/a..b", "/...", "/.well-known/x", "/x?back=/../y"])
    expect((await send({ path })).status, path).toBe(200);
});

test("an error page shows the id in the log, and no details", async () => {
  const send = await startGuardedServer(async () => {
    throw new Error("password of the database");
  });
  const { status, body, headers } = await send({ path: "/o/northwind" });
  expect(status).toBe(500);
  expect(body).toContain("error-1");
  expect(body).not.toContain("password");
  expect(headers["content-security-policy"]).toBeDefined();
  expect(errors).toMatchObject([{ path: "/o/northwind" }]);
});

test("HEAD has the headers of GET and no body", async () => {
  const send = await startGuardedServer(echo);
  const { status, body, headers } = await send({ method: "HEAD" });
  expect([status, body]).toEqual([200, ""]);
  expect(headers["referrer-policy"]).toBe("same-origin");
});
