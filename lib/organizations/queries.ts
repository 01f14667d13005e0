import { db } from "@/lib/db/client";
import { provider } from "@/lib/letters/provider";
import type { Role } from "@/lib/members/roles";

/** The organization of a login page, or null. */
export async function findOrganization(slug: string): Promise<{ name: string; slug: string } | null> {
  return db().organization.findUnique({ where: { slug }, select: { name: true, slug: true } });
}

/** The organizations an account is active in, by name. */
export async function listOrganizations(
  accountId: string,
): Promise<{ name: string; slug: string; role: Role }[]> {
  return db().$queryRaw`
    SELECT o.name, o.slug, m.role FROM member m JOIN organization o ON o.id = m.organization_id
    WHERE m.account_id = ${accountId}::uuid AND m.status = 'active' ORDER BY lower(o.name), o.slug`;
}

/** Is there an email provider? Without one nothing is ever said to be sent (R C10). */
export function hasProvider(): boolean {
  return provider() !== "mailbox";
}
