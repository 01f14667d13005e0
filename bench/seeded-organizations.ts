import { seedOrganization } from "@/scripts/seed-organization";
import type { Stage } from "./context";
import type { Place } from "./targets/foyer";

const KNOWN: Record<number, string> = { 1000: "thousand", 1000000: "million" };
const entered = new Map<string, Place>();

/** An organization of so many invented people, made once and kept for the next time; whoever is signed in has a place there. */
export async function crowd({ foyer }: Stage, count: number): Promise<Place> {
  const slug = KNOWN[count] ?? `crowd-${count}`;
  const known = entered.get(slug);
  if (known) return known;
  const began = performance.now();
  const inviters = count < 10_000 ? 2 : 24;
  const { organizationId: id, created } = await seedOrganization({
    slug,
    name: `Crowd of ${count}`,
    count,
    inviters,
  });
  if (created) console.error(`  made /o/${slug} in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await foyer.enter(id);
  const place = { id, slug };
  entered.set(slug, place);
  return place;
}
