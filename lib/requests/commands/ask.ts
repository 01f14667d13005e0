import { randomUUID } from "node:crypto";
import { digestOf } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { db, type Tx, transaction } from "@/lib/db/client";
import { send } from "@/lib/jobs/queue";
import { LAPSE_HOURS, requestSecret } from "@/lib/links/request-link";
import { takeTurn } from "@/lib/mail/quota";
import { countTry, inTime } from "@/lib/rate-limits/rate-limits";
import { countAsking } from "@/lib/requests/commands/limit";
import type { AskRefusal } from "@/lib/requests/messages";
import { done, type Result, refused } from "@/lib/result/result";

export type Ask = { organization: string; email: string; name: string; message: string };

/** So many addresses of one organization may wait to be confirmed. */
const MOST_UNCONFIRMED = 500;

/**
 * Somebody asks for an invitation on the login page (REQ-E1). Whoever the address belongs to, it is written down and looked
 * at behind the answer (`attend`), so the answer and the way to it are one for all (REQ-E2, decision 0029). Refuses where
 * requests are off, and beyond the limits.
 */
export async function ask(ip: string, input: Ask): Promise<Result<null, AskRefusal>> {
  const where = { slug: input.organization, newUserInvitations: true };
  const organization = await db().organization.findFirst({ where, select: { id: true } });
  if (!organization) return refused("requests-off");
  // The client first: one that is paused cannot use up the tries of other people's addresses.
  const wait = (await countTry("request-address", ip)) ?? (await countAsking(organization.id, input.email));
  if (wait) return refused("too-many", { wait: inTime(wait) });
  return transaction((tx) => write(tx, organization.id, input));
}

async function write(tx: Tx, organizationId: string, input: Ask): Promise<Result<null, AskRefusal>> {
  const [still] = await tx.$queryRaw<unknown[]>`
    SELECT FROM organization WHERE id = ${organizationId}::uuid AND new_user_invitations FOR SHARE`;
  if (!still) return refused("requests-off");
  // One after the other, so that what each counts is what there is.
  await takeTurn(tx, [`requests of ${organizationId}`]);
  const [open] = await tx.$queryRaw<{ count: number; seconds: number }[]>`
    SELECT count(*)::int AS count,
           ceil(extract(epoch FROM min(created_at) - clock_timestamp()) + ${LAPSE_HOURS * 3600}::int)::int AS seconds
    FROM invitation_request
    WHERE organization_id = ${organizationId}::uuid AND status IN ('received', 'unconfirmed')
      AND created_at > clock_timestamp() - make_interval(hours => ${LAPSE_HOURS}::int)`;
  if (open && open.count >= MOST_UNCONFIRMED) return refused("too-many-open", { wait: inTime(open.seconds) });
  const [id, key] = [randomUUID(), currentKey()];
  await tx.$executeRaw`
    INSERT INTO invitation_request (id, organization_id, email, name, message, key_id, digest, created_at)
    VALUES (${id}::uuid, ${organizationId}::uuid, ${input.email}, ${input.name}, ${input.message}, ${key.id},
            ${digestOf(requestSecret(key, id))}, clock_timestamp())`;
  await send(tx, "requests", [{ request: id }]);
  return done(null);
}
