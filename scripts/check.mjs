import { fileURLToPath } from "node:url";
import { build, generate } from "./prepare.mjs";
import { playwright, runSteps, tool, vitest, work } from "./run-steps.mjs";

// What the house holds so far; each issue adds the rows it brings.
const rows =
  "A1,A2,A3,A4,A5,B1,B2,B3,B4,B5,B6,B7,B8,C1,C2,C3,C4,C5,C6,C7,C8,C9,C10,C11,C12,D1,D2,D3,D4,D5,D6,D7,D8,D9,E1,E2,E3,E4,E5,F1,F2,F3,F4,F5,G1,G2,G3,G4,H1,H2,H3";

const cruise = [
  "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
  "--config",
  "scripts/structure.cjs",
];

const steps = [
  work("Database client", generate),
  tool("Format and lint", [
    "node_modules/@biomejs/biome/bin/biome",
    "ci",
    "--colors=off",
    "--error-on-warnings",
    ".",
  ]),
  tool("Types of the routes", ["node_modules/next/dist/bin/next", "typegen"]),
  tool("Types", ["node_modules/typescript/bin/tsc", "--noEmit"]),
  tool("Structure", [...cruise, "app", "bench", "components", "emails", "lib", "prisma", "scripts", "e2e"]),
  tool("Dead code", ["node_modules/knip/bin/knip.js", "--config", "scripts/knip.config.ts"]),
  tool("Security floors", ["scripts/floors.mjs"]),
  tool("Schema and migrations agree", ["node_modules/tsx/dist/cli.mjs", "scripts/schema.ts", "check"]),
  tool("Rows without a test", ["scripts/rows.mjs", "--require", rows]),
  vitest("Unit tests", ["--config", "scripts/vitest.config.ts", "--project", "unit"]),
  vitest("Tests on PostgreSQL", ["--config", "scripts/vitest.config.ts", "--project", "integration"]),
  work("Production build", build),
  playwright("Journeys", []),
];

/**
 * `npm run check`: everything. Ends with the line `N passed, N failed`.
 *
 * @returns {Promise<boolean>} did everything pass?
 */
export function check() {
  return runSteps(steps);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit((await check()) ? 0 : 1);
