import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { closeDatabase } from "@/lib/db/client";
import { inFigures } from "./report";
import { chanceSlower, quantile } from "./statistics";
import { startTarget, type Target } from "./targets/foyer";

/** So many answers each are timed; the first ones warm up. */
const ANSWERS = Number(process.argv[2] ?? 1_000);
const WARM_UP = 50;

/** An organization takes 500 who have not confirmed: so many of its own ask each, and as many strangers. */
const PER_ORGANIZATION = 200;

/** Times a form for somebody whose address is known, or is not. */
type Form = { name: string; post: (at: number, isKnown: boolean) => Promise<string>; answer: string };

/**
 * `npm run bench:answers`: how long the public forms take to answer for known and for unknown addresses, in turns that
 * chance chooses, each from a client of its own, against the served product on 127.0.0.1 with all its limits. Prints both
 * distributions, and of two answers drawn at random how often the known one was slower: 50 % tells nobody anything.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-answers-"));
  await chmod(folder, 0o711);
  const foyer = await startTarget(path.join(folder, "data"));
  try {
    const total = ANSWERS + WARM_UP;
    for (const form of [await requests(foyer, total), await signIns(foyer, total)])
      await measure(form, total);
  } finally {
    await foyer.stop();
    await closeDatabase();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure({ name, post, answer }: Form, total: number): Promise<void> {
  const times = { known: [] as number[], unknown: [] as number[] };
  // In an order that is chance alone, pairs too: what one has started in the background slows the next, whoever that is.
  const turns = shuffled(
    [true, false].flatMap((isKnown) => Array.from({ length: total }, (_, at) => ({ at, isKnown }))),
  );
  for (const [turn, { at, isKnown }] of turns.entries()) {
    const began = performance.now();
    const told = await post(at, isKnown);
    const took = performance.now() - began;
    if (told !== answer) throw new Error(`${name}: ${told} instead of ${answer}`);
    if (turn >= 2 * WARM_UP) times[isKnown ? "known" : "unknown"].push(took);
  }
  const parts = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
  console.log(`\n| ${name}, ms | ${parts.map((part) => `p${part * 100}`).join(" | ")} |`);
  console.log(`| --- | ${parts.map(() => "---").join(" | ")} |`);
  for (const who of ["known", "unknown"] as const)
    console.log(`| ${who} | ${parts.map((part) => inFigures(quantile(times[who], part))).join(" | ")} |`);
  const slower = chanceSlower(times.known, times.unknown);
  // What chance alone leaves in 95 of 100 runs, as for the test of Mann and Whitney.
  const within = 1.96 * Math.sqrt((2 * ANSWERS + 1) / (12 * ANSWERS * ANSWERS));
  console.log(
    `The known one was slower in ${inFigures(slower * 100)} % of all pairs; chance alone: 50 % ± ${inFigures(within * 100)} %`,
  );
}

function shuffled<T>(list: T[]): T[] {
  return list
    .map((one) => ({ one, by: Math.random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one);
}

/** Asking for an invitation: users of the organization, and strangers. */
async function requests(foyer: Target, total: number): Promise<Form> {
  const orgs: string[] = [];
  for (let left = total; left > 0; left -= PER_ORGANIZATION) {
    const { id, slug } = await foyer.found();
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
    answer: "done",
    post: async (at, isKnown) => {
      const slug = orgs[Math.floor(at / PER_ORGANIZATION)] ?? "";
      const email = `${isKnown ? "user" : "none"}${at % PER_ORGANIZATION}@${slug}.test`;
      const sent = { organization: slug, email, name: "Somebody", message: "May I come in?" };
      const { answer } = await foyer.act(
        "lib/requests/actions.ts#submitRequestAction",
        `/o/${slug}/login`,
        sent,
        "",
      );
      return answer;
    },
  };
}

/** Signing in with a wrong password: accounts, and addresses without one. */
async function signIns(foyer: Target, total: number): Promise<Form> {
  await foyer.sql(
    `INSERT INTO account (email, name, password_hash, verified_at)
     SELECT 'user' || n || '@signin.test', 'User', (SELECT password_hash FROM account WHERE password_hash IS NOT NULL LIMIT 1), now()
     FROM generate_series(0, $1::int - 1) n`,
    [total],
  );
  return {
    name: "Log in with a wrong password",
    answer: "wrong-credentials",
    post: async (at, isKnown) => {
      const sent = { email: `${isKnown ? "user" : "none"}${at}@signin.test`, password: "not the password" };
      return (await foyer.act("lib/sign-in/actions.ts#logInAction", "/login", sent, "")).answer;
    },
  };
}

await main();
