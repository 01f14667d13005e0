import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import type { ItemResult } from "@/lib/lists/bulk";
import { type LockedMember, lockMembers } from "@/lib/members/commands/lock";
import { done, type Refusal, refused } from "@/lib/result/result";

/**
 * Applies a change to up to 100 members in the caller's transaction and returns one result per member
 * (REQ-C9). `check` returns the refusal of a member, or null; `write` changes the eligible members together.
 *
 * Owners are processed one by one and read again each time: either of two Owners can be removed, but once one
 * is, the other is the last Owner (REQ-A4).
 */
export async function forEachMember<Reason extends string>(
  tx: Tx,
  actor: Actor,
  members: readonly string[],
  check: (member: LockedMember) => Refusal<Reason> | null,
  write: (eligible: readonly LockedMember[]) => Promise<void>,
): Promise<ItemResult<null, Reason | "not-found">[]> {
  const ids = [...new Set(members)];
  const all = await lockMembers(tx, actor, ids);
  const owners = ids.filter((id) => all.get(id)?.role === "owner");
  const others = ids.filter((id) => !owners.includes(id));
  const results: ItemResult<null, Reason | "not-found">[] = [];
  for (const group of [others, ...owners.map((id) => [id])]) {
    const locked = group === others ? all : await lockMembers(tx, actor, group);
    const checked = group.map((id) => {
      const member = locked.get(id);
      return { id, member, refusal: member ? check(member) : refused("not-found") };
    });
    const eligible = checked.flatMap(({ member, refusal }) => (member && !refusal ? member : []));
    if (eligible.length > 0) await write(eligible);
    for (const { id, member, refusal } of checked)
      results.push({ id, member: member?.id, email: member?.email ?? "", result: refusal ?? done(null) });
  }
  return results;
}
