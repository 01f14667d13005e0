import { randomBytes, randomUUID } from "node:crypto";
import { findActor, type Operator } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { sendBatch } from "@/lib/mail/send-batch";

/** Delivery as an invitation's row shows it, and the state of its latest email. */
type Delivery = { delivery: string; detail: string | null; state: string };

/** Creates an organization whose Owner, Ana, is also an operator, and whose emails come from inviting people. */
export async function createMailTestOrganization(name = "Northwind") {
  const slug = `t-${randomBytes(6).toString("hex")}`;
  const [accountId, organizationId, ownerId] = [randomUUID(), randomUUID(), randomUUID()];
  const email = `ana@${slug}.org`;
  await db().account.create({
    data: { id: accountId, email, name: "Ana Duarte", verifiedAt: new Date(), operator: true },
  });
  await db().organization.create({ data: { id: organizationId, slug, name } });
  const owner = { id: ownerId, organizationId, email, name: "Ana Duarte", accountId };
  await db().member.create({ data: { ...owner, status: "active", role: "owner", addressConfirmed: true } });
  const actor = await findActor(accountId, slug);
  if (!actor) throw new Error("the owner is not an actor");

  return {
    id: organizationId,
    actor,
    accountId,
    operator: { accountId } as Operator,
    /** Invites people, given by name or address. Returns the id of the batch that sends the emails. */
    async invite(...people: string[]): Promise<string> {
      const addresses = people.map((person) => (person.includes("@") ? person : `${person}@${slug}.net`));
      const result = await inviteMembers(actor, { addresses, role: "member", policies: [] });
      const invitationId = result.ok ? result.value[0]?.invitationId : undefined;
      if (!invitationId) throw new Error(`not invited: ${JSON.stringify(result)}`);
      const message = await db().emailMessage.findFirstOrThrow({ where: { invitationId } });
      return message.batchId;
    },
    address: (person: string) => `${person}@${slug}.net`,
    /** Returns the delivery of each invitation by the part of its address before the @. */
    async deliveries(): Promise<Record<string, Delivery>> {
      const messages = await db().emailMessage.findMany({
        where: { organizationId, invitationId: { not: null } },
        select: {
          state: true,
          invitation: { select: { email: true, delivery: true, deliveryDetail: true } },
        },
      });
      return Object.fromEntries(
        messages.flatMap(({ state, invitation }) => {
          if (!invitation) return [];
          const person = invitation.email.split("@")[0] ?? "";
          return [[person, { delivery: invitation.delivery, detail: invitation.deliveryDetail, state }]];
        }),
      );
    },
  };
}

/** Runs the job of a batch, as a worker would. */
export function runSendJob(batch: string): Promise<void> {
  return sendBatch({ batch });
}

/** Returns the waiting jobs of a batch in order of creation; `wait` is each job's delay in seconds. */
export async function findSendJobs(batch: string): Promise<{ data: object; wait: number }[]> {
  return db().$queryRaw`
    SELECT data, round(extract(epoch FROM start_after - created_on))::int AS wait
    FROM pgboss.job WHERE name = 'emails' AND data->>'batch' = ${batch} ORDER BY created_on`;
}
