import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startStandIn } from "@/e2e/servers";
import type { BenchContext } from "../context";
import { formatMs, type GoalRow } from "../report";
import { spread } from "../statistics";
import { startTarget } from "../targets/foyer";
import { assertCounts, newAddresses } from "../test-data";

type Call = { path: string; at: number; ids: string[] };

/** Measures the delivery of 100 emails to the stand-in of the provider, from a second installation. Runs last. */
export async function measureEmailDelivery(context: BenchContext): Promise<GoalRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-bench-"));
  // If this process runs as root, PostgreSQL runs as its own user and needs access to the folder.
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
      for (let round = 0; round <= context.rounds; round++) {
        await fetch(`${standIn.origin}/control/reset`, { method: "POST", body: "{}" });
        const org = await foyer.createOrganization();
        const people = newAddresses(100);
        await foyer.invite(org, people);
        const committed = Date.now();
        await foyer.waitUntilIdle();
        const recordedCalls = (await (await fetch(`${standIn.origin}/control/calls`)).json()) as Call[];
        const emails = (await (await fetch(`${standIn.origin}/control/emails`)).json()) as {
          to: string | string[];
        }[];
        const recipients = emails.map(({ to }) => [to].flat()[0] ?? "");
        assertCounts(100, { emails: recipients.length, people: new Set(recipients).size });
        if (people.some((address) => !recipients.includes(address))) throw new Error("an email is missing");
        if (round === 0) continue;
        calls.push(recordedCalls.length);
        waits.push(Math.max(...recordedCalls.map(({ at }) => at)) - committed);
      }
      const wait = spread(waits);
      return [
        {
          metric: "100 emails to the provider",
          foyer: `${spread(calls).max} call, ${formatMs(wait.median)} after the commit (${formatMs(wait.min)}–${formatMs(wait.max)}); one email per person`,
          goal: "1 batch call, ≤ 2 s after commit",
          met: spread(calls).max === 1 && wait.max <= 2_000,
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
