"use client";

import { useEffect, useState } from "react";
import { useAddRows, useNewest } from "@/components/members/fresh-rows";
import { useToast } from "@/components/ui/toast";
import type { Profile } from "@/lib/admin/queries/profile";
import type { ChangedUser } from "@/lib/admin/queries/updated-user";
import { showUser } from "@/lib/admin/user-actions";
import type { ActionResult } from "@/lib/result/action-result";

/** One call of an action that changes the user. */
export type Send = () => Promise<ActionResult<ChangedUser>>;

/** Does something to the user. Answers what was in the way as a sentence; null: it is done, and the page shows it. */
export type Act = (send: Send, title: string) => Promise<string | null>;

/**
 * The profile as it is by now: the page's, or what an action has just answered. The invitation's menu answers the rows of
 * the lists; then the rest of the profile is read again, and until it is there the profile is not whole.
 */
export function useProfile(
  organization: string,
  page: Profile,
): { profile: Profile; isWhole: boolean; act: Act } {
  const [answered, setAnswered] = useState<Profile | null>(null);
  const toast = useToast();
  const show = useAddRows();
  const known = answered && answered.user.now > page.user.now ? answered : page;
  const member = known.user.id;
  const user = useNewest(known.user);

  const newer = user.now > known.user.now ? user.now.getTime() : null;
  useEffect(() => {
    if (newer === null) return;
    let isOver = false;
    showUser({ organization, member })
      .then((result) => (result.ok && !isOver ? setAnswered(result.value) : undefined))
      // The row is shown already; the rest waits for the next time.
      .catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [newer, organization, member]);

  const act: Act = async (send, title) => {
    const result = await send().catch(() => null);
    if (!result) return "The server could not be reached. Nothing was changed; try again.";
    if (!result.ok) return result.message;
    const { profile, users, invitations } = result.value;
    // They have just given up their own right to be here.
    if (!profile) window.location.assign(`/o/${organization}`);
    else setAnswered(profile);
    show({ users, invitations });
    toast({ title, tone: "ok" });
    return null;
  };
  return { profile: newer === null ? known : { ...known, user }, isWhole: newer === null, act };
}
