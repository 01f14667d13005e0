import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

/** What the build has packed, by the address it is asked for under. */
export type PackedFiles = ReadonlyMap<string, Buffer>;

const TYPES = new Map([
  [".js", "application/javascript; charset=UTF-8"],
  [".css", "text/css; charset=UTF-8"],
]);

/**
 * Reads the packed scripts and styles of the build into memory: less than a megabyte, and what is served stays whole
 * while a newer build is written beside it.
 */
export async function readPackedFiles(folder: string, address: string): Promise<PackedFiles> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".br"));
  const entries = files.map(async (file): Promise<[string, Buffer]> => {
    const name = file.slice(0, -".br".length).replaceAll(path.sep, "/");
    return [`${address}/${name}`, await readFile(path.join(folder, file))];
  });
  return new Map(await Promise.all(entries));
}

/** Answers with a packed file, if it is one and the browser unpacks Brotli; otherwise nothing is done, and false. */
export function answerPacked(files: PackedFiles, req: IncomingMessage, res: ServerResponse): boolean {
  const [asked = ""] = (req.url ?? "").split("?", 1);
  const file = files.get(asked);
  const type = TYPES.get(path.extname(asked));
  const isRead = req.method === "GET" || req.method === "HEAD";
  if (!file || !type || !isRead || !unpacksBrotli(req.headers["accept-encoding"])) return false;
  res.writeHead(200, {
    "content-type": type,
    "content-encoding": "br",
    "content-length": file.length,
    // Its name carries a hash of what is in it.
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
  });
  res.end(file);
  return true;
}

/** `gzip, br;q=0.9` does, `br;q=0` does not (RFC 9110, 12.5.3). */
function unpacksBrotli(accepted: string | string[] | undefined): boolean {
  const asked = String(accepted ?? "")
    .split(",")
    .map((one) => one.toLowerCase().split(";"));
  return asked.some(([name = "", weight = "q=1"]) => {
    const [sign, value] = weight.split("=");
    return name.trim() === "br" && sign?.trim() === "q" && Number(value) > 0;
  });
}
