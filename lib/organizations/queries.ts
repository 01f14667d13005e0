import { navigationLinks } from "@/lib/auth/admin-pages";
import { db } from "@/lib/db/client";
import { emailProvider } from "@/lib/mail/provider";
import { resolveRights } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** An organization as its login page shows it. */
export type LoginOrganization = {
  name: string;
  slug: string;
  supportAddress: string | null;
  /** True if visitors can request an invitation (REQ-E1). */
  newUserInvitations: boolean;
};

/** Returns the organization of a login page, or null. */
export async function findOrganization(slug: string): Promise<LoginOrganization | null> {
  const select = { name: true, slug: true, supportAddress: true, newUserInvitations: true };
  return db().organization.findUnique({ where: { slug }, select });
}

/** An organization that the user is in, and the page to open there. */
export type OrganizationLink = { name: string; slug: string; role: Role; startUrl: string };

/**
 * Returns the organizations that an account is active in, by name. `startUrl` is the first admin page that the user can
 * open, or else the organization's home page.
 */
export async function listOrganizations(accountId: string): Promise<OrganizationLink[]> {
  const rows = await db().$queryRaw<(Parameters<typeof resolveRights>[0] & { name: string; slug: string })[]>`
    SELECT o.name, o.slug, m.role, m.address_confirmed AS "addressConfirmed",
           ARRAY(SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                 WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id) AS "policyPermissions"
    FROM member m JOIN organization o ON o.id = m.organization_id
    WHERE m.account_id = ${accountId}::uuid AND m.status = 'active'
    ORDER BY lower(o.name COLLATE "default"), o.slug`;
  return rows.map(({ name, slug, role, ...rights }) => {
    const [first] = navigationLinks(slug, resolveRights({ role, ...rights }).permissions);
    return { name, slug, role, startUrl: first?.href ?? `/o/${slug}` };
  });
}

/** True if an email provider is configured. Without one, no text may claim that an email was sent (REQ-C10). */
export function hasProvider(): boolean {
  return emailProvider() !== "mailbox";
}

/** Returns the name of the demo organization while it is loaded (REQ-H3). */
export async function findDemo(): Promise<string | null> {
  const demo = await db().organization.findFirst({ where: { demo: true }, select: { name: true } });
  return demo?.name ?? null;
}

/** True until setup has created an operator; the demo's operator does not count. */
export async function isSetupOpen(): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT FROM account WHERE operator AND email NOT LIKE '%.example' LIMIT 1`;
  return rows.length === 0;
}

/** Returns the language and time zone for readers who have none of their own, or null. */
export async function findReaderDefaults(
  slug: string,
): Promise<{ language: string; timeZone: string } | null> {
  return db().organization.findUnique({ where: { slug }, select: { language: true, timeZone: true } });
}
