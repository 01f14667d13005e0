import { holdOwn } from "@/lib/accounts/commands/hold-own";
import type { OwnRefusal } from "@/lib/accounts/messages";
import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/** One's own name, everywhere at once: each organization lists its copy, and its timeline says that it changed. */
export async function rename(
  signedIn: SignedIn,
  { name }: { name: string },
): Promise<Result<{ name: string }, OwnRefusal>> {
  const { accountId } = signedIn;
  return transaction(async (tx) => {
    // Members before the account, in one order: as a join locks them.
    await tx.$queryRaw`
      SELECT FROM member WHERE account_id = ${accountId}::uuid AND status IN ('active', 'blocked')
      ORDER BY email COLLATE "C", id FOR NO KEY UPDATE`;
    const own = await holdOwn(tx, signedIn);
    if (!own) return refused("changed-meanwhile");
    if (own.name === name) return done({ name });
    await tx.account.update({ where: { id: accountId }, data: { name }, select: { id: true } });
    await tx.$executeRaw`
      WITH renamed AS (
        UPDATE member SET name = ${name}, version = version + 1
        WHERE account_id = ${accountId}::uuid AND status IN ('active', 'blocked') RETURNING id, organization_id)
      INSERT INTO activity (organization_id, member_id, actor_id, type, at)
      SELECT organization_id, id, id, 'renamed', clock_timestamp() FROM renamed`;
    return done({ name });
  });
}
