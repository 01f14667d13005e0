import { createLink } from "@/lib/accounts/links";
import { env } from "@/lib/config/env";
import { transaction } from "@/lib/db/client";
import { buildAccountLink } from "@/lib/links/account-link";
import { withInstallation } from "./installation";
import { printLine } from "./progress.mjs";
import { firstOwnerAddress, seedOrganization } from "./seed-organization";

const MILLION = { slug: "million", name: "A Million", inviters: 24 };

/**
 * `npm run seed:million [-- <count>]` creates an organization with a million people and their invitations, to
 * try and measure its lists; it takes a few minutes. Prints a one-time login link of the Owner; called again,
 * prints only another link.
 */
async function main(count: number): Promise<void> {
  const startedAt = performance.now();
  const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  const { created } = await seedOrganization({ ...MILLION, count }, (done) => {
    if (done % 100_000 === 0 || done === count)
      printLine(`  ${done.toLocaleString("en-US").padStart(9)} people  ${elapsed()}`);
  });
  printLine(
    created ? `  vacuumed and analyzed  ${elapsed()}` : `The organization /o/${MILLION.slug} already exists.`,
  );
  const email = firstOwnerAddress(MILLION.slug);
  const secret = await transaction(async (tx) => {
    const { id } = await tx.account.findUniqueOrThrow({ where: { email }, select: { id: true } });
    return (await createLink(tx, { accountId: id, email, purpose: "sign-in", hours: 24 })).secret;
  });
  printLine(
    `\n  Run npm start, then use this one-time login link: ${buildAccountLink(env().origin, "sign-in", secret)}`,
  );
  printLine(`  and open ${env().origin}/o/${MILLION.slug}/admin/users\n`);
}

await withInstallation(() => main(Number(process.argv[2] ?? 1_000_000)));
