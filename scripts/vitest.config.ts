import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const outside = ["**/node_modules/**", "**/.next/**", "**/.foyer/**"];

/** Two suites: pure files without anything running, and what needs a real PostgreSQL. */
export default defineConfig({
  root,
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...outside, "**/*.integration.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude: outside,
          globalSetup: ["scripts/test-database.ts"],
          // Races need real time, and a first start of PostgreSQL on a busy machine does too.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
