import { db, type Tx } from "@/lib/db/client";

type Person = { organizationId: string; email: string };

/** Does a confirmed request of this address wait for an answer? */
export function findAsked(person: Person): Promise<boolean> {
  return hasAsked(db(), person);
}

/** The same inside a transaction. */
export async function hasAsked(
  tx: Pick<Tx, "invitationRequest">,
  { organizationId, email }: Person,
): Promise<boolean> {
  return (await tx.invitationRequest.count({ where: { organizationId, email, status: "pending" } })) > 0;
}
