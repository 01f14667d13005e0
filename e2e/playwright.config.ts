import { defineConfig } from "@playwright/test";
import type { Browser } from "./browser";

// The global set-up finds the browser; the workers, which read this file again, are told which one it is.
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
    // Its libraries are for the browser alone: PostgreSQL and Node have their own.
    launchOptions: browser ? { ...browser, env: { ...process.env, ...browser.env } } : {},
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
  },
  projects: [
    // The first Owner of each installation, by the setup page itself; everything else needs them.
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
