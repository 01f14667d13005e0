import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { end } from "@/lib/invitations/commands/decline";
import { join } from "@/lib/invitations/commands/join";
import type { OfferRefusal } from "@/lib/invitations/messages";
import { findOffer } from "@/lib/invitations/queries/offers";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Joins by an invitation that was offered to whoever is signed in, or declines it (REQ-F5). Somebody else's is simply not
 * there. Answers the organization that was joined, or null.
 */
export async function answer(
  signedIn: SignedIn | null,
  { invitation, answer }: { invitation: string; answer: "join" | "decline" },
): Promise<Result<{ slug: string } | null, OfferRefusal>> {
  const offer = signedIn && (await findOffer(signedIn, invitation));
  if (!offer) return refused("not-offered");
  if (answer === "decline") return end(offer);
  const { accountId, name } = signedIn;
  const joined = await transaction((tx) => join(tx, offer, { by: "offer", accountId, name }));
  return joined.ok ? done({ slug: joined.value.slug }) : joined;
}
