import { howToTake } from "@/lib/accounts/commands/how-to-take";
import { takeAccount } from "@/lib/accounts/commands/take-account";
import { useLink } from "@/lib/accounts/links";
import type { ConfirmRefusal } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import type { SignedIn } from "@/lib/auth/session";
import { transaction, undo } from "@/lib/db/client";
import { join } from "@/lib/invitations/commands/join";
import { findOfferAt } from "@/lib/invitations/queries/offers";
import { giveBack } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

export type SignedInBy = { accountId: string; slug: string | null };

/**
 * Takes a one-time sign-in link: the first press wins, a second finds it dead (REQ-F5, REQ-H3). It has opened the mailbox, so
 * where the organization whose login page asked for it has invited the address, it joins; and as the first proof it
 * takes the account for its person, who chooses a new password (REQ-D9).
 */
export async function takeLink(
  ip: string,
  signedIn: SignedIn | null,
  input: { code: string; password?: string | undefined },
): Promise<Result<SignedInBy, ConfirmRefusal>> {
  const link = await findLink(ip, "sign-in", input.code);
  if (!link.ok) return link;
  const { id, accountId, email, name, confirmed, slug } = link.value;
  const taking = confirmed ? done({}) : await howToTake(link.value, signedIn, input.password);
  if (!taking.ok) return taking;
  const offer = slug ? await findOfferAt(slug, email) : null;
  const outcome = await transaction<Result<SignedInBy, ConfirmRefusal | "somebody-else">>(async (tx) => {
    const way = { ...taking.value, by: "sign-in-link", accountId, name } as const;
    const joined = offer ? (await join(tx, offer, way)).ok : false;
    if (!joined && !confirmed) await takeAccount(tx, accountId, taking.value);
    if (!(await useLink(tx, id))) throw undo(refused("dead-link"));
    return done({ accountId, slug });
  });
  // The account has taken another address at this moment: whatever was mailed to the old one opens nothing.
  if (!outcome.ok)
    return refused(outcome.reason === "somebody-else" ? "dead-link" : outcome.reason, outcome.facts);
  await giveBack("link-account", email);
  return outcome;
}
