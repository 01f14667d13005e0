import { get } from "node:http";
import type { Stage } from "../context";
import { memoryOf } from "../cpu";
import { ask } from "../fetch-page";
import { inFigures, type Line } from "../report";
import { crowd } from "../seeded-organizations";

const PAGES = 500;

/** Memory after everything that was measured before, after many pages of the million, and while the million is exported. */
export async function measureMemory(stage: Stage): Promise<Line[]> {
  const { foyer, peer, people } = stage;
  const now = () => memoryOf(foyer.pid);
  const { slug } = await crowd(stage, people);
  const users = `${foyer.origin}/o/${slug}/admin/users`;
  const afterLoad = now();
  let [page, pages] = [`${users}/invitations`, 0];
  for (; pages < PAGES; pages++) {
    await ask(page, foyer.owner);
    page = `${users}${pages % 2 ? "" : "/invitations"}?search=${"abcdefghijklmnopqrstuvwxyz"[pages % 26]}`;
  }
  const afterPages = now();
  const line = (what: string, mib: number, goal: string, met: boolean | null, more = ""): Line => ({
    what,
    foyer: `${inFigures(mib)} MiB${more}`,
    goal,
    met,
  });
  const lines = [
    {
      ...line("memory after the load, without the database", afterLoad, "≤ 400 MiB", afterLoad <= 400),
      peer: `${inFigures(memoryOf(peer.pid))} MiB`,
    },
    line(
      `memory after ${PAGES} pages and searches at ${inCount(people)}`,
      afterPages,
      "±10 % of before",
      Math.abs(afterPages / afterLoad - 1) <= 0.1,
      `, ${inFigures((afterPages / afterLoad - 1) * 100)} %`,
    ),
  ];
  for (const list of ["/invitations", ""]) {
    const exported = await exportAll(`${users}${list}/export?status=${list ? "all" : "present"}`, stage);
    lines.push(
      line(
        `memory while ${inCount(exported.rows)} ${list ? "invitations" : "users"} are exported`,
        exported.most,
        "flat",
        null,
        ` at most, ${inFigures(exported.before)} before; ${inFigures(exported.seconds)} s, ${inFigures(exported.megabytes)} MB`,
      ),
    );
  }
  lines.push(await goAway(`${users}/invitations/export?status=all`, stage));
  return lines;
}

async function exportAll(address: string, { foyer }: Stage) {
  const before = memoryOf(foyer.pid);
  const began = performance.now();
  let [most, bytes, rows] = [before, 0, -1];
  const response = await fetch(address, { headers: { cookie: foyer.owner } });
  if (!response.ok || !response.body) throw new Error(`${address}: ${response.status}`);
  for await (const part of response.body) {
    bytes += part.length;
    for (const byte of part) if (byte === 10) rows++;
    most = Math.max(most, memoryOf(foyer.pid));
  }
  return { before, most, rows, seconds: (performance.now() - began) / 1000, megabytes: bytes / 1e6 };
}

/** A client that goes away in the middle of an export: how long the database is still asked for it. */
async function goAway(address: string, { foyer }: Stage): Promise<Line> {
  await new Promise<void>((resolve, reject) => {
    const request = get(address, { headers: { cookie: foyer.owner } }, (response) => {
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes < 1_000_000) return;
        request.destroy();
        resolve();
      });
    }).on("error", reject);
  });
  const gone = performance.now();
  let asked = gone;
  // Quiet for a second is gone for good: a piece takes some dozen milliseconds.
  while (performance.now() - asked < 1_000) {
    const [{ busy }] = await foyer.sql(
      `SELECT count(*)::int AS busy FROM pg_stat_activity
       WHERE pid <> pg_backend_pid() AND datname = current_database() AND query LIKE '%"inviterId"%'
         AND greatest(query_start, state_change) > clock_timestamp() - interval '100 milliseconds'`,
    );
    if (busy > 0) asked = performance.now();
    if (asked - gone > 10_000) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    what: "after the client of an export went away",
    foyer: `the database was asked for another ${inFigures(asked - gone)} ms`,
    goal: "≤ 1 s",
    met: asked - gone <= 1_000,
  };
}

function inCount(count: number): string {
  return count.toLocaleString("en-US");
}
