import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { declinePendingInvitation } from "@/lib/invitations/commands/decline";
import { joinOrganization } from "@/lib/invitations/commands/join";
import type { RespondRefusal } from "@/lib/invitations/messages";
import { findPendingInvitation } from "@/lib/invitations/queries/pending";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Accepts or declines a pending invitation of the signed-in account (REQ-F5); invitations of other addresses
 * are not found. Returns the slug of the organization that was joined, or null after declining.
 */
export async function respondToInvitation(
  signedIn: SignedInAccount | null,
  { invitation, answer }: { invitation: string; answer: "join" | "decline" },
): Promise<Result<{ slug: string } | null, RespondRefusal>> {
  const pending = signedIn && (await findPendingInvitation(signedIn, invitation));
  if (!pending) return refused("not-available");
  if (answer === "decline") return declinePendingInvitation(pending);
  const { accountId, name } = signedIn;
  const joined = await transaction((tx) => joinOrganization(tx, pending, { by: "offer", accountId, name }));
  return joined.ok ? done({ slug: joined.value.slug }) : joined;
}
