import { makeLink } from "@/lib/accounts/links";
import { env } from "@/lib/config/env";
import { transaction } from "@/lib/db/client";
import { accountLink } from "@/lib/links/account-link";
import { ownerOf, provideCrowd } from "./crowd-organization";
import { withInstallation } from "./installation";
import { say } from "./steps.mjs";

const MILLION = { slug: "million", name: "A Million", inviters: 24 };

/**
 * `npm run seed:million [-- <how many>]`: an organization with a million people and their invitations, in some minutes,
 * to see and measure what it is like. Prints a link that signs in as its Owner, once; called again, only another link.
 */
async function main(count: number): Promise<void> {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  const { made } = await provideCrowd({ ...MILLION, count }, (done) => {
    if (done % 100_000 === 0 || done === count)
      say(`  ${done.toLocaleString("en-US").padStart(9)} people  ${seconds()}`);
  });
  say(made ? `  tidied and measured  ${seconds()}` : `The organization /o/${MILLION.slug} is there already.`);
  const email = ownerOf(MILLION.slug);
  const secret = await transaction(async (tx) => {
    const { id } = await tx.account.findUniqueOrThrow({ where: { email }, select: { id: true } });
    return (await makeLink(tx, { accountId: id, email, purpose: "sign-in", hours: 24 })).secret;
  });
  say(`\n  npm start, then sign in, once: ${accountLink(env().origin, "sign-in", secret)}`);
  say(`  and open ${env().origin}/o/${MILLION.slug}/admin/users\n`);
}

await withInstallation(() => main(Number(process.argv[2] ?? 1_000_000)));
