import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true });

export type Asked = { bytes: number; ms: number };

/** Asks for a page as a browser does, compressed, and measures until its last byte: milliseconds, and bytes of the body on the wire. */
export function ask(address: string, cookie: string): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const headers = { cookie, accept: "text/html", "accept-encoding": "gzip" };
    request(address, { agent, headers }, (response) => {
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      response.on("error", reject);
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        if (status !== 200) reject(new Error(`${address}: ${status}`));
        else resolve({ bytes, ms: performance.now() - began });
      });
    })
      .on("error", reject)
      .end();
  });
}
