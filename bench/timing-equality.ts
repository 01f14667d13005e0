import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { closeDatabase } from "@/lib/db/client";
import { formatNumber } from "./report";
import { chanceSlower, quantile } from "./statistics";
import { type FoyerTarget, startTarget } from "./targets/foyer";

/** Number of measured responses per form and kind of address; further ones before them warm up. */
const RESPONSES = Number(process.argv[2] ?? 1_000);
const WARM_UP = 50;

/** Addresses per organization: it accepts at most 500 unconfirmed requests, and each address of a pair makes one. */
const PER_ORGANIZATION = 200;

/** A public form with two kinds of addresses. `outcome`: the expected outcome for both. */
type Form = { name: string; post: (index: number, isKnown: boolean) => Promise<string>; outcome: string };

/**
 * `npm run bench:timing`: the response times of the public forms for known and for unknown addresses, in random order,
 * each from its own client IP, against the running application on 127.0.0.1 with all its limits. Prints both
 * distributions, and in how many random pairs the response for the known address was slower: 50 % reveals nothing.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-answers-"));
  await chmod(folder, 0o711);
  const foyer = await startTarget(path.join(folder, "data"));
  try {
    const total = RESPONSES + WARM_UP;
    for (const form of [await createRequestForm(foyer, total), await createLoginForm(foyer, total)])
      await measure(form, total);
  } finally {
    await foyer.stop();
    await closeDatabase();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure({ name, post, outcome }: Form, total: number): Promise<void> {
  const times = { known: [] as number[], unknown: [] as number[] };
  // The order is random across both kinds, because background work of one response slows down the next.
  const turns = shuffle(
    [true, false].flatMap((isKnown) => Array.from({ length: total }, (_, index) => ({ index, isKnown }))),
  );
  for (const [turn, { index, isKnown }] of turns.entries()) {
    const startedAt = performance.now();
    const response = await post(index, isKnown);
    const duration = performance.now() - startedAt;
    if (response !== outcome) throw new Error(`${name}: ${response} instead of ${outcome}`);
    if (turn >= 2 * WARM_UP) times[isKnown ? "known" : "unknown"].push(duration);
  }
  const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
  console.log(`\n| ${name}, ms | ${quantiles.map((q) => `p${q * 100}`).join(" | ")} |`);
  console.log(`| --- | ${quantiles.map(() => "---").join(" | ")} |`);
  for (const kind of ["known", "unknown"] as const)
    console.log(`| ${kind} | ${quantiles.map((q) => formatNumber(quantile(times[kind], q))).join(" | ")} |`);
  const slower = chanceSlower(times.known, times.unknown);
  // The 95 % interval of chance alone, as in the Mann-Whitney test.
  const tolerance = 1.96 * Math.sqrt((2 * RESPONSES + 1) / (12 * RESPONSES * RESPONSES));
  console.log(
    `The response for the known address was slower in ${formatNumber(slower * 100)} % of all pairs; by chance: 50 % ± ${formatNumber(tolerance * 100)} %`,
  );
}

function shuffle<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Creates organizations with users, and returns the form that requests an invitation. */
async function createRequestForm(foyer: FoyerTarget, total: number): Promise<Form> {
  const orgs: string[] = [];
  for (let remaining = total; remaining > 0; remaining -= PER_ORGANIZATION) {
    const { id, slug } = await foyer.createOrganization();
    await foyer.sql("UPDATE organization SET new_user_invitations = true WHERE id = $1", [id]);
    await foyer.sql(
      `WITH a AS (INSERT INTO account (email, name, verified_at)
                  SELECT 'user' || n || '@' || $2 || '.test', 'User', now() FROM generate_series(0, $3::int - 1) n
                  RETURNING id, email)
       INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
       SELECT gen_random_uuid(), $1, email, 'User', id, 'active', 'member', true, now() FROM a`,
      [id, slug, PER_ORGANIZATION],
    );
    orgs.push(slug);
  }
  return {
    name: "Request an invitation",
    outcome: "done",
    post: async (index, isKnown) => {
      const slug = orgs[Math.floor(index / PER_ORGANIZATION)] ?? "";
      const email = `${isKnown ? "user" : "none"}${index % PER_ORGANIZATION}@${slug}.test`;
      const input = { organization: slug, email, name: "Visitor", message: "May I come in?" };
      const { outcome } = await foyer.callAction(
        "lib/requests/actions.ts#submitRequestAction",
        `/o/${slug}/login`,
        input,
        "",
      );
      return outcome;
    },
  };
}

/** Creates accounts, and returns the login form with a wrong password. */
async function createLoginForm(foyer: FoyerTarget, total: number): Promise<Form> {
  await foyer.sql(
    `INSERT INTO account (email, name, password_hash, verified_at)
     SELECT 'user' || n || '@signin.test', 'User', (SELECT password_hash FROM account WHERE password_hash IS NOT NULL LIMIT 1), now()
     FROM generate_series(0, $1::int - 1) n`,
    [total],
  );
  return {
    name: "Log in with a wrong password",
    outcome: "wrong-credentials",
    post: async (index, isKnown) => {
      const input = {
        email: `${isKnown ? "user" : "none"}${index}@signin.test`,
        password: "not the password",
      };
      return (await foyer.callAction("lib/sign-in/actions.ts#logInAction", "/login", input, "")).outcome;
    },
  };
}

await main();
