import { randomBytes, randomUUID } from "node:crypto";
import { findActor, type Operator } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { deliver } from "@/lib/mail/delivery";

/** For tests: an organization of its own with Ana as its Owner, and letters made by really inviting people. */
export async function makeOrganization(name = "Northwind") {
  const slug = `t-${randomBytes(6).toString("hex")}`;
  const [account, organization, owner] = [randomUUID(), randomUUID(), randomUUID()];
  const email = `ana@${slug}.org`;
  await db().account.create({
    data: { id: account, email, name: "Ana Duarte", verifiedAt: new Date(), operator: true },
  });
  await db().organization.create({ data: { id: organization, slug, name } });
  const member = { id: owner, organizationId: organization, email, name: "Ana Duarte", accountId: account };
  await db().member.create({ data: { ...member, status: "active", role: "owner", addressConfirmed: true } });
  const actor = await findActor(account, slug);
  if (!actor) throw new Error("the owner is no actor");

  return {
    id: organization,
    actor,
    accountId: account,
    operator: { accountId: account } as Operator,
    /** Invites; answers the batch that owes the letters. */
    async invite(...people: string[]): Promise<string> {
      const addresses = people.map((person) => (person.includes("@") ? person : `${person}@${slug}.net`));
      const outcome = await invite(actor, { addresses, role: "member", policies: [] });
      const invitationId = outcome.ok ? outcome.value[0]?.invitationId : undefined;
      if (!invitationId) throw new Error(`not invited: ${JSON.stringify(outcome)}`);
      const letter = await db().emailMessage.findFirstOrThrow({ where: { invitationId } });
      return letter.batchId;
    },
    address: (person: string) => `${person}@${slug}.net`,
    /** Each invitation by its person: what its row and its letter say of the delivery. */
    async deliveries(): Promise<Record<string, { delivery: string; detail: string | null; letter: string }>> {
      const rows = await db().emailMessage.findMany({
        where: { organizationId: organization, invitationId: { not: null } },
        select: {
          state: true,
          invitation: { select: { email: true, delivery: true, deliveryDetail: true } },
        },
      });
      return Object.fromEntries(
        rows.flatMap(({ state, invitation }) =>
          invitation
            ? [
                [
                  invitation.email.split("@")[0] ?? "",
                  { delivery: invitation.delivery, detail: invitation.deliveryDetail, letter: state },
                ],
              ]
            : [],
        ),
      );
    },
  };
}

/** The job of a batch, as a worker would do it. */
export function work(batch: string): Promise<void> {
  return deliver({ batch });
}

/** The jobs that wait for a batch, with the seconds they wait. */
export async function jobsOf(batch: string): Promise<{ data: object; wait: number }[]> {
  return db().$queryRaw`
    SELECT data, round(extract(epoch FROM start_after - created_on))::int AS wait
    FROM pgboss.job WHERE name = 'letters' AND data->>'batch' = ${batch} ORDER BY created_on`;
}
