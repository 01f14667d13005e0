import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const pack = promisify(brotliCompress);

/**
 * Writes a `.br` beside every script and style below a folder, as small as Brotli makes it: that takes seconds, and
 * browsers load a seventh less than with what is packed for each of them at the moment they ask.
 *
 * @param {string} folder
 */
export async function packFiles(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  await Promise.all(
    files
      .filter((file) => /\.(js|css)$/.test(file))
      .map(async (file) => {
        const at = path.join(folder, file);
        await writeFile(`${at}.br`, await pack(await readFile(at)));
      }),
  );
}
