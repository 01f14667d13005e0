import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

/** The Brotli files of the build by URL path. */
export type PrecompressedFiles = ReadonlyMap<string, Buffer>;

const CONTENT_TYPES = new Map([
  [".js", "application/javascript; charset=UTF-8"],
  [".css", "text/css; charset=UTF-8"],
]);

/**
 * Reads the precompressed scripts and styles of the build into memory: less than a megabyte, and a newer
 * build does not replace them while they are served.
 */
export async function readPrecompressedFiles(folder: string, urlPrefix: string): Promise<PrecompressedFiles> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".br"));
  const entries = files.map(async (file): Promise<[string, Buffer]> => {
    const name = file.slice(0, -".br".length).replaceAll(path.sep, "/");
    return [`${urlPrefix}/${name}`, await readFile(path.join(folder, file))];
  });
  return new Map(await Promise.all(entries));
}

/** Serves the precompressed asset if there is one and the client accepts Brotli; returns false otherwise. */
export function servePrecompressed(
  files: PrecompressedFiles,
  req: IncomingMessage,
  res: ServerResponse,
): boolean {
  const [requested = ""] = (req.url ?? "").split("?", 1);
  const file = files.get(requested);
  const type = CONTENT_TYPES.get(path.extname(requested));
  const isRead = req.method === "GET" || req.method === "HEAD";
  if (!file || !type || !isRead || !acceptsBrotli(req.headers["accept-encoding"])) return false;
  res.writeHead(200, {
    "content-type": type,
    "content-encoding": "br",
    "content-length": file.length,
    // The file name contains a hash of the content.
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
  });
  res.end(file);
  return true;
}

/** Returns true for `gzip, br;q=0.9` and false for `br;q=0` (RFC 9110, 12.5.3). */
function acceptsBrotli(accepted: string | string[] | undefined): boolean {
  const requested = String(accepted ?? "")
    .split(",")
    .map((encoding) => encoding.toLowerCase().split(";"));
  return requested.some(([name = "", weight = "q=1"]) => {
    const [parameter, value] = weight.split("=");
    return name.trim() === "br" && parameter?.trim() === "q" && Number(value) > 0;
  });
}
