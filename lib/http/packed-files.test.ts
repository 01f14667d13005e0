import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packFiles } from "@/scripts/pack.mjs";
import { answerPacked, readPackedFiles } from "./packed-files";

const script = "console.log('a script that is served packed');\n".repeat(50);
let folder = "";
let origin = "";
let close = () => {};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "foyer-packed-"));
  await writeFile(path.join(folder, "a.js"), script);
  await writeFile(path.join(folder, "font.woff2"), "not packed");
  await packFiles(folder);
  const files = await readPackedFiles(folder, "/_next/static");
  const server = createServer((req, res) => {
    if (!answerPacked(files, req, res)) res.writeHead(200).end("passed on");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterAll(async () => {
  close();
  await rm(folder, { recursive: true });
});

/** What is answered to an address, as it comes over the wire. */
function ask(address: string, encoding: string, method = "GET") {
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const sent = request(
      origin + address,
      { method, headers: { "accept-encoding": encoding } },
      async (res) => {
        const chunks: Buffer[] = [];
        for await (const chunk of res) chunks.push(chunk);
        resolve({ headers: res.headers, body: Buffer.concat(chunks) });
      },
    );
    sent.on("error", reject).end();
  });
}

test("a script comes packed to whoever unpacks Brotli, and may be kept", async () => {
  const { headers, body } = await ask("/_next/static/a.js?dpl=1", "gzip, deflate, br, zstd");
  expect(headers).toMatchObject({
    "content-encoding": "br",
    "cache-control": "public, max-age=31536000, immutable",
  });
  expect(body.length).toBeLessThan(script.length / 5);
  expect(brotliDecompressSync(body).toString()).toBe(script);
  expect((await ask("/_next/static/a.js", "br", "HEAD")).body).toHaveLength(0);
});

test.each(["BR", "gzip;q=0.5, br;q=0.1", "gzip , br ; q=1.0"])("%s unpacks Brotli", async (encoding) => {
  expect((await ask("/_next/static/a.js", encoding)).headers["content-encoding"]).toBe("br");
});

test.each([
  ["a browser without Brotli", "/_next/static/a.js", "gzip"],
  ["a browser that refuses it", "/_next/static/a.js", "br;q=0, gzip"],
  ["one that refuses it with spaces", "/_next/static/a.js", "gzip, br ; q=0"],
  ["one that weighs it by a word", "/_next/static/a.js", "br;q=much"],
  ["what is not packed", "/_next/static/font.woff2", "br"],
  ["what is not there", "/_next/static/../../package.json", "br"],
  ["the packed file by its own name", "/_next/static/a.js.br", "br"],
])("%s is passed on", async (_, address, encoding) => {
  expect((await ask(address, encoding)).body.toString()).toBe("passed on");
});

test("a long header takes as long as it has letters, and not their square", () => {
  const files = new Map([["/a.js", Buffer.from("packed")]]);
  const cost = (length: number) => {
    const headers = { "accept-encoding": `a${" ".repeat(length)}b` };
    const asked = { url: "/a.js", method: "GET", headers } as unknown as IncomingMessage;
    const began = performance.now();
    for (let time = 0; time < 20; time += 1) answerPacked(files, asked, {} as ServerResponse);
    return performance.now() - began;
  };
  const [short, long] = [1_000, 16_000].map((length) =>
    Math.min(...Array.from({ length: 7 }, () => cost(length))),
  );
  // Sixteen times the letters; their square would be 256.
  expect((long ?? 0) / (short ?? 0)).toBeLessThan(80);
});
