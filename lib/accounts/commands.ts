import type { ConfirmRefusal, LinkRefusal, SignInRefusal } from "@/lib/accounts/messages";
import { badPassword, hashPassword, passwordFits } from "@/lib/accounts/password";
import { findLink } from "@/lib/accounts/queries";
import type { SignedIn } from "@/lib/auth/session";
import { endSessions } from "@/lib/auth/session";
import { db, type Tx, transaction } from "@/lib/db/client";
import { parseAddress } from "@/lib/invitations/addresses";
import { countTry, giveBack, inTime } from "@/lib/kit/limits";
import { done, type Outcome, refused } from "@/lib/kit/outcome";

/**
 * Proves an account by its password. Known and unknown addresses take the same path and the same time; ten failures in
 * fifteen minutes per client IP, and per account, are followed by a pause (security, Public pages).
 */
export async function proveByPassword(
  ip: string,
  input: { email: string; password: string },
): Promise<Outcome<{ accountId: string }, SignInRefusal>> {
  const parsed = parseAddress(input.email);
  const email = "address" in parsed ? parsed.address : "";
  // Counted before the work, so that parallel guesses count too; given back when it was no guess.
  // The client first: one that is paused cannot use up the tries of other people's accounts.
  const wait = (await countTry("sign-in-address", ip)) ?? (await countTry("sign-in-account", email));
  if (wait) return refused("too-many", { wait: inTime(wait) });

  const account = await db().account.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  });
  if (!(await passwordFits(account?.passwordHash ?? null, input.password)) || !account)
    return refused("wrong-credentials");
  await Promise.all([giveBack("sign-in-address", ip), giveBack("sign-in-account", email)]);
  return done({ accountId: account.id });
}

/** Takes a one-time sign-in link: the first press wins, a second finds it dead (R H3). */
export async function takeLink(
  ip: string,
  code: string,
): Promise<Outcome<{ accountId: string }, LinkRefusal>> {
  const link = await findLink(ip, "sign-in", code);
  if (!link.ok) return link;
  const accountId = await transaction((tx) => useLink(tx, link.value.id));
  return accountId ? done({ accountId }) : refused("dead-link");
}

/**
 * Confirms an address from its mailbox (R D9). In the account's own session a press is enough; anywhere else the
 * person chooses a new password. Either way whoever else was signed in is not any more, and other ways in are gone.
 */
export async function confirmAddress(
  ip: string,
  signedIn: SignedIn | null,
  input: { code: string; password?: string | undefined },
): Promise<Outcome<{ accountId: string; newPassword: boolean }, ConfirmRefusal>> {
  const link = await findLink(ip, "confirm-address", input.code);
  if (!link.ok) return link;
  const own = signedIn?.accountId === link.value.accountId;
  if (!own && !input.password) return refused("password-missing");
  const bad =
    !own && input.password ? badPassword(input.password, [link.value.email, link.value.name]) : null;
  if (bad) return refused(bad);
  const passwordHash = !own && input.password ? await hashPassword(input.password) : undefined;
  return transaction(async (tx) => {
    const accountId = await useLink(tx, link.value.id);
    if (!accountId) return refused("dead-link");
    await takeAccount(tx, accountId, { passwordHash, keepSession: own ? signedIn?.sessionId : undefined });
    return done({ accountId, newPassword: passwordHash !== undefined });
  });
}

/**
 * The first proof of a mailbox makes the account its person's: confirmed everywhere, other sessions and sign-in
 * methods ended, and the password replaced unless the proof came from the account's own session (R D9).
 */
export async function takeAccount(
  tx: Tx,
  accountId: string,
  how: { passwordHash?: string | undefined; keepSession?: string | undefined; name?: string },
): Promise<void> {
  // Members before the account, in one order: as a join locks them.
  await tx.$executeRaw`
    WITH held AS (SELECT id FROM member WHERE account_id = ${accountId}::uuid AND NOT address_confirmed
                  AND status IN ('active', 'blocked') ORDER BY id FOR UPDATE),
         confirmed AS (UPDATE member SET address_confirmed = true, version = version + 1
                       WHERE id IN (SELECT id FROM held) RETURNING id, organization_id)
    INSERT INTO activity (organization_id, member_id, actor_id, what, at)
    SELECT organization_id, id, id, 'confirmed', clock_timestamp() FROM confirmed`;
  await tx.$executeRaw`
    UPDATE account SET verified_at = coalesce(verified_at, clock_timestamp()),
      password_hash = coalesce(${how.passwordHash ?? null}, password_hash), name = coalesce(${how.name ?? null}, name)
    WHERE id = ${accountId}::uuid`;
  await endSessions(tx, accountId, how.keepSession);
  await tx.signInMethod.deleteMany({ where: { accountId } });
}

/** Marks a link as used, if it still can be; answers its account, or null. One statement decides. */
async function useLink(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ accountId: string }[]>`
    UPDATE account_link SET used_at = clock_timestamp()
    WHERE id = ${id}::uuid AND used_at IS NULL AND expires_at > clock_timestamp()
    RETURNING account_id AS "accountId"`;
  return row?.accountId ?? null;
}
