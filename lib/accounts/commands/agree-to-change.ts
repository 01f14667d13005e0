import { endAddressChange } from "@/lib/accounts/commands/end-address-change";
import { holdOwn } from "@/lib/accounts/commands/hold-own";
import { holdPlaces, moveAddress, winAddress } from "@/lib/accounts/commands/move-address";
import { useLink as spendLink } from "@/lib/accounts/links";
import type { AgreeRefusal } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import type { SignedIn } from "@/lib/auth/session";
import { type Tx, transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * One of the two mailboxes agrees to a change of address, in the account's own session; the second one's press makes it
 * (REQ-F5). Only whoever has opened the new mailbox learns that somebody has an account for it already.
 */
export async function agreeToChange(
  ip: string,
  signedIn: SignedIn | null,
  input: { code: string },
): Promise<Result<null, AgreeRefusal>> {
  const link = await findLink(ip, "change-address", input.code);
  if (!link.ok) return link;
  if (!signedIn) return refused("sign-in-first");
  if (signedIn.accountId !== link.value.accountId) return refused("another-account");
  let answer: Result<null, AgreeRefusal> | "again";
  do answer = await transaction((tx) => agree(tx, signedIn, link.value.id));
  while (answer === "again");
  return answer;
}

/** Locks organizations, members, account, in this order. "again": the person joined another organization meanwhile. */
async function agree(tx: Tx, signedIn: SignedIn, id: string): Promise<Result<null, AgreeRefusal> | "again"> {
  const { accountId, email } = signedIn;
  const mailboxes = await tx.$queryRaw<{ id: string; email: string }[]>`
    SELECT id, email FROM account_link
    WHERE change_id = (SELECT change_id FROM account_link WHERE id = ${id}::uuid)`;
  const [mailbox, other] = [mailboxes.find((one) => one.id === id), mailboxes.find((one) => one.id !== id)];
  if (!mailbox || !other) return refused("dead-link");
  const isNew = mailbox.email !== email;
  const to = isNew ? mailbox.email : other.email;

  const places = await holdPlaces(tx, accountId, [email, to]);
  if (!(await holdOwn(tx, signedIn))) return refused("changed-meanwhile");
  if (!(await places.areAll())) return "again";
  if (!(await spendLink(tx, id))) return refused("dead-link");
  const hasOther = await tx.accountLink.count({ where: { id: other.id, NOT: { usedAt: null } } });
  if ((isNew || hasOther) && !(await winAddress(tx, to))) {
    await endAddressChange(tx, accountId);
    return refused(isNew ? "address-taken" : "change-ended");
  }
  if (hasOther) await moveAddress(tx, accountId, { from: email, to });
  return done(null);
}
