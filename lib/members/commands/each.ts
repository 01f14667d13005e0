import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import type { Answered } from "@/lib/lists/bulk";
import { type HeldMember, holdMembers } from "@/lib/members/commands/subject";
import { done, type Refusal, refused } from "@/lib/result/result";

/**
 * Does something to up to 100 members in the caller's transaction, and answers for each, once (REQ-C9): not found, what
 * hinders it, or done. `write` does it to those together that nothing hinders.
 *
 * Owners come one after the other, each read anew: of two of whom each could go alone, the second is the last Owner once
 * the first is none (REQ-A4).
 */
export async function toEach<Reason extends string>(
  tx: Tx,
  actor: Actor,
  members: readonly string[],
  hindrance: (member: HeldMember) => Refusal<Reason> | null,
  write: (free: readonly HeldMember[]) => Promise<void>,
): Promise<Answered<null, Reason | "not-found">[]> {
  const ids = [...new Set(members)];
  const all = await holdMembers(tx, actor, ids);
  const owners = ids.filter((id) => all.get(id)?.role === "owner");
  const others = ids.filter((id) => !owners.includes(id));
  const answers: Answered<null, Reason | "not-found">[] = [];
  for (const group of [others, ...owners.map((id) => [id])]) {
    const held = group === others ? all : await holdMembers(tx, actor, group);
    const found = group.map((id) => {
      const member = held.get(id);
      return { id, member, refusal: member ? hindrance(member) : refused("not-found") };
    });
    const free = found.flatMap(({ member, refusal }) => (member && !refusal ? member : []));
    if (free.length > 0) await write(free);
    for (const { id, member, refusal } of found)
      answers.push({ id, member: member?.id, email: member?.email ?? "", outcome: refusal ?? done(null) });
  }
  return answers;
}
