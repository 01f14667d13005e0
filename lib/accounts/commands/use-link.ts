import type { Tx } from "@/lib/db/client";

/** Marks a link as used, if it still can be; answers its account, or null. One statement decides. */
export async function useLink(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ accountId: string }[]>`
    UPDATE account_link SET used_at = clock_timestamp()
    WHERE id = ${id}::uuid AND used_at IS NULL AND expires_at > clock_timestamp()
    RETURNING account_id AS "accountId"`;
  return row?.accountId ?? null;
}
