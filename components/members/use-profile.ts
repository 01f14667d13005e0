"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useApplyRows, useLiveUser } from "@/components/members/row-updates";
import { useToast } from "@/components/ui/toast";
import type { Profile } from "@/lib/admin/queries/profile";
import type { UpdatedUser } from "@/lib/admin/queries/updated-user";
import { loadProfileAction } from "@/lib/admin/user-actions";
import type { ActionResult } from "@/lib/result/action-result";

/** Calls a server action that changes the user. */
export type CallAction = () => Promise<ActionResult<UpdatedUser>>;

/** Shows the user as changed by an action, and a toast with the title. */
export type ShowUpdate = (updated: UpdatedUser, title: string) => void;

/** Runs an action, then shows its result and a toast with the title. Returns the error message, or null. */
export type RunAction = (callAction: CallAction, title: string) => Promise<string | null>;

/**
 * Returns the current profile: the page's, or the result of the last action. Actions of the invitation's menu
 * return only rows; then the rest of the profile is loaded again, and `isComplete` is false until it arrives.
 */
export function useProfile(
  organization: string,
  page: Profile,
): { profile: Profile; isComplete: boolean; showUpdate: ShowUpdate; runAction: RunAction } {
  const t = useTranslations();
  const [loaded, setLoaded] = useState<Profile | null>(null);
  const toast = useToast();
  const applyRows = useApplyRows();
  const latest = loaded && loaded.user.now > page.user.now ? loaded : page;
  const member = latest.user.id;
  const user = useLiveUser(latest.user);

  const newerSince = user.now > latest.user.now ? user.now.getTime() : null;
  useEffect(() => {
    if (newerSince === null) return;
    let isCanceled = false;
    loadProfileAction({ organization, member })
      .then((result) => (result.ok && !isCanceled ? setLoaded(result.value) : undefined))
      // The row is already shown; the next change loads the rest.
      .catch(() => undefined);
    return () => {
      isCanceled = true;
    };
  }, [newerSince, organization, member]);

  const showUpdate: ShowUpdate = ({ profile, users, invitations }, title) => {
    // The actor no longer has permission to view this page.
    if (!profile) window.location.assign(`/o/${organization}`);
    else setLoaded(profile);
    applyRows({ users, invitations });
    toast({ title, tone: "ok" });
  };
  const runAction: RunAction = async (callAction, title) => {
    const result = await callAction().catch(() => null);
    if (!result?.ok) return result?.message ?? t("errors.actions.unreachable");
    showUpdate(result.value, title);
    return null;
  };
  const isComplete = newerSince === null;
  return { profile: isComplete ? latest : { ...latest, user }, isComplete, showUpdate, runAction };
}
