import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, hold } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { answerEach, holdTargets, type Target } from "@/lib/invitations/commands/target";
import type { RevokeRefusal } from "@/lib/invitations/messages";
import { movesFrom } from "@/lib/invitations/status";
import { type Answered, only } from "@/lib/lists/bulk";
import { reaches } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

type Revoked = { memberId: string };

/** Takes one open invitation back (REQ-C6): see `revokeEach`. */
export async function revoke(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<Revoked, RevokeRefusal>> {
  return only(await revokeEach(actor, { invitations: [input.invitation] }));
}

/**
 * Takes open invitations back (REQ-C6): the codes are dead at once, and letters that are not sent yet will not be; up to 100
 * in one transaction (REQ-C9). Nobody revokes a person who would hold more than they do (REQ-A3).
 */
export async function revokeEach(
  actor: Actor,
  { invitations }: { invitations: readonly string[] },
): Promise<Result<Answered<Revoked, RevokeRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:revoke");
    if (!held) return refused("rights-lost");
    const targets = await holdTargets(tx, actor, invitations);
    const hindrance = (target: Target) => {
      if (!movesFrom(target.status).includes("revoke")) return refused("not-open");
      return reaches(held.rights, target) ? null : refused("above-you");
    };
    return done(
      await answerEach(invitations, targets, hindrance, async (free) => {
        await takeBack(tx, actor, free);
        return ({ memberId }) => done({ memberId });
      }),
    );
  });
}

/** Writes that these invitations, whose members are held, are taken back; `data` is for the timeline. */
export async function takeBack(
  tx: Tx,
  actor: Actor,
  targets: readonly Pick<Target, "id" | "memberId">[],
  data: Record<string, string> = {},
): Promise<void> {
  const [ids, members] = [targets.map(({ id }) => id), targets.map(({ memberId }) => memberId)];
  await tx.$executeRaw`
    UPDATE invitation SET settled_as = 'revoked', settled_at = clock_timestamp() WHERE id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE member SET status = 'removed', invited_until = NULL, version = version + 1
    WHERE id = ANY(${members}::uuid[])`;
  await logActivities(
    tx,
    actor,
    "revoked",
    targets.map(({ id, memberId }) => ({ id, memberId, data })),
  );
}
