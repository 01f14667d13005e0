import { prepareGround } from "./ground";
import { countConnections } from "./ledger";
import { seatPlayers } from "./players";
import { RACES } from "./races";
import { hold, words } from "./referee";

/**
 * `npm run proof:races [-- --rounds <number> --seconds <number> --only <words>]`: every race 10,000 times (fewer where
 * each round hashes passwords, and at most so many seconds each, if they are given), a line for each. Ends with 1 at the first round in which anything is wrong, and shows it.
 */
const ROUNDS = 10_000;

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

const rounds = Number(option("--rounds") ?? ROUNDS);
const seconds = Number(option("--seconds") ?? Infinity);
const only = option("--only")?.toLowerCase() ?? "";
const ground = await prepareGround();
const players = await seatPlayers("commands");
console.log(`4 processes of players, ${await countConnections()} connections`);
let failed = 0;
for (const race of RACES.filter(({ name }) => name.toLowerCase().includes(only))) {
  try {
    const result = await hold(race, players, { rounds: Math.min(rounds, race.rounds ?? rounds), seconds });
    const count = result.rounds.toLocaleString("en").padStart(7);
    console.log(
      `ok    ${race.name.padEnd(42)} ${count} rounds  ${result.seconds.toFixed(0).padStart(5)} s  ${words(result.outcomes)}`,
    );
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${race.name}\n${error instanceof Error ? error.message : error}`);
  }
}
await players.stop();
await ground.clear();
process.exitCode = failed === 0 ? 0 : 1;
