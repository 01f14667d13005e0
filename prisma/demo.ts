import { randomUUID } from "node:crypto";
import { createLink } from "@/lib/accounts/links";
import { env } from "@/lib/config/env";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { lockInstallation } from "@/lib/db/locks";
import { buildAccountLink } from "@/lib/links/account-link";
import { deriveInvitationCode } from "@/lib/links/invitation-link";
import { deriveRequestSecret } from "@/lib/links/request-link";
import type { EmailSuppression } from "@/lib/mail/bounces";
import { addFirstOwner, insertOrganization } from "@/lib/organizations/commands/insert";
import {
  DEMO_OWNER,
  DEMO_PEOPLE,
  DEMO_REQUESTS,
  type DemoPerson,
  type DemoRequest,
} from "@/prisma/demo-people";

/**
 * Creates the demo organization unless it exists (REQ-H3) and returns a one-time login link of its Owner, who
 * is an operator and can open the mailbox. None of its users has a password, and no transport sends to
 * `.example`.
 */
export async function loadDemo(): Promise<string> {
  const secret = await transaction(async (tx) => {
    await lockInstallation(tx);
    const existing = await tx.organization.findFirst({ where: { demo: true }, select: { id: true } });
    if (!existing) await createDemoOrganization(tx);
    const owner = await tx.account.findUniqueOrThrow({
      where: { email: DEMO_OWNER.email },
      select: { id: true },
    });
    const link = await createLink(tx, {
      accountId: owner.id,
      email: DEMO_OWNER.email,
      purpose: "sign-in",
      hours: 24,
    });
    return link.secret;
  });
  return buildAccountLink(env().origin, "sign-in", secret);
}

async function createDemoOrganization(tx: Tx): Promise<void> {
  const organizationId = await insertOrganization(tx, { name: "Northwind", slug: "northwind", demo: true });
  await tx.organization.update({ where: { id: organizationId }, data: { newUserInvitations: true } });
  const owner = await tx.account.create({
    data: { ...DEMO_OWNER, operator: true, verifiedAt: new Date() },
    select: { id: true, email: true, name: true },
  });
  const ownerId = await addFirstOwner(tx, organizationId, owner);
  const policies = await tx.policy.findMany({ where: { organizationId }, select: { id: true, name: true } });
  for (const person of DEMO_PEOPLE) {
    const memberId = await insertMember(tx, organizationId, ownerId, person);
    const policy = policies.find(({ name }) => name.endsWith(`(${person.policy})`));
    if (policy)
      await tx.memberPolicy.create({
        data: { organizationId, memberId, policyId: policy.id, grantedBy: ownerId },
      });
  }
  for (const request of DEMO_REQUESTS) await insertRequest(tx, organizationId, ownerId, request);
}

/**
 * Inserts a request in its final state. The trigger on member marks requests of people who join later as
 * stale; here the members are inserted first, so `stale` is set directly.
 */
async function insertRequest(
  tx: Tx,
  organizationId: string,
  ownerId: string,
  { email, name, message, status, hoursAgo, fromExpiredInvitation: isFromExpired }: DemoRequest,
): Promise<void> {
  const id = randomUUID();
  const digest = sha256(deriveRequestSecret(currentKey(), id)).toString("hex");
  const isClosed = status === "approved" || status === "dismissed";
  await tx.$executeRaw`
    INSERT INTO invitation_request (id, organization_id, email, name, message, status, invitation_id, proposed_role, stale,
                                    key_id, digest, created_at, confirmed_at, settled_at, settled_by)
    SELECT ${id}::uuid, o.id, ${email}, ${name}, ${message}, ${status},
           CASE WHEN ${isFromExpired ?? false} THEN m.invitation_id END, coalesce(m.role, 'member'),
           coalesce(m.status IN ('active', 'blocked'), false), ${currentKey().id}, decode(${digest}, 'hex'), requested_at,
           CASE WHEN ${status} <> 'unconfirmed' THEN requested_at + interval '5 minutes' END,
           CASE WHEN ${isClosed} THEN requested_at + interval '2 hours' END, CASE WHEN ${isClosed} THEN ${ownerId}::uuid END
    FROM organization o LEFT JOIN member m ON m.organization_id = o.id AND m.email = ${email},
         (SELECT now() - make_interval(hours => ${hoursAgo}::int) AS requested_at) AS request
    WHERE o.id = ${organizationId}::uuid`;
}

/** Inserts a person with their invitation in its final state and returns the member's id. */
async function insertMember(
  tx: Tx,
  organizationId: string,
  ownerId: string,
  person: DemoPerson,
): Promise<string> {
  const [memberId, invitationId] = [randomUUID(), randomUUID()];
  const hasJoined = person.status === "active" || person.status === "blocked";
  const account = hasJoined
    ? await tx.account.create({
        data: {
          email: person.email,
          name: person.name,
          verifiedAt: person.isUnconfirmed ? null : new Date(),
        },
        select: { id: true },
      })
    : null;
  const settledAs = hasJoined ? "accepted" : (person.settledAs ?? null);
  const digest = sha256(deriveInvitationCode(currentKey(), invitationId)).toString("hex");
  await tx.$executeRaw`
    INSERT INTO member (id, organization_id, email, name, account_id, status, role, invitation_id, invited_until, granted_by,
                        address_confirmed, joined_at, last_active_at, resend_count, email_suppression, delivery, delivery_detail)
    SELECT ${memberId}::uuid, ${organizationId}::uuid, ${person.email}, ${hasJoined ? person.name : ""}, ${account?.id}::uuid,
           ${person.status}, ${person.role}, ${invitationId}::uuid,
           CASE WHEN ${person.status} = 'invited' THEN sent + interval '7 days' END, ${ownerId}::uuid,
           ${hasJoined && !person.isUnconfirmed}, CASE WHEN ${hasJoined} THEN sent + interval '3 hours' END,
           CASE WHEN ${hasJoined} THEN sent + interval '4 hours' ELSE to_timestamp(0) END,
           ${person.resends ?? 0}, ${suppressionOf(person)}, ${person.delivery}, ${person.detail}
    FROM (SELECT now() - make_interval(hours => ${person.hoursAgo}::int) AS sent) AS invitation_time`;
  await tx.$executeRaw`
    INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, created_at,
                            issued_at, expires_at, resend_count, settled_as, settled_at, decline_reason, delivery,
                            delivery_detail, email_suppression)
    SELECT ${invitationId}::uuid, ${organizationId}::uuid, ${memberId}::uuid, ${person.email}, ${person.role},
           ${ownerId}::uuid, ${currentKey().id}, decode(${digest}, 'hex'), sent, sent, sent + interval '7 days',
           ${person.resends ?? 0}, ${settledAs}, CASE WHEN ${settledAs}::text IS NOT NULL THEN sent + interval '3 hours' END,
           ${person.declineReason}, ${person.delivery}, ${person.detail}, ${suppressionOf(person)}
    FROM (SELECT now() - make_interval(hours => ${person.hoursAgo}::int) AS sent) AS invitation_time`;
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
    VALUES (${organizationId}::uuid, ${memberId}::uuid, ${invitationId}::uuid, ${ownerId}::uuid, 'invited',
            now() - make_interval(hours => ${person.hoursAgo}::int), jsonb_build_object('role', ${person.role}::text))`;
  await insertTimeline(tx, { organizationId, memberId, invitationId, ownerId }, person, settledAs);
  return memberId;
}

/** Returns why emails to the person are paused: an email bounced permanently or was marked as spam. */
function suppressionOf({ delivery }: DemoPerson): EmailSuppression | null {
  return delivery === "bounced" || delivery === "complained" ? delivery : null;
}

type DemoIds = { organizationId: string; memberId: string; invitationId: string; ownerId: string };

/** Inserts the events after the invitation into the person's timeline. */
async function insertTimeline(
  tx: Tx,
  ids: DemoIds,
  person: DemoPerson,
  settledAs: string | null,
): Promise<void> {
  const suppression = suppressionOf(person);
  const entries: { type: string; by: string | null; hours: number }[] = [
    ...(suppression ? [{ type: suppression, by: null, hours: 0 }] : []),
    ...(settledAs
      ? [{ type: settledAs, by: settledAs === "revoked" ? ids.ownerId : ids.memberId, hours: 3 }]
      : []),
    ...(person.status === "blocked" ? [{ type: "blocked", by: ids.ownerId, hours: 48 }] : []),
  ];
  for (const { type, by, hours } of entries)
    await tx.$executeRaw`
      INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
      VALUES (${ids.organizationId}::uuid, ${ids.memberId}::uuid, ${ids.invitationId}::uuid, ${by}::uuid, ${type},
              now() - make_interval(hours => ${person.hoursAgo - hours}::int),
              ${JSON.stringify(type === "accepted" ? { by: person.isUnconfirmed ? "code" : "mailed-link" } : {})}::jsonb)`;
}
