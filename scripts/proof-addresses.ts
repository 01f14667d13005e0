import fc from "fast-check";
import { findAddresses } from "@/lib/email-address/find-addresses";
import { compareAddresses, hostileTexts, type NoisyText, noisyTexts } from "@/lib/email-address/fixture";

/**
 * `npm run proof:addresses [-- --cases <number>] [-- --seed <number>]` surrounds valid addresses with the separators,
 * wrappers and noise of real files (REQ-B11): each address is found or to be confirmed, and no other one is
 * certain. Prints the figures and exits with 1 at the first failure, which it shortens.
 */
function numberAfter(flag: string): number | undefined {
  const index = process.argv.indexOf(flag);
  return index === -1 ? undefined : Number(process.argv[index + 1]);
}

const numRuns = numberAfter("--cases") ?? 100_000;
const seed = numberAfter("--seed") ?? Date.now() % 0x7fffffff;

function prove(title: string, texts: fc.Arbitrary<NoisyText>, mustFindAll: boolean): void {
  const counts = { addresses: 0, certain: 0, asked: 0, missing: 0 };
  const before = process.cpuUsage();
  fc.assert(
    fc.property(texts, (sample) => {
      const found = findAddresses(sample.text).addresses;
      const { missing, others } = compareAddresses(sample, found);
      for (const address of new Set(sample.addresses)) {
        const entry = found.find((candidate) => candidate.address === address);
        counts.addresses++;
        if (!entry) counts.missing++;
        else if (entry.certain) counts.certain++;
        else counts.asked++;
      }
      if (others.length > 0) throw new Error(`another address is certain: ${others.join(" ")}`);
      if (mustFindAll && missing.length > 0) throw new Error(`not found: ${missing.join(" ")}`);
    }),
    { numRuns, seed },
  );
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${title}: ${numRuns} texts, ${counts.addresses} addresses: ${counts.certain} certain, ${counts.asked} to be ` +
      `confirmed, ${counts.missing} not found, 0 others certain. ${((user + system) / 1e6).toFixed(1)} s CPU.`,
  );
}

console.log(`Seed ${seed}`);
prove("Real files and pastes", noisyTexts, true);
prove("Any addresses in any noise", hostileTexts, false);
