import { startClients } from "./clients";
import { countConnections } from "./db-snapshot";
import { RACES } from "./races";
import { formatOutcomes, runRace } from "./runner";
import { setUpRaceDatabase } from "./setup";

/**
 * `npm run proof:races [-- --rounds <number> --seconds <number> --only <text>]`: runs every race 10,000 times (fewer where
 * each round hashes passwords, and at most the given seconds each) and prints one line per race. Exits with 1 if a race
 * fails, and prints its first inconsistent round.
 */
const ROUNDS = 10_000;

function option(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index === -1 ? undefined : process.argv[index + 1];
}

const rounds = Number(option("--rounds") ?? ROUNDS);
const seconds = Number(option("--seconds") ?? Infinity);
const only = option("--only")?.toLowerCase() ?? "";
const database = await setUpRaceDatabase();
const clients = await startClients("product");
console.log(`4 client processes, ${await countConnections()} connections`);
let failed = 0;
for (const race of RACES.filter(({ name }) => name.toLowerCase().includes(only))) {
  try {
    const result = await runRace(race, clients, { rounds: Math.min(rounds, race.rounds ?? rounds), seconds });
    const count = result.rounds.toLocaleString("en").padStart(7);
    console.log(
      `ok    ${race.name.padEnd(42)} ${count} rounds  ${result.seconds.toFixed(0).padStart(5)} s  ${formatOutcomes(result.outcomes)}`,
    );
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${race.name}\n${error instanceof Error ? error.message : error}`);
  }
}
await clients.stop();
await database.stop();
process.exitCode = failed === 0 ? 0 : 1;
