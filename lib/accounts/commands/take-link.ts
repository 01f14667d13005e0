import { useLink } from "@/lib/accounts/commands/use-link";
import type { LinkRefusal } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import { transaction } from "@/lib/db/client";
import { done, type Outcome, refused } from "@/lib/kit/outcome";

/** Takes a one-time sign-in link: the first press wins, a second finds it dead (R H3). */
export async function takeLink(
  ip: string,
  code: string,
): Promise<Outcome<{ accountId: string }, LinkRefusal>> {
  const link = await findLink(ip, "sign-in", code);
  if (!link.ok) return link;
  const accountId = await transaction((tx) => useLink(tx, link.value.id));
  return accountId ? done({ accountId }) : refused("dead-link");
}
