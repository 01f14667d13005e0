import { navigationOf } from "@/lib/auth/pages";
import { db } from "@/lib/db/client";
import { provider } from "@/lib/mail/provider";
import { rightsOf } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** An organization as its login page shows it. */
export type LoginOrganization = {
  name: string;
  slug: string;
  supportAddress: string | null;
  /** Can visitors request an invitation (REQ-E1)? */
  newUserInvitations: boolean;
};

/** The organization of a login page, or null. */
export async function findOrganization(slug: string): Promise<LoginOrganization | null> {
  const select = { name: true, slug: true, supportAddress: true, newUserInvitations: true };
  return db().organization.findUnique({ where: { slug }, select });
}

/** An organization somebody is in, and the page they begin with there. */
export type OwnOrganization = { name: string; slug: string; role: Role; start: string };

/** The organizations an account is active in, by name: with a page of the admin as start, or else the one that says what they may. */
export async function listOrganizations(accountId: string): Promise<OwnOrganization[]> {
  const rows = await db().$queryRaw<(Parameters<typeof rightsOf>[0] & { name: string; slug: string })[]>`
    SELECT o.name, o.slug, m.role, m.address_confirmed AS "addressConfirmed",
           ARRAY(SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                 WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id) AS "policyPermissions"
    FROM member m JOIN organization o ON o.id = m.organization_id
    WHERE m.account_id = ${accountId}::uuid AND m.status = 'active'
    ORDER BY lower(o.name COLLATE "default"), o.slug`;
  return rows.map(({ name, slug, role, ...rights }) => {
    const [first] = navigationOf(slug, rightsOf({ role, ...rights }).permissions);
    return { name, slug, role, start: first?.href ?? `/o/${slug}` };
  });
}

/** Is there an email provider? Without one nothing is ever said to be sent (REQ-C10). */
export function hasProvider(): boolean {
  return provider() !== "mailbox";
}
