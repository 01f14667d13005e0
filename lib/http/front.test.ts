import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { trustedProxies } from "./client-ip";
import { createFront } from "./front";

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
type Sent = { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer };
type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

const faults: { path: string }[] = [];
const running: { close(): void }[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close();
  faults.length = 0;
});

const origin = "https://people.example.com";

/** A front before `handle`, on a port of its own; answers to what is sent there. */
async function behindFront(handle: Handle, proxies: string[] = []) {
  const front = createFront(
    {
      site: { origin, configured: true },
      trusted: trustedProxies(proxies),
      bodyLimit: (path) => (path === "/api/resend" ? 100 : 1000),
      noteFault: (_error, where) => `fault-${faults.push(where)}`,
    },
    handle,
  );
  const server = createServer((req, res) => void front(req, res));
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return ({ method = "GET", path = "/", headers = {}, body }: Sent = {}) =>
    new Promise<Answer>((resolve, reject) => {
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

const echo: Handle = async (req, res) => {
  res.writeHead(200, { "content-type": "application/json" });
  res.end(JSON.stringify(req.headers));
};
const read: Handle = async (req, res) => {
  let size = 0;
  for await (const part of req) size += (part as Buffer).length;
  res.end(String(size));
};

test("the application reads the nonce that the browser is told", async () => {
  const send = await behindFront(echo);
  const [one, two] = [await send(), await send()];
  const told = one.headers["content-security-policy"];
  expect(told).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{24}' 'strict-dynamic'/);
  expect(JSON.parse(one.body)["content-security-policy"]).toBe(told);
  expect(two.headers["content-security-policy"]).not.toBe(told);
});

test("the application cannot weaken the headers of an answer", async () => {
  const send = await behindFront(async (_req, res) => {
    res.setHeader("X-Powered-By", "someone");
    res.setHeader("Content-Security-Policy", "default-src *");
    res.writeHead(201, "Made", { "Cache-Control": "public, max-age=600", "x-own": "kept" });
    res.end("done");
  });
  const { status, headers } = await send();
  expect(status).toBe(201);
  expect(headers["content-security-policy"]).toContain("object-src 'none'");
  expect(headers).toMatchObject({ "cache-control": "no-store", "x-own": "kept" });
  expect(headers).not.toHaveProperty("x-powered-by");
});

test("nothing a client claims about itself reaches the application", async () => {
  const send = await behindFront(echo);
  const claims = {
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
  const { body } = await send({ headers: claims });
  expect(body).not.toMatch(/evil|1\.1\.1\.1|mine|guess/);
  expect(JSON.parse(body)).toMatchObject({
    host: "people.example.com",
    "x-forwarded-host": "people.example.com",
    "x-forwarded-proto": "https",
    "x-foyer-client-ip": "127.0.0.1",
  });
});

test("a trusted proxy's word about the client is handed on", async () => {
  const send = await behindFront(echo, ["127.0.0.1"]);
  const { body } = await send({ headers: { "x-forwarded-for": "198.51.100.7" } });
  expect(JSON.parse(body)["x-foyer-client-ip"]).toBe("198.51.100.7");
});

test("a request the application makes to itself keeps its client's address", async () => {
  const send = await behindFront(echo, ["127.0.0.1"]);
  const first = JSON.parse((await send({ headers: { "x-forwarded-for": "198.51.100.7" } })).body);
  const { "x-foyer-relay": relay, "x-foyer-client-ip": address } = first;
  const { body } = await send({ headers: { "x-foyer-relay": relay, "x-foyer-client-ip": address } });
  expect(JSON.parse(body)["x-foyer-client-ip"]).toBe("198.51.100.7");
});

test("what the application asks of itself is not packed, and what a client asks is as it wants it", async () => {
  const send = await behindFront(echo);
  const headers = { "accept-encoding": "gzip" };
  const first = JSON.parse((await send({ headers })).body);
  expect(first["accept-encoding"]).toBe("gzip");
  const { "x-foyer-relay": relay, "x-foyer-client-ip": address } = first;
  const own = await send({ headers: { ...headers, "x-foyer-relay": relay, "x-foyer-client-ip": address } });
  expect(JSON.parse(own.body)["accept-encoding"]).toBeUndefined();
  const guessed = await send({
    headers: { ...headers, "x-foyer-relay": "guess", "x-foyer-client-ip": address },
  });
  expect(JSON.parse(guessed.body)["accept-encoding"]).toBe("gzip");
});

test("a post from elsewhere never reaches the application, and says so in a sentence", async () => {
  let reached = false;
  const send = await behindFront(async (_req, res) => {
    reached = true;
    res.end();
  });
  const foreign: Record<string, string>[] = [{}, { origin: "null" }, { origin: "https://evil.example" }];
  for (const from of foreign) {
    const answer = await send({ method: "POST", headers: { ...from, "next-action": "00" }, body: "[]" });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(`not sent from a page of ${origin}`);
    expect(answer.headers["content-security-policy"]).toBeDefined();
  }
  expect(reached).toBe(false);
});

test("a body larger than allowed is refused, whether it admits its size or not", async () => {
  const send = await behindFront(read);
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
  expect(faults).toEqual([]);
});

test("the provider's webhook comes from no page, and has its own limit", async () => {
  const send = await behindFront(read);
  const post = (path: string, size: number) => send({ method: "POST", path, body: Buffer.alloc(size) });
  expect((await post("/api/resend", 100)).body).toBe("100");
  expect((await post("/api/resend", 101)).status).toBe(413);
  expect((await post("/api/other", 100)).status).toBe(403);
});

test("what is no address is answered with 400", async () => {
  const send = await behindFront(echo);
  const twisted = [
    "/_next/static/../../account",
    "/x/%2e%2E/account",
    "/x/..%2faccount",
    "/x/..\\account",
    "/./account",
  ];
  for (const path of ["/%E0%A4%A", "/a%00b", "/?q=%00", "http://evil.example/", ...twisted]) {
    const answer = await send({ path });
    expect(answer.status, path).toBe(400);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  }
});

test("dots in a name are no way to another page", async () => {
  const send = await behindFront(echo);
  for (const path of ["/a..b", "/...", "/.well-known/x", "/x?back=/../y"])
    expect((await send({ path })).status, path).toBe(200);
});

test("a fault is answered with the id it is noted under, and with nothing of its inside", async () => {
  const send = await behindFront(async () => {
    throw new Error("password of the database");
  });
  const { status, body, headers } = await send({ path: "/o/northwind" });
  expect(status).toBe(500);
  expect(body).toContain("fault-1");
  expect(body).not.toContain("password");
  expect(headers["content-security-policy"]).toBeDefined();
  expect(faults).toMatchObject([{ path: "/o/northwind" }]);
});

test("HEAD has the headers of GET and no body", async () => {
  const send = await behindFront(echo);
  const { status, body, headers } = await send({ method: "HEAD" });
  expect([status, body]).toEqual([200, ""]);
  expect(headers["referrer-policy"]).toBe("same-origin");
});
