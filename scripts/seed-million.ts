import { makeLink } from "@/lib/accounts/links";
import { db, pool, transaction } from "@/lib/db/client";
import { printCode } from "@/lib/invitations/code";
import { env } from "@/lib/kit/env";
import { createOrganization, seatFirstOwner } from "@/lib/organizations/commands";
import { seatCrowd } from "./crowd";
import { withInstallation } from "./installation";
import { say } from "./steps.mjs";

const SLUG = "million";
const OWNER = { email: "ana.million@million.example", name: "Ana Million" };
const INVITERS = 24;

/**
 * `npm run seed:million [-- <how many>]`: an organization with a million people and their invitations, in some minutes,
 * to see and measure what it is like. Prints a link that signs in as its Owner, once; called again, only another link.
 */
async function main(count: number): Promise<void> {
  const known = await db().organization.findUnique({ where: { slug: SLUG }, select: { id: true } });
  if (known) say(`The organization /o/${SLUG} is there already.`);
  else await seed(count);
  const secret = await transaction(async (tx) => {
    const { id } = await tx.account.findUniqueOrThrow({
      where: { email: OWNER.email },
      select: { id: true },
    });
    return (await makeLink(tx, { accountId: id, email: OWNER.email, purpose: "sign-in", hours: 24 })).secret;
  });
  say(`\n  npm start, then sign in, once: ${env().origin}/sign-in/${printCode(secret)}`);
  say(`  and open ${env().origin}/o/${SLUG}/admin/users\n`);
}

async function seed(count: number): Promise<void> {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  const { organizationId, inviters } = await found();
  await seatCrowd(organizationId, inviters, { count }, (done) => {
    if (done % 100_000 === 0 || done === count)
      say(`  ${done.toLocaleString("en-US").padStart(9)} people  ${seconds()}`);
  });
  // As autovacuum would have left it by and by.
  for (const table of ["account", "member", "member_policy", "invitation"])
    await pool().query(`VACUUM (ANALYZE) ${table}`);
  say(`  tidied and measured  ${seconds()}`);
}

/** The organization, its Owner, and those who have invited. */
async function found(): Promise<{ organizationId: string; inviters: string[] }> {
  return transaction(async (tx) => {
    const organizationId = await createOrganization(tx, { name: "A Million", slug: SLUG });
    const inviters: string[] = [];
    for (let at = 0; at < INVITERS; at++) {
      const person = at === 0 ? OWNER : { email: `admin${at}@million.example`, name: `Admin ${at}` };
      const account = await tx.account.create({
        data: { ...person, verifiedAt: new Date() },
        select: { id: true, email: true, name: true },
      });
      inviters.push(await seatFirstOwner(tx, organizationId, account));
    }
    return { organizationId, inviters };
  });
}

await withInstallation(() => main(Number(process.argv[2] ?? 1_000_000)));
