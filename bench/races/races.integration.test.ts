import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareGround } from "./ground";
import { countConnections } from "./ledger";
import { type Players, seatPlayers } from "./players";
import type { Race } from "./race";
import { RACES } from "./races";
import { hold } from "./referee";
import { twoAdministrators } from "./rounds/invite";
import { acceptAgainstRevoke, sixteenAccepts } from "./rounds/join";
import { fiftyResends } from "./rounds/letters";
import { mutualDemotion } from "./rounds/owners";
import { approveTwice, sixteenConfirms } from "./rounds/requests";

/** Together about a minute; `npm run proof:races` plays the ten thousand. */
const SECONDS = 3;
/** Of a busy machine: starting the players, or waiting for an outcome that takes its time to occur. */
const PATIENCE = 180_000;

let ground: Awaited<ReturnType<typeof prepareGround>>;
beforeAll(async () => {
  ground = await prepareGround();
}, PATIENCE);
afterAll(() => ground.clear(), PATIENCE);

/** Players for the tests of one block. */
function seated(source: "commands" | "careless"): () => Players {
  let players: Players;
  beforeAll(async () => {
    players = await seatPlayers(source);
  }, PATIENCE);
  afterAll(() => players.stop(), PATIENCE);
  return () => players;
}

describe("the commands", () => {
  const players = seated("commands");

  test("are raced over many real connections of several processes", async () => {
    expect(await countConnections()).toBeGreaterThanOrEqual(16);
  });

  test.each(RACES.map((race) => [race.name, race] as const))(
    "%s: one right outcome in each round, by answers, rows, letters, jobs and timeline",
    async (_name, race) => {
      const { rounds } = await hold(race, players(), { seconds: SECONDS });
      expect(rounds).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});

describe("commands that check first and write afterwards", () => {
  const players = seated("careless");
  const caught = [
    { race: sixteenAccepts, finding: /\d+ × accepted|accepted came while the person was active/ },
    { race: acceptAgainstRevoke, finding: /accepted came while the person was removed/ },
    { race: twoAdministrators, finding: /outcome: invited, invited/ },
    { race: mutualDemotion, finding: /outcome: ok, ok; 0 Owners left/ },
    { race: approveTwice, finding: /outcome: ok, ok, approved/ },
    { race: sixteenConfirms, finding: /outcome: .*\bok\b.*\bok\b/ },
    { race: fiftyResends, finding: /resent \d+ times, told \d+/ },
  ];

  test.each(caught)(
    "$race.name: nothing is wrong while nobody plays against them",
    async ({ race }) => {
      // Several are dealt at once, so there may be more.
      expect((await hold(alone(race), players(), { rounds: 8 })).rounds).toBeGreaterThanOrEqual(8);
    },
    PATIENCE,
  );

  test.each(caught)(
    "$race.name: the same harness catches them",
    async ({ race, finding }) => {
      await expect(hold(race, players(), { rounds: 500 })).rejects.toThrow(finding);
    },
    PATIENCE,
  );
});

/** The same race with nobody but its first player. */
function alone(race: Race): Race {
  return {
    name: race.name,
    outcomes: ["alone"],
    deal: async (org) =>
      (await race.deal(org)).map((round) => ({
        ...round,
        moves: round.moves.slice(0, 1),
        judge: ([answer]) => (answer && "ok" in answer && answer.ok ? "alone" : "refused"),
      })),
  };
}
