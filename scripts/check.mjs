import { fileURLToPath } from "node:url";
import { buildApplication, generateDatabaseClient } from "./prepare.mjs";
import { nodeStep, playwrightStep, runSteps, taskStep, vitestStep } from "./run-steps.mjs";

// The requirements that must have a test. A change that implements another one adds its id.
const requirements =
  "A1,A2,A3,A4,A5,B1,B2,B3,B4,B5,B6,B7,B8,B9,B10,B11,B12,B13,B15,C1,C2,C3,C4,C5,C6,C7,C8,C9,C10,C11,C12,D1,D2,D3,D4,D5,D6,D7,D8,D9,D11,E1,E2,E3,E4,E5,F1,F2,F3,F4,F5,G1,G2,G3,G4,H1,H2,H3";

const sqlResults = fileURLToPath(new URL("../test-results/sql-results.jsonl", import.meta.url));

const dependencyCruiser = [
  "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
  "--config",
  "scripts/structure.cjs",
];

const steps = [
  taskStep("Database client", generateDatabaseClient),
  nodeStep("Route types", ["node_modules/next/dist/bin/next", "typegen"]),
  // The longest first, so that none of them runs alone at the end.
  [
    nodeStep("Types", ["node_modules/typescript/bin/tsc", "--noEmit"]),
    nodeStep("Vocabulary", ["scripts/vocabulary.mjs"]),
    nodeStep("Messages", ["scripts/messages.mjs"]),
    nodeStep("Structure", [
      ...dependencyCruiser,
      "app",
      "bench",
      "components",
      "emails",
      "lib",
      "prisma",
      "scripts",
      "e2e",
      "test",
    ]),
    nodeStep("Dead code", ["node_modules/knip/bin/knip.js", "--config", "scripts/knip.config.ts"]),
    nodeStep("Schema matches migrations", ["node_modules/tsx/dist/cli.mjs", "scripts/schema.ts", "check"]),
    nodeStep("Format and lint", [
      "node_modules/@biomejs/biome/bin/biome",
      "ci",
      "--colors=off",
      "--error-on-warnings",
      ".",
    ]),
    nodeStep("Minimum versions", ["scripts/minimum-versions.mjs"]),
    nodeStep("Requirements have tests", ["scripts/requirements.mjs", "--require", requirements]),
  ],
  // The build changes the route types, so it runs after the checks that read them.
  [
    taskStep("Production build", buildApplication),
    vitestStep("Unit tests", ["--config", "scripts/vitest.config.ts", "--project", "unit"]),
  ],
  vitestStep(
    "Integration tests",
    // Workers on a 2-core machine often wait for the database or another process.
    ["--config", "scripts/vitest.config.ts", "--project", "integration", "--maxWorkers=3"],
    sqlResults,
  ),
  [
    playwrightStep("End-to-end tests", []),
    nodeStep("Types of SQL results", [
      "node_modules/tsx/dist/cli.mjs",
      "scripts/check-sql-types.ts",
      sqlResults,
    ]),
  ],
];

/**
 * Runs all checks (`npm run check`). The last line of the output is `N passed, N failed`.
 *
 * @returns {Promise<boolean>} true if everything passed
 */
export function runChecks() {
  return runSteps(steps);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit((await runChecks()) ? 0 : 1);
