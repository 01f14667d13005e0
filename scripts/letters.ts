import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { render } from "react-email";
import { SAMPLES } from "@/emails/samples";
import { readSettings } from "@/lib/config/env";

// `npm run letters`: every letter with made-up people as files to open in a browser.
const folder = path.join(readSettings(process.env).dataFolder, "letters");
await mkdir(folder, { recursive: true });
for (const { name, subject, text, letter } of SAMPLES) {
  const html = path.join(folder, `${name}.html`);
  await writeFile(html, await render(letter));
  await writeFile(path.join(folder, `${name}.txt`), `Subject: ${subject}\n\n${text}\n`);
  console.log(`${subject}\n  ${html}`);
}
