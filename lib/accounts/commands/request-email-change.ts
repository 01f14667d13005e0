import { randomUUID } from "node:crypto";
import { lockReauthenticated, reauthenticate } from "@/lib/accounts/commands/reauthenticate";
import { createLink, expireEmailChange } from "@/lib/accounts/links";
import type { RequestEmailChangeRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { lockQuota } from "@/lib/db/locks";
import { isDemoAddress, parseAddress } from "@/lib/email-address/email-address";
import { enqueueEmails } from "@/lib/mail/outbox";
import { findOverLimit, RECIPIENT_LIMIT } from "@/lib/mail/quota";
import { done, type Result, refused } from "@/lib/result/result";

/** Hours until the links in both emails expire. */
const LINK_HOURS = 24;

/**
 * Emails a confirmation link to the account's address and to the new one (REQ-F5), and cancels an earlier pending change.
 * The result does not reveal whether another account has the new address. Both emails count toward the daily limit of
 * their address, so there are at most five requests a day.
 */
export async function requestEmailChange(
  ip: string,
  signedIn: SignedInAccount,
  input: { email: string; currentPassword?: string | undefined },
): Promise<Result<null, RequestEmailChangeRefusal>> {
  const parsed = parseAddress(input.email);
  if (!("address" in parsed)) return refused("no-address");
  if (isDemoAddress(parsed.address)) return refused("demo-address");
  if (parsed.address === signedIn.email) return refused("same-address");
  const { accountId } = signedIn;
  const addresses = [signedIn.email, parsed.address];
  const reauthenticated = await reauthenticate(ip, signedIn, input.currentPassword);
  if (!reauthenticated.ok) return reauthenticated;
  return transaction(async (tx) => {
    await lockQuota(tx, addresses);
    const account = await lockReauthenticated(tx, signedIn, reauthenticated.value);
    if (!account.ok) return account;
    if (!account.value.confirmed) return refused("confirm-first");
    if ((await findOverLimit(tx, addresses)).size > 0)
      return refused("recipient-limit", { limit: RECIPIENT_LIMIT });
    await expireEmailChange(tx, accountId);
    const changeId = randomUUID();
    const emails = addresses.map(async (email) => {
      const link = { accountId, email, purpose: "change-address", hours: LINK_HOURS, changeId } as const;
      const { id } = await createLink(tx, link);
      return { id: randomUUID(), kind: "address-change" as const, to: email, accountLinkId: id };
    });
    await enqueueEmails(tx, await Promise.all(emails));
    return done(null);
  });
}
