import { randomUUID } from "node:crypto";
import { makeLink } from "@/lib/accounts/links";
import { env } from "@/lib/config/env";
import { digestOf } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { accountLink } from "@/lib/links/account-link";
import { codeOf } from "@/lib/links/invitation-link";
import { requestSecret } from "@/lib/links/request-link";
import type { Stop } from "@/lib/mail/bounces";
import { createOrganization, seatFirstOwner } from "@/lib/organizations/commands";
import { type DemoPerson, type DemoRequest, OWNER, PEOPLE, REQUESTS } from "@/prisma/demo-people";

/**
 * Loads the demo organization if it is not there (REQ-H3) and answers a one-time link that signs in as its Owner, who is
 * an operator, so that the mailbox can be seen too. Nobody in it has a password, and no transport mails `.example`.
 */
export async function loadDemo(): Promise<string> {
  const secret = await transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM installation FOR UPDATE`;
    const loaded = await tx.organization.findFirst({ where: { demo: true }, select: { id: true } });
    if (!loaded) await load(tx);
    const owner = await tx.account.findUniqueOrThrow({ where: { email: OWNER.email }, select: { id: true } });
    const link = await makeLink(tx, {
      accountId: owner.id,
      email: OWNER.email,
      purpose: "sign-in",
      hours: 24,
    });
    return link.secret;
  });
  return accountLink(env().origin, "sign-in", secret);
}

async function load(tx: Tx): Promise<void> {
  const organizationId = await createOrganization(tx, { name: "Northwind", slug: "northwind", demo: true });
  await tx.organization.update({ where: { id: organizationId }, data: { newUserInvitations: true } });
  const owner = await tx.account.create({
    data: { ...OWNER, operator: true, verifiedAt: new Date() },
    select: { id: true, email: true, name: true },
  });
  const ownerId = await seatFirstOwner(tx, organizationId, owner);
  const policies = await tx.policy.findMany({ where: { organizationId }, select: { id: true, name: true } });
  for (const person of PEOPLE) {
    const memberId = await seat(tx, organizationId, ownerId, person);
    const policy = policies.find((one) => one.name.endsWith(`(${person.policy})`));
    if (policy)
      await tx.memberPolicy.create({
        data: { organizationId, memberId, policyId: policy.id, grantedBy: ownerId },
      });
  }
  for (const request of REQUESTS) await ask(tx, organizationId, ownerId, request);
}

/** One request, as if it had come about in time. Whoever is in by now is marked as they come in; here they came first. */
async function ask(
  tx: Tx,
  organizationId: string,
  ownerId: string,
  { email, name, message, status, hoursAgo, isFromExpired }: DemoRequest,
): Promise<void> {
  const id = randomUUID();
  const digest = digestOf(requestSecret(currentKey(), id)).toString("hex");
  const isAnswered = status === "approved" || status === "dismissed";
  await tx.$executeRaw`
    INSERT INTO invitation_request (id, organization_id, email, name, message, status, invitation_id, proposed_role, stale,
                                    key_id, digest, created_at, confirmed_at, settled_at, settled_by)
    SELECT ${id}::uuid, o.id, ${email}, ${name}, ${message}, ${status},
           CASE WHEN ${isFromExpired ?? false} THEN m.invitation_id END, coalesce(m.role, 'member'),
           coalesce(m.status IN ('active', 'blocked'), false), ${currentKey().id}, decode(${digest}, 'hex'), asked,
           CASE WHEN ${status} <> 'unconfirmed' THEN asked + interval '5 minutes' END,
           CASE WHEN ${isAnswered} THEN asked + interval '2 hours' END, CASE WHEN ${isAnswered} THEN ${ownerId}::uuid END
    FROM organization o LEFT JOIN member m ON m.organization_id = o.id AND m.email = ${email},
         (SELECT now() - make_interval(hours => ${hoursAgo}::int) AS asked) AS at
    WHERE o.id = ${organizationId}::uuid`;
}

/** One person with their invitation, as if both had come about in time; answers the member's id. */
async function seat(tx: Tx, organizationId: string, ownerId: string, person: DemoPerson): Promise<string> {
  const [memberId, invitationId] = [randomUUID(), randomUUID()];
  const joined = person.status === "active" || person.status === "blocked";
  const account = joined
    ? await tx.account.create({
        data: { email: person.email, name: person.name, verifiedAt: person.unconfirmed ? null : new Date() },
        select: { id: true },
      })
    : null;
  const settledAs = joined ? "accepted" : (person.settledAs ?? null);
  const digest = digestOf(codeOf(currentKey(), invitationId)).toString("hex");
  await tx.$executeRaw`
    INSERT INTO member (id, organization_id, email, name, account_id, status, role, invitation_id, invited_until, granted_by,
                        address_confirmed, joined_at, last_active_at, resend_count, email_suppression, delivery, delivery_detail)
    SELECT ${memberId}::uuid, ${organizationId}::uuid, ${person.email}, ${joined ? person.name : ""}, ${account?.id}::uuid,
           ${person.status}, ${person.role}, ${invitationId}::uuid,
           CASE WHEN ${person.status} = 'invited' THEN sent + interval '7 days' END, ${ownerId}::uuid,
           ${joined && !person.unconfirmed}, CASE WHEN ${joined} THEN sent + interval '3 hours' END,
           CASE WHEN ${joined} THEN sent + interval '4 hours' ELSE to_timestamp(0) END,
           ${person.resends ?? 0}, ${stopOf(person)}, ${person.delivery}, ${person.detail}
    FROM (SELECT now() - make_interval(hours => ${person.hoursAgo}::int) AS sent) AS at`;
  await tx.$executeRaw`
    INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, created_at,
                            issued_at, expires_at, resend_count, settled_as, settled_at, decline_reason, delivery,
                            delivery_detail, email_suppression)
    SELECT ${invitationId}::uuid, ${organizationId}::uuid, ${memberId}::uuid, ${person.email}, ${person.role},
           ${ownerId}::uuid, ${currentKey().id}, decode(${digest}, 'hex'), sent, sent, sent + interval '7 days',
           ${person.resends ?? 0}, ${settledAs}, CASE WHEN ${settledAs}::text IS NOT NULL THEN sent + interval '3 hours' END,
           ${person.declineReason}, ${person.delivery}, ${person.detail}, ${stopOf(person)}
    FROM (SELECT now() - make_interval(hours => ${person.hoursAgo}::int) AS sent) AS at`;
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
    VALUES (${organizationId}::uuid, ${memberId}::uuid, ${invitationId}::uuid, ${ownerId}::uuid, 'invited',
            now() - make_interval(hours => ${person.hoursAgo}::int), jsonb_build_object('role', ${person.role}::text))`;
  await tell(tx, { organizationId, memberId, invitationId, ownerId }, person, settledAs);
  return memberId;
}

/** Their letter came back for good, or was called spam: nothing more is sent there. */
function stopOf({ delivery }: DemoPerson): Stop | null {
  return delivery === "bounced" || delivery === "complained" ? delivery : null;
}

type Ids = { organizationId: string; memberId: string; invitationId: string; ownerId: string };

/** What followed the invitation, in the person's timeline. */
async function tell(tx: Tx, ids: Ids, person: DemoPerson, settledAs: string | null): Promise<void> {
  const stop = stopOf(person);
  const entries: { type: string; by: string | null; hours: number }[] = [
    ...(stop ? [{ type: stop, by: null, hours: 0 }] : []),
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
              ${JSON.stringify(type === "accepted" ? { by: person.unconfirmed ? "code" : "mailed-link" } : {})}::jsonb)`;
}
