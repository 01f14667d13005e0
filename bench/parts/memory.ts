import { get } from "node:http";
import type { BenchContext } from "../context";
import { readMemory } from "../cpu";
import { fetchPage } from "../fetch-page";
import { formatNumber, type GoalRow } from "../report";
import { prepareOrganization } from "../seeded-organizations";

const PAGES = 500;

/** Measures memory after the earlier parts, after many pages of the large organization, and during its exports. */
export async function measureMemory(context: BenchContext): Promise<GoalRow[]> {
  const { foyer, peer, people } = context;
  const readFoyerMemory = () => readMemory(foyer.pid);
  const { slug } = await prepareOrganization(context, people);
  const users = `${foyer.origin}/o/${slug}/admin/users`;
  const afterLoad = readFoyerMemory();
  let [page, pages] = [`${users}/invitations`, 0];
  for (; pages < PAGES; pages++) {
    await fetchPage(page, foyer.owner);
    page = `${users}${pages % 2 ? "" : "/invitations"}?search=${"abcdefghijklmnopqrstuvwxyz"[pages % 26]}`;
  }
  const afterPages = readFoyerMemory();
  const createRow = (metric: string, mib: number, goal: string, met: boolean | null, more = ""): GoalRow => ({
    metric,
    foyer: `${formatNumber(mib)} MiB${more}`,
    goal,
    met,
  });
  const rows = [
    {
      ...createRow("memory after the load, without the database", afterLoad, "≤ 400 MiB", afterLoad <= 400),
      peer: `${formatNumber(readMemory(peer.pid))} MiB`,
    },
    createRow(
      `memory after ${PAGES} pages and searches at ${formatCount(people)}`,
      afterPages,
      "±10 % of before",
      Math.abs(afterPages / afterLoad - 1) <= 0.1,
      `, ${formatNumber((afterPages / afterLoad - 1) * 100)} %`,
    ),
  ];
  for (const list of ["/invitations", ""]) {
    const exported = await exportAll(`${users}${list}/export?status=${list ? "all" : "present"}`, context);
    rows.push(
      createRow(
        `memory while ${formatCount(exported.rows)} ${list ? "invitations" : "users"} are exported`,
        exported.maximum,
        "flat",
        null,
        ` at most, ${formatNumber(exported.before)} before; ${formatNumber(exported.seconds)} s, ${formatNumber(exported.megabytes)} MB`,
      ),
    );
  }
  rows.push(await measureAbortedExport(`${users}/invitations/export?status=all`, context));
  return rows;
}

async function exportAll(address: string, { foyer }: BenchContext) {
  const before = readMemory(foyer.pid);
  const startedAt = performance.now();
  let [maximum, bytes, rowCount] = [before, 0, -1];
  const response = await fetch(address, { headers: { cookie: foyer.owner } });
  if (!response.ok || !response.body) throw new Error(`${address}: ${response.status}`);
  for await (const chunk of response.body) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) rowCount++;
    maximum = Math.max(maximum, readMemory(foyer.pid));
  }
  return {
    before,
    maximum,
    rows: rowCount,
    seconds: (performance.now() - startedAt) / 1000,
    megabytes: bytes / 1e6,
  };
}

/** Measures how long the database is still queried after the client of an export has disconnected. */
async function measureAbortedExport(address: string, { foyer }: BenchContext): Promise<GoalRow> {
  await new Promise<void>((resolve, reject) => {
    const request = get(address, { headers: { cookie: foyer.owner } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < 1_000_000) return;
        request.destroy();
        resolve();
      });
    }).on("error", reject);
  });
  const disconnectedAt = performance.now();
  let lastQueryAt = disconnectedAt;
  // No query for a second means that the export has ended: a chunk takes about 10 ms.
  while (performance.now() - lastQueryAt < 1_000) {
    const [{ busy }] = await foyer.sql(
      `SELECT count(*)::int AS busy FROM pg_stat_activity
       WHERE pid <> pg_backend_pid() AND datname = current_database() AND query LIKE '%"inviterId"%'
         AND greatest(query_start, state_change) > clock_timestamp() - interval '100 milliseconds'`,
    );
    if (busy > 0) lastQueryAt = performance.now();
    if (lastQueryAt - disconnectedAt > 10_000) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    metric: "after the client of an export disconnected",
    foyer: `the database worked for another ${formatNumber(lastQueryAt - disconnectedAt)} ms`,
    goal: "≤ 1 s",
    met: lastQueryAt - disconnectedAt <= 1_000,
  };
}

function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
