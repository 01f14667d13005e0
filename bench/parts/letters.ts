import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startStandIn } from "@/e2e/servers";
import { type Line, ms } from "../line";
import { mustBe, strangers } from "../people";
import type { Stage } from "../stage";
import { spread } from "../statistics";
import { startTarget } from "../targets/foyer";

type Call = { path: string; at: number; ids: string[] };

/** A hundred letters to a stand-in of the provider, from a second Foyer that has one; it is the last part. */
export async function measureLetters(stage: Stage): Promise<Line[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-bench-"));
  // When we are root PostgreSQL runs as a user of its own, who must be able to pass.
  await chmod(folder, 0o711);
  const standIn = await startStandIn();
  try {
    const foyer = await startTarget(folder, {
      FOYER_FROM: "Foyer <foyer@mail.example.com>",
      RESEND_API_KEY: "re_stand_in",
      RESEND_BASE_URL: standIn.origin,
    });
    try {
      const waits: number[] = [];
      const calls: number[] = [];
      for (let round = 0; round <= stage.rounds; round++) {
        await fetch(`${standIn.origin}/control/reset`, { method: "POST", body: "{}" });
        const place = await foyer.found();
        const people = strangers(100);
        await foyer.invite(place, people);
        const committed = Date.now();
        await foyer.settle();
        const made = (await (await fetch(`${standIn.origin}/control/calls`)).json()) as Call[];
        const letters = (await (await fetch(`${standIn.origin}/control/letters`)).json()) as {
          to: string | string[];
        }[];
        const to = letters.map((letter) => [letter.to].flat()[0] ?? "");
        mustBe(100, { letters: to.length, people: new Set(to).size });
        if (people.some((one) => !to.includes(one))) throw new Error("somebody got no letter");
        if (round === 0) continue;
        calls.push(made.length);
        waits.push(Math.max(...made.map(({ at }) => at)) - committed);
      }
      const wait = spread(waits);
      return [
        {
          what: "100 letters to the provider",
          foyer: `${spread(calls).most} call, ${ms(wait.median)} after the commit (${ms(wait.least)}–${ms(wait.most)}); each person one letter`,
          goal: "1 batch call, ≤ 2 s after commit",
          met: spread(calls).most === 1 && wait.most <= 2_000,
        },
      ];
    } finally {
      await foyer.stop();
    }
  } finally {
    await standIn.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
