import { type Actor, hold } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { codeOf, copiedLink, printCode } from "@/lib/invitations/code";
import type { CopyRefusal } from "@/lib/invitations/messages";
import { env } from "@/lib/kit/env";
import { keyOf } from "@/lib/kit/keys";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { type GivenPolicy, mayGive } from "@/lib/members/rights";
import type { Role } from "@/lib/members/roles";

/**
 * The code or the link of a pending invitation, for the clipboard (R C5): as often as wanted, also without any email
 * provider, and noted in the timeline. Refused for an invitation that gives more than the actor holds (R A3). The
 * link carries no proof of the mailbox.
 */
export async function copy(
  actor: Actor,
  input: { invitation: string; shape: "code" | "link" },
): Promise<Outcome<{ text: string }, CopyRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:copy_link");
    if (!held) return refused("rights-lost");
    const [found] = await tx.$queryRaw<
      { keyId: number; pending: boolean; role: Role; policies: GivenPolicy[] }[]
    >`
      SELECT i.key_id AS "keyId", i.settled_as IS NULL AND i.expires_at > clock_timestamp() AS pending, m.role,
             coalesce((SELECT jsonb_agg(jsonb_build_object('permissions', p.permissions, 'byDefault', p.by_default))
                       FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                       WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
      FROM invitation i JOIN member m ON m.id = i.member_id
      WHERE i.id = ${input.invitation}::uuid AND i.organization_id = ${actor.organization.id}::uuid`;
    if (!found) return refused("not-found");
    if (!found.pending) return refused("not-pending");
    if (!mayGive(held.rights, found, held.defaultRole)) return refused("above-you");
    await tx.$executeRaw`
      INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, what, at, data)
      SELECT organization_id, member_id, id, ${actor.memberId}::uuid, 'copied', clock_timestamp(),
             jsonb_build_object('shape', ${input.shape}::text)
      FROM invitation WHERE id = ${input.invitation}::uuid`;
    const code = codeOf(keyOf(found.keyId), input.invitation);
    return done({ text: input.shape === "code" ? printCode(code) : copiedLink(env().origin, code) });
  });
}
