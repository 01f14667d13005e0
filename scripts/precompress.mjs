import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);

/**
 * Writes a `.br` file next to every script and style in a folder, at Brotli's highest level. It takes a few
 * seconds, and browsers load a seventh less than with compression at request time.
 *
 * @param {string} folder
 */
export async function precompressFiles(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  await Promise.all(
    files
      .filter((file) => /\.(js|css)$/.test(file))
      .map(async (file) => {
        const source = path.join(folder, file);
        await writeFile(`${source}.br`, await compress(await readFile(source)));
      }),
  );
}
