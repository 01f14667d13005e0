import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, hold } from "@/lib/auth/actor";
import { env } from "@/lib/config/env";
import { keyOf } from "@/lib/crypto/key-ring";
import { transaction } from "@/lib/db/client";
import { readTarget } from "@/lib/invitations/commands/target";
import type { CopyRefusal } from "@/lib/invitations/messages";
import { movesFrom } from "@/lib/invitations/status";
import { codeOf, copiedLink, printCode } from "@/lib/links/invitation-link";
import { mayGive } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * The code or the link of a pending invitation, for the clipboard (REQ-C5): as often as wanted, also without any email
 * provider, and noted in the timeline. Refused for an invitation that gives more than the actor holds (REQ-A3). The
 * link carries no proof of the mailbox.
 */
export async function copy(
  actor: Actor,
  input: { invitation: string; shape: "code" | "link" },
): Promise<Result<{ text: string }, CopyRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:copy_link");
    if (!held) return refused("rights-lost");
    const target = await readTarget(tx, actor, input.invitation);
    if (!target) return refused("not-found");
    if (!movesFrom(target.status).includes("copy")) return refused("not-pending");
    if (!mayGive(held.rights, target, held.defaultRole)) return refused("above-you");
    await logActivity(tx, actor, target, "copied", { shape: input.shape });
    const code = codeOf(keyOf(target.keyId), target.id);
    return done({ text: input.shape === "code" ? printCode(code) : copiedLink(env().origin, code) });
  });
}
