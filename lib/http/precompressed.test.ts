import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { precompressFiles } from "@/scripts/precompress.mjs";
import { readPrecompressedFiles, servePrecompressed } from "./precompressed";

const script = "console.log('a script that is served compressed');\n".repeat(50);
let folder = "";
let origin = "";
let close = () => {};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "foyer-precompressed-"));
  await writeFile(path.join(folder, "a.js"), script);
  await writeFile(path.join(folder, "font.woff2"), "not compressed");
  await precompressFiles(folder);
  const files = await readPrecompressedFiles(folder, "/_next/static");
  const server = createServer((req, res) => {
    if (!servePrecompressed(files, req, res)) res.writeHead(200).end("passed on");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterAll(async () => {
  close();
  await rm(folder, { recursive: true });
});

/** Sends a request and returns the undecoded response. */
function sendRequest(url: string, encoding: string, method = "GET") {
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const req = request(origin + url, { method, headers: { "accept-encoding": encoding } }, async (res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of res) chunks.push(chunk);
      resolve({ headers: res.headers, body: Buffer.concat(chunks) });
    });
    req.on("error", reject).end();
  });
}

test("a script is served with Brotli to a browser that accepts it, and may be cached", async () => {
  const { headers, body } = await sendRequest("/_next/static/a.js?dpl=1", "gzip, deflate, br, zstd");
  expect(headers).toMatchObject({
    "content-encoding": "br",
    "cache-control": "public, max-age=31536000, immutable",
  });
  expect(body.length).toBeLessThan(script.length / 5);
  expect(brotliDecompressSync(body).toString()).toBe(script);
  expect((await sendRequest("/_next/static/a.js", "br", "HEAD")).body).toHaveLength(0);
});

test.each(["BR", "gzip;q=0.5, br;q=0.1", "gzip , br ; q=1.0"])("%s accepts Brotli", async (encoding) => {
  expect((await sendRequest("/_next/static/a.js", encoding)).headers["content-encoding"]).toBe("br");
});

test.each([
  ["a browser without Brotli", "/_next/static/a.js", "gzip"],
  ["a browser that refuses it", "/_next/static/a.js", "br;q=0, gzip"],
  ["one that refuses it with spaces", "/_next/static/a.js", "gzip, br ; q=0"],
  ["an invalid quality value", "/_next/static/a.js", "br;q=much"],
  ["a file that is not precompressed", "/_next/static/font.woff2", "br"],
  ["a file that does not exist", "/_next/static/../../package.json", "br"],
  ["the Brotli file by its own name", "/_next/static/a.js.br", "br"],
])("%s is passed on", async (_, url, encoding) => {
  expect((await sendRequest(url, encoding)).body.toString()).toBe("passed on");
});

test("the time for a long header grows linearly with its length", () => {
  const files = new Map([["/a.js", Buffer.from("compressed")]]);
  const measure = (length: number) => {
    const headers = { "accept-encoding": `a${" ".repeat(length)}b` };
    const req = { url: "/a.js", method: "GET", headers } as unknown as IncomingMessage;
    const startedAt = performance.now();
    for (let time = 0; time < 20; time += 1) servePrecompressed(files, req, {} as ServerResponse);
    return performance.now() - startedAt;
  };
  const [short, long] = [1_000, 16_000].map((length) =>
    Math.min(...Array.from({ length: 7 }, () => measure(length))),
  );
  // The header is 16 times as long; quadratic growth would be a factor of 256.
  expect((long ?? 0) / (short ?? 0)).toBeLessThan(80);
});
