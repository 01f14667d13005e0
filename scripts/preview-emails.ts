import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { render } from "react-email";
import { SAMPLES } from "@/emails/samples";
import { readConfig } from "@/lib/config/env";

// `npm run emails`: writes every email with made-up data to files that can be opened in a browser.
const folder = path.join(readConfig(process.env).dataFolder, "emails");
await mkdir(folder, { recursive: true });
for (const { name, subject, text, element } of SAMPLES) {
  const file = path.join(folder, `${name}.html`);
  await writeFile(file, await render(element));
  await writeFile(path.join(folder, `${name}.txt`), `Subject: ${subject}\n\n${text}\n`);
  console.log(`${subject}\n  ${file}`);
}
