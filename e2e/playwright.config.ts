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
  workers: 2,
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
    trace: "retain-on-failure",
  },
  projects: [
    // Creates the first Owner of each installation through the setup page; the journeys need them.
    { name: "setup", testMatch: "**/setup.spec.ts" },
    { name: "access", testMatch: "access/*.spec.ts" },
    {
      name: "journeys",
      testMatch: "journeys/*.spec.ts",
      testIgnore: "**/setup.spec.ts",
      dependencies: ["setup"],
    },
  ],
});
