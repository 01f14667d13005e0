import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL("..", import.meta.url));
const excluded = ["**/node_modules/**", "**/.next/**", "**/.foyer/**"];

/** Test files that take long although they are small. They come first, so that none runs alone at the end. */
const longFiles = /(races|crash-test|embedded|uncertain-delivery|plans|rows-read|structure|vocabulary)[.]/;

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => Number(longFiles.test(b.moduleId)) - Number(longFiles.test(a.moduleId)));
  }
}

/** Two suites: unit tests, which need nothing else, and integration tests, which need PostgreSQL. */
export default defineConfig({
  root,
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    // By default one core is left idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongFilesFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...excluded, "**/*.integration.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude: excluded,
          globalSetup: ["test/global-setup.ts"],
          setupFiles: ["scripts/sql-results.ts", "test/setup.ts"],
          // Race tests and the first start of PostgreSQL take long on a busy machine.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
