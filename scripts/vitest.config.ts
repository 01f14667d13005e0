import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const excluded = ["**/node_modules/**", "**/.next/**", "**/.foyer/**"];

/** Two suites: unit tests, which need nothing else, and integration tests, which need PostgreSQL. */
export default defineConfig({
  root,
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          maxWorkers: availableParallelism(),
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...excluded, "**/*.integration.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          // By default one core is left idle. Here the tests often wait for PostgreSQL or a timer, so one more runs.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 1 },
          include: ["**/*.integration.test.ts"],
          exclude: excluded,
          globalSetup: ["test/global-setup.ts"],
          setupFiles: ["scripts/sql-results.ts", "test/setup.ts"],
          // Race tests and a first start of PostgreSQL take long on a busy machine.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
