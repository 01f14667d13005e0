import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Clients, startClients } from "./clients";
import { countConnections } from "./db-snapshot";
import type { RaceScenario } from "./race";
import { RACES } from "./races";
import { runRace } from "./runner";
import { fiftyResends } from "./scenarios/emails";
import { twoAdministrators } from "./scenarios/invite";
import { acceptVsRevoke, sixteenAccepts } from "./scenarios/join";
import { mutualDemotion } from "./scenarios/owners";
import { approveTwice, sixteenConfirms } from "./scenarios/requests";
import { setUpRaceDatabase } from "./setup";

/** Seconds per race. `npm run proof:races` runs each 10,000 times. */
const SECONDS = 1;
/** Timeout on a busy machine, for starting the clients or waiting for a rare outcome. */
const TIMEOUT = 180_000;

let database: Awaited<ReturnType<typeof setUpRaceDatabase>>;
beforeAll(async () => {
  database = await setUpRaceDatabase();
}, TIMEOUT);
afterAll(() => database.stop(), TIMEOUT);

/** Starts clients for the tests of one block. */
function startClientsFor(variant: "product" | "broken"): () => Clients {
  let clients: Clients;
  beforeAll(async () => {
    clients = await startClients(variant);
  }, TIMEOUT);
  afterAll(() => clients.stop(), TIMEOUT);
  return () => clients;
}

describe("the commands", () => {
  const clients = startClientsFor("product");

  test("run on many connections of several processes", async () => {
    expect(await countConnections()).toBeGreaterThanOrEqual(16);
  });

  test.each(RACES.map((race) => [race.name, race] as const))(
    "%s: every round is consistent in results, rows, emails, jobs and timeline",
    async (_name, race) => {
      const { rounds } = await runRace(race, clients(), { seconds: SECONDS });
      expect(rounds).toBeGreaterThan(0);
    },
    TIMEOUT,
  );
});

describe("commands that check first and write afterwards", () => {
  const clients = startClientsFor("broken");
  const caught = [
    { race: sixteenAccepts, finding: /\d+ × accepted|accepted while the person was active/ },
    { race: acceptVsRevoke, finding: /accepted while the person was removed/ },
    { race: twoAdministrators, finding: /outcome: invited, invited/ },
    { race: mutualDemotion, finding: /outcome: ok, ok; 0 Owners left/ },
    { race: approveTwice, finding: /outcome: ok, ok, approved/ },
    { race: sixteenConfirms, finding: /outcome: .*\bok\b.*\bok\b/ },
    { race: fiftyResends, finding: /resent \d+ times, \d+ in the timeline/ },
  ];

  test.each(caught)(
    "$race.name: a single call is consistent",
    async ({ race }) => {
      // Several rounds are prepared together, so there may be more.
      expect((await runRace(withSingleCall(race), clients(), { rounds: 8 })).rounds).toBeGreaterThanOrEqual(
        8,
      );
    },
    TIMEOUT,
  );

  test.each(caught)(
    "$race.name: the harness detects the broken commands",
    async ({ race, finding }) => {
      await expect(runRace(race, clients(), { rounds: 500 })).rejects.toThrow(finding);
    },
    TIMEOUT,
  );
});

/** Returns the same race with only its first call. */
function withSingleCall(race: RaceScenario): RaceScenario {
  return {
    name: race.name,
    outcomes: ["single"],
    prepare: async (org) =>
      (await race.prepare(org)).map((round) => ({
        ...round,
        calls: round.calls.slice(0, 1),
        classify: ([result]) => (result && "ok" in result && result.ok ? "single" : "refused"),
      })),
  };
}
