import { randomUUID } from "node:crypto";
import { endAddressChange } from "@/lib/accounts/commands/end-address-change";
import { holdProven, proveAgain } from "@/lib/accounts/commands/prove-again";
import { makeLink } from "@/lib/accounts/links";
import type { AskToChangeAddressRefusal } from "@/lib/accounts/messages";
import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { isNeverMailed, parseAddress } from "@/lib/email-address/email-address";
import { owe } from "@/lib/mail/outbox";
import { findFull, takeTurn } from "@/lib/mail/quota";
import { done, type Result, refused } from "@/lib/result/result";

/** Hours in which both mailboxes answer. */
const OPEN = 24;

/**
 * Asks both mailboxes, the one the account has and the one it is to have, whether it may change (REQ-F5); an earlier
 * change that waits ends with it. Whether anybody has the new address already is no part of the answer. Of the five
 * letters that a mailbox gets a day each takes one, so nobody asks more than five.
 */
export async function askToChangeAddress(
  ip: string,
  signedIn: SignedIn,
  input: { email: string; currentPassword?: string | undefined },
): Promise<Result<null, AskToChangeAddressRefusal>> {
  const parsed = parseAddress(input.email);
  if (!("address" in parsed)) return refused("no-address");
  if (isNeverMailed(parsed.address)) return refused("never-mailed");
  if (parsed.address === signedIn.email) return refused("same-address");
  const { accountId } = signedIn;
  const mailboxes = [signedIn.email, parsed.address];
  const proof = await proveAgain(ip, signedIn, input.currentPassword);
  if (!proof.ok) return proof;
  return transaction(async (tx) => {
    await takeTurn(tx, mailboxes);
    const own = await holdProven(tx, signedIn, proof.value);
    if (!own.ok) return own;
    if (!own.value.confirmed) return refused("confirm-first");
    if ((await findFull(tx, mailboxes)).size > 0) return refused("mailbox-full");
    await endAddressChange(tx, accountId);
    const changeId = randomUUID();
    const letters = mailboxes.map(async (email) => {
      const link = { accountId, email, purpose: "change-address", hours: OPEN, changeId } as const;
      const { id } = await makeLink(tx, link);
      return { id: randomUUID(), kind: "address-change" as const, to: email, accountLinkId: id };
    });
    await owe(tx, await Promise.all(letters));
    return done(null);
  });
}
