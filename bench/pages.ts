import { findActor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { invitationList } from "@/lib/invitations/list";
import { listInvitations } from "@/lib/invitations/queries/list";
import { countOpenInvitations, findInviters } from "@/lib/invitations/queries/tallies";
import type { Params } from "@/lib/kit/list-params";
import { createOrganization, seatFirstOwner } from "@/lib/organizations/commands";
import { seatCrowd } from "@/scripts/crowd";
import { withInstallation } from "@/scripts/installation";

const ROUNDS = 60;

/** What people ask of the list, from the usual to the mean. */
const QUESTIONS: Record<string, Params> = {
  "first page": {},
  "by address": { sort: "email" },
  expired: { status: "expired" },
  bounced: { delivery: "bounced" },
  "search, one person": { search: "nora.lind1" },
  "search, middling": { search: "andersen" },
  "search, frequent": { search: "northwind" },
  "search, no match": { search: "zzyzx" },
  "search, one letter": { search: "m" },
  "search, two letters": { search: "no" },
  "search, dots only": { search: "..." },
  "search in revoked": { search: "andersen", status: "revoked" },
  "two filters": { delivery: "failed", role: "admin" },
  "filter, other order": { role: "owner", sort: "email" },
};

/**
 * `npm run bench:pages`, after `npm run seed:million`: the same pages of an organization with a thousand people and of
 * one with a million, in turns, from the query to the rows; and a page deep inside of each.
 */
await withInstallation(async () => {
  const thousand = await ownerOf("thousand");
  const million = await ownerOf("million");
  console.log(
    `| ${"page".padEnd(20)} | 1,000: p50, p95 | 1,000,000: p50, p95 | |\n| --- | --- | --- | --- |`,
  );
  for (const [name, params] of Object.entries(QUESTIONS)) await compare(name, () => params);
  const deep = { thousand: await deepIn(thousand, 400), million: await deepIn(million, 400_000) };
  await compare("deep page", (slug) => deep[slug]);
  for (const [name, read] of Object.entries({ count: countOpenInvitations, inviters: findInviters }))
    report(name, await time(() => read(thousand)), await time(() => read(million)), "");

  async function compare(name: string, paramsOf: (slug: "thousand" | "million") => Params) {
    const states = [
      invitationList.read(paramsOf("thousand")),
      invitationList.read(paramsOf("million")),
    ] as const;
    const small: number[] = [];
    const large: number[] = [];
    let answer = "";
    for (let round = 0; round < ROUNDS; round++) {
      small.push(...(await time(() => listInvitations(thousand, states[0]), 1)));
      const took = await time(async () => {
        const outcome = await listInvitations(million, states[1]);
        answer = outcome.ok ? `${outcome.value.rows.length} rows` : outcome.reason;
      }, 1);
      large.push(...took);
    }
    report(name, small, large, answer);
  }
});

async function time(work: () => Promise<unknown>, rounds = ROUNDS): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times;
}

function report(name: string, small: number[], large: number[], answer: string): void {
  const figures = (times: number[]) =>
    [0.5, 0.95].map((part) => `${quantile(times, part).toFixed(1).padStart(5)} ms`).join(", ");
  console.log(`| ${name.padEnd(20)} | ${figures(small)} | ${figures(large)} | ${answer} |`);
}

function quantile(times: number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;
}

/** Somebody who may read the list; the small organization is made when it is not there. */
async function ownerOf(slug: "thousand" | "million") {
  const known = await db().organization.findUnique({ where: { slug }, select: { id: true } });
  if (!known && slug === "million")
    throw new Error("There is no organization /o/million. First: npm run seed:million");
  if (!known) await seedThousand();
  const owner = await db().member.findFirstOrThrow({
    where: { organization: { slug }, role: "owner", status: "active", givenBy: null },
    select: { accountId: true },
  });
  const actor = await findActor(owner.accountId ?? "", slug);
  if (!actor) throw new Error(`nobody may read /o/${slug}`);
  return actor;
}

async function seedThousand(): Promise<void> {
  const { id, owner } = await transaction(async (tx) => {
    const id = await createOrganization(tx, { name: "A Thousand", slug: "thousand" });
    const account = await tx.account.create({
      data: { email: "ana@thousand.example", name: "Ana", verifiedAt: new Date() },
    });
    return { id, owner: await seatFirstOwner(tx, id, account) };
  });
  await seatCrowd(id, [owner, owner], { count: 1_000, label: ".thousand" });
}

/** The question for the page after so many rows. */
async function deepIn(actor: Awaited<ReturnType<typeof ownerOf>>, rows: number): Promise<Params> {
  const [row] = await db().$queryRaw<{ id: string; expiresAt: Date }[]>`
    SELECT id, expires_at AS "expiresAt" FROM invitation
    WHERE organization_id = ${actor.organization.id}::uuid AND settled_as IS NULL
    ORDER BY expires_at DESC, id DESC OFFSET ${rows} LIMIT 1`;
  if (!row) throw new Error("not that many");
  const cursor = { side: "after" as const, keys: [row.expiresAt.toISOString()], id: row.id };
  const query = invitationList.write({ ...invitationList.defaults, cursor });
  return Object.fromEntries(new URLSearchParams(query));
}
