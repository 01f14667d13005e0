import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true });

export type FetchedPage = { bytes: number; ms: number };

/** Requests a page as a browser does, compressed. Returns the milliseconds to its last byte and the transferred bytes. */
export function fetchPage(url: string, cookie: string): Promise<FetchedPage> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const headers = { cookie, accept: "text/html", "accept-encoding": "gzip" };
    request(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("error", reject);
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        if (status !== 200) reject(new Error(`${url}: ${status}`));
        else resolve({ bytes, ms: performance.now() - startedAt });
      });
    })
      .on("error", reject)
      .end();
  });
}
