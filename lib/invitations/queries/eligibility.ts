import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import type { IneligibleReason } from "@/lib/invitations/list-file/validate-lines";

/**
 * Returns the addresses that can't be invited with their reasons (REQ-B5), for the preview of a list. Reveals
 * users and invitations only if the actor can read their lists; inviting itself returns a result for every
 * address.
 */
export async function findIneligibleAddresses(
  actor: Actor,
  addresses: readonly string[],
): Promise<Record<string, IneligibleReason>> {
  const organization = await db().organization.findUniqueOrThrow({
    where: { id: actor.organization.id },
    select: { allowedDomains: true, refusedDomains: true },
  });
  const members = await db().$queryRaw<{ email: string; reason: IneligibleReason }[]>`
    SELECT email, CASE WHEN status = 'blocked' THEN 'blocked' WHEN status = 'active' THEN 'already-a-user'
                       WHEN invited_until > clock_timestamp() THEN 'already-invited'
                       ELSE 'suppressed-' || email_suppression END AS reason
    FROM member
    WHERE organization_id = ${actor.organization.id}::uuid AND email = ANY(${[...addresses]}::text[])
      AND (status IN ('active', 'blocked') OR (status = 'invited' AND invited_until > clock_timestamp())
           OR email_suppression IS NOT NULL)`;
  const readable = members.filter(
    ({ reason }) =>
      actor.permissions.has("users:read") ||
      (reason === "already-invited" && actor.permissions.has("invitations:read")),
  );
  const refusedAddresses = addresses.filter((address) => !isDomainAllowed(address, organization));
  return Object.fromEntries([
    ...readable.map(({ email, reason }): [string, IneligibleReason] => [email, reason]),
    ...refusedAddresses.map((address): [string, IneligibleReason] => [address, "refused-domain"]),
  ]);
}
