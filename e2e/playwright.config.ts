import { defineConfig } from "@playwright/test";
import type { Browser } from "./browser";

// The global setup finds the browser and passes it to the workers, which evaluate this file again.
const browser: Browser | null = JSON.parse(process.env.FOYER_E2E_BROWSER ?? "null");

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  globalSetup: "./global-setup.ts",
  outputDir: "../test-results/journeys",
  reporter: [["list"], ["json", { outputFile: process.env.FOYER_REPORT ?? "../test-results/journeys.json" }]],
  // More than the 2 cores of a small machine: journeys often wait, for example for an email or the next poll.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    // The library path applies only to the browser: PostgreSQL and Node have their own libraries.
    launchOptions: browser ? { ...browser, env: { ...process.env, ...browser.env } } : {},
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Recording costs time in every test, and only failed ones need it: run those again with `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
  },
  projects: [
    // Creates the first Owner of each installation through the setup page; the journeys need them.
    { name: "setup", testMatch: "**/setup.spec.ts" },
    // Needs nothing from the setup. Without the dependency it would run before the journeys instead of alongside them.
    { name: "access", testMatch: "access/*.spec.ts", dependencies: ["setup"] },
    {
      name: "journeys",
      testMatch: "journeys/*.spec.ts",
      testIgnore: "**/setup.spec.ts",
      dependencies: ["setup"],
    },
  ],
});
