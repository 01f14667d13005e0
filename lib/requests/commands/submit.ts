import { randomUUID } from "node:crypto";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockOrganizationRow, lockQuota } from "@/lib/db/locks";
import type { Locale } from "@/lib/i18n/locales";
import { enqueueJobs } from "@/lib/jobs/queue";
import { deriveRequestSecret, REQUEST_CONFIRMATION_HOURS } from "@/lib/links/request-link";
import { consumeRateLimit } from "@/lib/rate-limits/rate-limits";
import { consumeRequestLimit } from "@/lib/requests/commands/request-limit";
import type { SubmitRequestRefusal } from "@/lib/requests/messages";
import { done, type Result, refused } from "@/lib/result/result";

export type RequestInput = {
  organization: string;
  email: string;
  name: string;
  message: string;
  /** The language of the page. */
  language: Locale;
};

/** Maximum number of unconfirmed requests per organization. */
const MAX_UNCONFIRMED = 500;

/**
 * Submits a request for an invitation from the login page (REQ-E1). Every address is stored and checked later
 * by a job (`processRequest`), so result and timing reveal nothing about the address (REQ-E2, decision 0029).
 * Refuses if the organization does not accept requests or a limit is reached.
 */
export async function submitRequest(
  ip: string,
  input: RequestInput,
): Promise<Result<null, SubmitRequestRefusal>> {
  const organization = await db().organization.findUnique({
    where: { slug: input.organization },
    select: { id: true, name: true, newUserInvitations: true },
  });
  const name = organization?.name ?? input.organization;
  if (!organization?.newUserInvitations) return refused("requests-off", { organization: name });
  // Check the client first, so that a blocked client cannot use up the limits of other people's addresses.
  const wait =
    (await consumeRateLimit("request-address", ip)) ??
    (await consumeRequestLimit(organization.id, input.email));
  if (wait) return refused("too-many", { wait: { seconds: wait } });
  return transaction((tx) => insertRequest(tx, { id: organization.id, name }, input));
}

async function insertRequest(
  tx: Tx,
  { id: organizationId, name }: { id: string; name: string },
  input: RequestInput,
): Promise<Result<null, SubmitRequestRefusal>> {
  const organization = await lockOrganizationRow(tx, organizationId, "share");
  if (!organization?.newUserInvitations) return refused("requests-off", { organization: name });
  // Serializes requests of one organization, so that concurrent counts cannot exceed the maximum.
  await lockQuota(tx, [`requests of ${organizationId}`]);
  const [unconfirmed] = await tx.$queryRaw<{ count: number; seconds: number | null }[]>`
    SELECT count(*)::int AS count,
           ceil(extract(epoch FROM min(created_at) - clock_timestamp())
                + ${REQUEST_CONFIRMATION_HOURS * 3600}::int)::int AS seconds
    FROM invitation_request
    WHERE organization_id = ${organizationId}::uuid AND status IN ('received', 'unconfirmed')
      AND created_at > clock_timestamp() - make_interval(hours => ${REQUEST_CONFIRMATION_HOURS}::int)`;
  if (unconfirmed && unconfirmed.count >= MAX_UNCONFIRMED)
    return refused("too-many-open", { wait: { seconds: unconfirmed.seconds ?? 0 } });
  const [id, key] = [randomUUID(), currentKey()];
  await tx.$executeRaw`
    INSERT INTO invitation_request (id, organization_id, email, name, message, language, key_id, digest, created_at)
    VALUES (${id}::uuid, ${organizationId}::uuid, ${input.email}, ${input.name}, ${input.message}, ${input.language}, ${key.id},
            ${sha256(deriveRequestSecret(key, id))}, clock_timestamp())`;
  await enqueueJobs(tx, "requests", [{ request: id }]);
  return done(null);
}
