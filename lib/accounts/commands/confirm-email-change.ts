import {
  changeAccountEmail,
  lockMemberships,
  reserveEmail,
} from "@/lib/accounts/commands/change-account-email";
import { lockAccount } from "@/lib/accounts/commands/lock-account";
import { consumeLink, expireEmailChange } from "@/lib/accounts/links";
import type { ConfirmEmailChangeRefusal } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import type { SignedInAccount } from "@/lib/auth/session";
import { type Tx, transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Confirms a change of the account's address from one of the two mailboxes, in the account's own session. The second
 * confirmation changes the address (REQ-F5). Only the new mailbox learns that another account has the address.
 */
export async function confirmEmailChange(
  ip: string,
  signedIn: SignedInAccount | null,
  input: { code: string },
): Promise<Result<null, ConfirmEmailChangeRefusal>> {
  const link = await findAccountLink(ip, "change-address", input.code);
  if (!link.ok) return link;
  if (!signedIn) return refused("sign-in-first");
  if (signedIn.accountId !== link.value.accountId) return refused("another-account");
  let result: Result<null, ConfirmEmailChangeRefusal> | "retry";
  do result = await transaction((tx) => confirmInTransaction(tx, signedIn, link.value.id));
  while (result === "retry");
  return result;
}

/** Locks organizations, members, account, in this order. Returns "retry" if the user has joined another organization since the locks. */
async function confirmInTransaction(
  tx: Tx,
  signedIn: SignedInAccount,
  id: string,
): Promise<Result<null, ConfirmEmailChangeRefusal> | "retry"> {
  const { accountId, email } = signedIn;
  const links = await tx.$queryRaw<{ id: string; email: string }[]>`
    SELECT id, email FROM account_link
    WHERE change_id = (SELECT change_id FROM account_link WHERE id = ${id}::uuid)`;
  const [confirmed, other] = [links.find((link) => link.id === id), links.find((link) => link.id !== id)];
  if (!confirmed || !other) return refused("invalid-link");
  const isNew = confirmed.email !== email;
  const to = isNew ? confirmed.email : other.email;

  const memberships = await lockMemberships(tx, accountId, [email, to]);
  if (!(await lockAccount(tx, signedIn))) return refused("account-changed");
  if (!(await memberships.areComplete())) return "retry";
  if (!(await consumeLink(tx, id))) return refused("invalid-link");
  const isOtherConfirmed = await tx.accountLink.count({ where: { id: other.id, NOT: { usedAt: null } } });
  if ((isNew || isOtherConfirmed) && !(await reserveEmail(tx, to))) {
    await expireEmailChange(tx, accountId);
    return refused(isNew ? "address-taken" : "change-expired");
  }
  if (isOtherConfirmed) await changeAccountEmail(tx, accountId, { from: email, to });
  return done(null);
}
