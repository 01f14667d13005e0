import { db } from "@/lib/db/client";
import { provider } from "@/lib/letters/provider";
import type { Role } from "@/lib/members/roles";

/** An organization as its login page shows it. */
export type LoginOrganization = {
  name: string;
  slug: string;
  supportAddress: string | null;
  /** Can visitors request an invitation (R E1)? */
  newUserInvitations: boolean;
};

/** The organization of a login page, or null. */
export async function findOrganization(slug: string): Promise<LoginOrganization | null> {
  const select = { name: true, slug: true, supportAddress: true, newUserInvitations: true };
  return db().organization.findUnique({ where: { slug }, select });
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
