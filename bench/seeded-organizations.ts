import { seedOrganization } from "@/scripts/seed-organization";
import type { BenchContext } from "./context";
import type { BenchOrganization } from "./targets/foyer";

const SLUGS: Record<number, string> = { 1000: "thousand", 1000000: "million" };
const prepared = new Map<string, BenchOrganization>();

/**
 * Returns an organization with `count` made-up people, which is seeded once and reused; the bench's user is its Owner.
 */
export async function prepareOrganization(
  { foyer }: BenchContext,
  count: number,
): Promise<BenchOrganization> {
  const slug = SLUGS[count] ?? `crowd-${count}`;
  const existing = prepared.get(slug);
  if (existing) return existing;
  const startedAt = performance.now();
  const inviters = count < 10_000 ? 2 : 24;
  const { organizationId: id, created } = await seedOrganization({
    slug,
    name: `Crowd of ${count}`,
    count,
    inviters,
  });
  if (created)
    console.error(`  created /o/${slug} in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  await foyer.addOwner(id);
  const organization = { id, slug };
  prepared.set(slug, organization);
  return organization;
}
