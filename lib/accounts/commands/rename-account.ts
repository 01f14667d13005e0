import { lockAccount } from "@/lib/accounts/commands/lock-account";
import type { OwnAccountRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { lockMembersOfAccount } from "@/lib/db/locks";
import { done, type Result, refused } from "@/lib/result/result";

/** Changes the user's name, and its copies in every organization, whose timelines log the change. */
export async function renameAccount(
  signedIn: SignedInAccount,
  { name }: { name: string },
): Promise<Result<{ name: string }, OwnAccountRefusal>> {
  const { accountId } = signedIn;
  return transaction(async (tx) => {
    // Members before the account, as a join does.
    await lockMembersOfAccount(tx, accountId);
    const account = await lockAccount(tx, signedIn);
    if (!account) return refused("account-changed");
    if (account.name === name) return done({ name });
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
