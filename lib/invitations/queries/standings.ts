import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import type { Standing } from "@/lib/invitations/list-file/verdicts";

/**
 * Why these addresses would not be invited, as far as it is known before (REQ-B5); who can be is left out. Of users and
 * invitations it says only what the actor could read in the lists; inviting itself answers for every address.
 */
export async function findStandings(
  actor: Actor,
  addresses: readonly string[],
): Promise<Record<string, Standing>> {
  const organization = await db().organization.findUniqueOrThrow({
    where: { id: actor.organization.id },
    select: { allowedDomains: true, refusedDomains: true },
  });
  const people = await db().$queryRaw<{ email: string; standing: Standing }[]>`
    SELECT email, CASE WHEN status = 'blocked' THEN 'blocked' WHEN status = 'active' THEN 'already-a-user'
                       WHEN invited_until > clock_timestamp() THEN 'already-invited'
                       ELSE 'letters-' || email_suppression END AS standing
    FROM member
    WHERE organization_id = ${actor.organization.id}::uuid AND email = ANY(${[...addresses]}::text[])
      AND (status IN ('active', 'blocked') OR (status = 'invited' AND invited_until > clock_timestamp())
           OR email_suppression IS NOT NULL)`;
  const shown = people.filter(
    ({ standing }) =>
      actor.permissions.has("users:read") ||
      (standing === "already-invited" && actor.permissions.has("invitations:read")),
  );
  const refusals = addresses.filter((address) => !isDomainAllowed(address, organization));
  return Object.fromEntries([
    ...shown.map(({ email, standing }): [string, Standing] => [email, standing]),
    ...refusals.map((address): [string, Standing] => [address, "refused-domain"]),
  ]);
}
