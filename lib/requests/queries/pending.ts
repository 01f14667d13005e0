import { db, type Tx } from "@/lib/db/client";

type Address = { organizationId: string; email: string };

/** Returns whether this address has a confirmed request that is not answered yet. */
export function isRequestPending(address: Address): Promise<boolean> {
  return hasPendingRequest(db(), address);
}

/** Same as above, inside a transaction. */
export async function hasPendingRequest(
  tx: Pick<Tx, "invitationRequest">,
  { organizationId, email }: Address,
): Promise<boolean> {
  return (await tx.invitationRequest.count({ where: { organizationId, email, status: "pending" } })) > 0;
}
