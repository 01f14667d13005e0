import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { render } from "react-email";
import { createSamples } from "@/emails/samples";
import { readConfig } from "@/lib/config/env";
import { LOCALES } from "@/lib/i18n/locales";
import { translationFor } from "@/lib/i18n/translation";

// `npm run emails`: writes every email with made-up data, in each language, to files that can be opened in a browser.
const folder = path.join(readConfig(process.env).dataFolder, "emails");
for (const locale of LOCALES) {
  const localeFolder = path.join(folder, locale);
  await mkdir(localeFolder, { recursive: true });
  for (const { name, subject, text, element } of createSamples({
    ...translationFor(locale),
    timeZone: "Europe/Berlin",
  })) {
    const file = path.join(localeFolder, `${name}.html`);
    await writeFile(file, await render(element));
    await writeFile(path.join(localeFolder, `${name}.txt`), `Subject: ${subject}\n\n${text}\n`);
    console.log(`${subject}\n  ${file}`);
  }
}
