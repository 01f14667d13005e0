import { db, pool, transaction } from "@/lib/db/client";
import { createOrganization, seatFirstOwner } from "@/lib/organizations/commands";
import { seatCrowd } from "./crowd";
import { seatRequests } from "./crowd-requests";

type Crowd = {
  slug: string;
  name: string;
  count: number;
  /** Its Owners, who have invited everybody else. The first one is the address the organization is known by. */
  inviters: number;
};

/** The address of the first Owner of a crowd's organization. */
export function ownerOf(slug: string): string {
  return `ana.${slug}@${slug}.example`;
}

/** An organization of invented people, and of requests a tenth of them, made unless it is there already: `made` says which. */
export async function provideCrowd(
  crowd: Crowd,
  onProgress: (done: number) => void = () => {},
): Promise<{ organizationId: string; made: boolean }> {
  // A measure must not wait while thousands of its invented people are reminded.
  await db().organization.updateMany({ where: { slug: crowd.slug }, data: { reminders: false } });
  const known = await db().organization.findUnique({ where: { slug: crowd.slug }, select: { id: true } });
  if (known) return { organizationId: known.id, made: false };
  const { organizationId, inviters } = await found(crowd);
  // Two crowds never share an address.
  const label = crowd.slug === "million" ? "" : `.${crowd.slug}`;
  await seatCrowd(organizationId, inviters, { count: crowd.count, label }, onProgress);
  await seatRequests(organizationId, Math.ceil(crowd.count / 10));
  // As autovacuum would have left it by and by.
  for (const table of ["account", "member", "member_policy", "invitation", "invitation_request"])
    await pool().query(`VACUUM (ANALYZE) ${table}`);
  return { organizationId, made: true };
}

/** The organization, its first Owner, and those who have invited. */
async function found({ slug, name, inviters: many }: Crowd) {
  return transaction(async (tx) => {
    const organizationId = await createOrganization(tx, { name, slug });
    await tx.organization.update({ where: { id: organizationId }, data: { reminders: false } });
    const inviters: string[] = [];
    for (let at = 0; at < many; at++) {
      const person =
        at === 0
          ? { email: ownerOf(slug), name: `Ana ${name}` }
          : { email: `admin${at}@${slug}.example`, name: `Admin ${at}` };
      const account = await tx.account.create({
        data: { ...person, verifiedAt: new Date() },
        select: { id: true, email: true, name: true },
      });
      inviters.push(await seatFirstOwner(tx, organizationId, account));
    }
    return { organizationId, inviters };
  });
}
