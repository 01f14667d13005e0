import { connectionPool, db, transaction } from "@/lib/db/client";
import { addFirstOwner, insertOrganization } from "@/lib/organizations/commands/insert";
import { seedPeople } from "./seed-people";
import { seedRequests } from "./seed-requests";

type OrganizationSeed = {
  slug: string;
  name: string;
  count: number;
  /** The number of Owners, who have invited all other people. */
  inviters: number;
};

/** Returns the address of the first Owner of a seeded organization. */
export function firstOwnerAddress(slug: string): string {
  return `ana.${slug}@${slug}.example`;
}

/** Creates an organization with made-up people, and a tenth as many requests, unless its slug exists. */
export async function seedOrganization(
  seed: OrganizationSeed,
  onProgress: (done: number) => void = () => {},
): Promise<{ organizationId: string; created: boolean }> {
  // Reminders to thousands of made-up people would disturb measurements.
  await db().organization.updateMany({ where: { slug: seed.slug }, data: { reminders: false } });
  const existing = await db().organization.findUnique({ where: { slug: seed.slug }, select: { id: true } });
  if (existing) return { organizationId: existing.id, created: false };
  const { organizationId, inviters } = await createSeedOrganization(seed);
  // Two seeded organizations never share an address.
  const label = seed.slug === "million" ? "" : `.${seed.slug}`;
  await seedPeople(organizationId, inviters, { count: seed.count, label }, onProgress);
  await seedRequests(organizationId, Math.ceil(seed.count / 10));
  // Autovacuum would do this later.
  for (const table of ["account", "member", "member_policy", "invitation", "invitation_request"])
    await connectionPool().query(`VACUUM (ANALYZE) ${table}`);
  return { organizationId, created: true };
}

/** Creates the organization and its Owners, and returns their member ids as `inviters`. */
async function createSeedOrganization({ slug, name, inviters: inviterCount }: OrganizationSeed) {
  return transaction(async (tx) => {
    const organizationId = await insertOrganization(tx, { name, slug });
    await tx.organization.update({ where: { id: organizationId }, data: { reminders: false } });
    const inviters: string[] = [];
    for (let index = 0; index < inviterCount; index++) {
      const person =
        index === 0
          ? { email: firstOwnerAddress(slug), name: `Ana ${name}` }
          : { email: `admin${index}@${slug}.example`, name: `Admin ${index}` };
      const account = await tx.account.create({
        data: { ...person, verifiedAt: new Date() },
        select: { id: true, email: true, name: true },
      });
      inviters.push(await addFirstOwner(tx, organizationId, account));
    }
    return { organizationId, inviters };
  });
}
